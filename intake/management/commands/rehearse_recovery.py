"""Tries the recovery file of a round out; nothing of it is kept."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection import clock
from inspection.models import Round
from intake.choices import RecoveryCopy
from intake.staff import rehearsing


class Command(BaseCommand):
    """Exit 0: it opens what it must; 1: it does not; 2: usage."""

    help = "演练恢复文件：看它还能不能打开这一轮的受理席。只在内存里试，不保存。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND", help="轮次的代号。")
        parser.add_argument("--recovery-file", type=Path, metavar="PATH", required=True)
        parser.add_argument(
            "--copy",
            choices=RecoveryCopy.values,
            default=RecoveryCopy.FIRST.value,
            help="哪一位保管人的一份：first 或者 second。",
        )

    def handle(
        self, *args: Any, round: str, recovery_file: Path, copy: str, **options: Any
    ) -> None:
        chosen = Round.objects.filter(slug=round).first()
        if chosen is None:
            raise CommandError(f"没有代号为 {round} 的轮次。")
        try:
            text = recovery_file.read_text(encoding="utf-8")
            found = rehearsing.rehearse(
                chosen, text, copy=RecoveryCopy(copy), by=None, at=clock.now()
            )
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不了恢复文件：{recovery_file}") from error
        except rehearsing.RehearsalFailed as failed:
            raise CommandError(str(failed)) from failed
        self.stdout.write(f"打开了：{'、'.join(map(str, found.opened))}。已记入操作留痕。")
        if found.missing:
            self.stdout.write(
                f"这一份里没有：{'、'.join(map(str, found.missing))}。"
                "它们在另一份恢复文件里，请把那一份也演练一次。"
            )
        self.stdout.write("请收好恢复文件，不要留在这台机器上。")
