"""Sets the desks of a round up, and later those of the teams that were added."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection import clock
from inspection.models import Round
from intake.choices import DeskKind
from intake.models import Desk
from intake.staff import opening_desks


class Command(BaseCommand):
    """Exit 0: set up, or nothing was missing; 1: refused, and nothing stored; 2: usage."""

    help = (
        "为一个轮次设立受理席：每个巡察组一个，巡察办、主任席和上级各一个。"
        "后来增加了巡察组，再运行一次，只补缺的，不用恢复文件；"
        "以前设立的轮次没有主任席和上级的，写明一个新的恢复文件再运行一次。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND", help="轮次的代号，例如 liaocheng-14-8。")
        parser.add_argument(
            "--recovery-file",
            type=Path,
            metavar="PATH",
            help="恢复文件写到哪里。第一次设立时必须写明；只写这一次，不覆盖已有的文件。",
        )

    def handle(self, *args: Any, round: str, recovery_file: Path | None, **options: Any) -> None:
        chosen = Round.objects.filter(slug=round).first()
        if chosen is None:
            raise CommandError(f"没有代号为 {round} 的轮次。请先用 load_notice 载入公告。")
        try:
            if opening_desks.has_desks(chosen):
                self._add(chosen, recovery_file)
            else:
                self._set_up(chosen, recovery_file)
        except (opening_desks.DesksRefused, opening_desks.RecoveryFileRefused) as refused:
            raise CommandError(str(refused)) from refused

    def _set_up(self, round_: Round, recovery_file: Path | None) -> None:
        if recovery_file is None:
            raise CommandError(
                "第一次设立受理席，请用 --recovery-file 写明恢复文件。", returncode=2
            )
        self._tell(opening_desks.open_desks(round_, recovery_file=recovery_file, at=clock.now()))
        self.stdout.write(f"恢复文件：{recovery_file.absolute()}")
        self.stdout.write(
            "建好巡察办的账号以后，请把它移到不联网的地方，放两处，由两个人保管，并从这台机器上删除。"
            "它能打开这一轮的全部信访件；所有账号都打不开时，只有它能打开。丢了谁也补不回来。"
            "反映巡察办的信访件封给上级，平时谁也打不开，只有它里面的最后一份能打开。"
        )

    def _add(self, round_: Round, recovery_file: Path | None) -> None:
        before = Desk.objects.filter(round=round_).count()
        lacking = opening_desks.missing_kinds(round_)
        made = opening_desks.open_missing_desks(round_, recovery_file=recovery_file, at=clock.now())
        if made:
            self._tell(made)
        self.stdout.write(f"原有的{before}个受理席没有动。")
        if lacking:
            self._tell_of_file(lacking, recovery_file)
            return
        if not made:
            self.stdout.write("没有缺受理席的巡察组，不用再设。")
        else:
            self.stdout.write(
                "巡察办现在就能打开新的受理席。请在后台给组员授权，"
                "并把先送到巡察办的信访件改派过去。"
            )
        if recovery_file is not None:
            self.stdout.write("恢复文件没有再写：第一次写的那一份仍然有效，新的受理席也能打开。")

    def _tell_of_file(self, lacking: list[DeskKind], recovery_file: Path | None) -> None:
        names = "、".join(str(kind.label) for kind in lacking)
        if recovery_file is None:
            self.stdout.write(
                f"这一轮还没有{names}的受理席："
                "请用 --recovery-file 写明一个新的恢复文件，再运行一次。"
            )
            return
        self.stdout.write(
            f"恢复文件：{recovery_file.absolute()}，只有{names}的；"
            "原来的那一份仍然有效，两份都要保管好。"
            "请用 grant_desk 和它给主任授权；主任下次登录时，反映巡察干部的旧件会改封过去。"
        )

    def _tell(self, made: list[Desk]) -> None:
        self.stdout.write(f"已设立{len(made)}个受理席：")
        for desk in made:
            self.stdout.write(f"  {desk}")
