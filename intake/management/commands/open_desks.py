"""Sets the desks of a round up, once."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection import clock
from inspection.models import Round
from intake import desks


class Command(BaseCommand):
    """Exit 0: set up; 1: refused, and nothing stored or written; 2: usage."""

    help = "为一个轮次设立受理席：每个巡察组一个，巡察办一个。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND", help="轮次的代号，例如 liaocheng-14-8。")
        parser.add_argument(
            "--recovery-file",
            required=True,
            type=Path,
            metavar="PATH",
            help="恢复文件写到哪里。只写这一次，不覆盖已有的文件。",
        )

    def handle(self, *args: Any, round: str, recovery_file: Path, **options: Any) -> None:
        chosen = Round.objects.filter(slug=round).first()
        if chosen is None:
            raise CommandError(f"没有代号为 {round} 的轮次。请先用 load_notice 载入公告。")
        try:
            made = desks.open_desks(chosen, recovery_file=recovery_file, at=clock.now())
        except (desks.DesksRefused, desks.RecoveryFileRefused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"已设立{len(made)}个受理席：")
        for desk in made:
            self.stdout.write(f"  {desk}")
        self.stdout.write(f"恢复文件：{recovery_file.absolute()}")
        self.stdout.write(
            "建好巡察办的账号以后，请把它移到不联网的地方，放两处，由两个人保管，并从这台机器上删除。"
            "它能打开这一轮的全部信访件；所有账号都打不开时，只有它能打开。丢了谁也补不回来。"
        )
