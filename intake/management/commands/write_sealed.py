"""Writes what is sealed to a desk as .age files, to be opened without the site."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection import clock
from intake.management import desk_choice
from intake.retention import sealed_copies


class Command(BaseCommand):
    """Exit 0: all written; 1: the folder is there already, or cannot be written; 2: usage."""

    help = (
        "把封给一个受理席的内容原样写成 .age 文件，网站坏了的时候用 age 程序和恢复文件打开。"
        "写出来的仍然是加密的。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND", help="轮次的代号。")
        parser.add_argument(
            "desk", metavar="DESK", help="巡察组的名称，或者 office、head、superior。"
        )
        parser.add_argument("folder", metavar="DIR", type=Path, help="写到哪个新文件夹。")

    def handle(self, *args: Any, round: str, desk: str, folder: Path, **options: Any) -> None:
        chosen = desk_choice.desk_called(round, desk)
        try:
            count = sealed_copies.write_out(chosen, folder, at=clock.now())
        except OSError as error:
            raise CommandError(f"写不了，或者文件夹已经有了：{folder}") from error
        self.stdout.write(f"写了 {count} 份，都是加密的：{folder.absolute()}")
        if chosen.is_teams:
            self.stdout.write(
                f"先打开组密钥：age -d -i 恢复文件 -o 组密钥.txt {sealed_copies.IDENTITY}"
            )
