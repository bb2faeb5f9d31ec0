"""Checks a paper that this site printed against its log."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.casework.printing.checking_papers import check_paper
from intake.papers.marked_paper import LARGEST_FILE, NoPaper


class Command(BaseCommand):
    """Exit 0: genuine; 1: not, naming what differs, or not readable."""

    help = "核对文书：是不是本站打印的，文字有没有改动过。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="打印时下载的 docx。")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as stream:
                checked = check_paper(stream.read(LARGEST_FILE + 1))
        except OSError as error:
            raise CommandError(f"打不开文件：{file}") from error
        except NoPaper as error:
            raise CommandError("核对不过：这不是本站打印的文书。") from error
        if not checked.is_genuine:
            raise CommandError("核对不过。不一样的：" + "；".join(checked.differs))
        self.stdout.write(f"核对通过：《{checked.name}》，编号 {checked.number}，没有改动过。")
        if checked.printed_at:
            self.stdout.write(f"打印：{checked.printed_at:%Y-%m-%d %H:%M %z}　{checked.printed_by}")
