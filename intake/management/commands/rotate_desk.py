"""Gives a desk a new identity and seals everything anew for it; run again, it goes on."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection import clock
from intake.casework.rotating import beginning, with_recovery
from intake.casework.rotating.holders import CannotRotate
from intake.casework.rotating.walking import Walk
from intake.management import desk_choice
from intake.models import Desk
from intake.staff import opening_desks
from intake.staff.opening_desks import RecoveryFileRefused
from intake.stepping.slices import Progress, to_the_end


class Command(BaseCommand):
    """Exit 0: done; 1: refused, or stopped where a person must decide; 2: usage."""

    help = (
        "给受理席换一把新的密钥，并把封给它的全部换封过去；中途断了，再运行一次就接着做。"
        "巡察组的平时由巡察办在后台更换。更换期间照常办公。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND", help="轮次的代号。")
        parser.add_argument(
            "desk", metavar="DESK", help="巡察组的名称，或者 office、head、superior。"
        )
        parser.add_argument(
            "--recovery-file", type=Path, metavar="PATH", help="现在的恢复文件在哪里。"
        )
        parser.add_argument(
            "--new-recovery-file",
            type=Path,
            metavar="PATH",
            help="巡察办、主任席和上级的：新的恢复文件写到哪里；接着做的，写明上次那一份。",
        )
        parser.add_argument(
            "--leave-damaged", action="store_true", help="新旧密钥都打不开的，照原样留下，换完。"
        )

    def handle(self, *args: Any, round: str, desk: str, **options: Any) -> None:
        chosen = desk_choice.desk_called(round, desk)
        old, new = options["recovery_file"], options["new_recovery_file"]
        if not chosen.is_teams and new is None:
            raise CommandError("请用 --new-recovery-file 写明新的恢复文件。", returncode=2)
        try:
            secret = self._begun(chosen, old, new)
            self._walk(chosen, secret, leaves_damaged=options["leave_damaged"])
        except (CannotRotate, RecoveryFileRefused, opening_desks.DesksRefused) as refused:
            raise CommandError(str(refused)) from refused

    def _begun(self, desk: Desk, old: Path | None, new: Path | None) -> str:
        """What opens the desk with both identities, once it is begun."""
        identities = opening_desks.identities_of(_current_file(desk, old))
        if with_recovery.running_of(desk) is None:
            secret = with_recovery.secret_in(identities, desk)
            if desk.is_teams:
                beginning.begin(desk, secret, by=None, at=clock.now())
            elif new is not None:
                with_recovery.begin_with_file(desk, secret, new, at=clock.now())
                self.stdout.write(f"新的恢复文件：{new.absolute()}。它和旧的都要留到换完。")
            desk.refresh_from_db()
        if new is not None and not desk.is_teams:
            identities += opening_desks.identities_of(new)
        return with_recovery.secret_in(identities, desk)

    def _walk(self, desk: Desk, secret: str, *, leaves_damaged: bool) -> None:
        def step() -> Progress:
            walk = Walk(desk, secret, by=None, at=clock.now(), leaves_damaged=leaves_damaged)
            return walk.step()

        told, progress = "", Progress(0, 0)
        for progress in to_the_end(step):
            if str(progress) != told:
                told = str(progress)
                self.stdout.write(f"{told} {progress.words}".strip())
        if progress.is_stuck:
            raise CommandError(
                f"{progress.words}全部换封好了，还没有换完：旧的密钥还在。"
                "确认这些不要了，再加 --leave-damaged 运行一次。"
            )
        self.stdout.write(f"换完了：{desk}只认新的密钥，旧的打不开任何一件。")
        if not desk.is_teams:
            self.stdout.write(
                "请把新的恢复文件移到不联网的地方，放两处，由两个人保管，并从这台机器上删除；"
                f"旧的恢复文件里{desk}的那一份已经没有用，可以销毁，别的受理席的仍然有效。"
            )


def _current_file(desk: Desk, given: Path | None) -> Path:
    """The one that is given, else where it was written at set-up and should lie no more."""
    if given is not None:
        return given
    holder = opening_desks.office_desk(desk.round) if desk.is_teams else desk
    path = Path(holder.recovery_path)
    if not holder.recovery_path or not path.is_file():
        raise RecoveryFileRefused("手边没有恢复文件，请用 --recovery-file 指明它在哪里。")
    return path
