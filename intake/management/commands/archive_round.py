"""Makes the archive of a round, or goes on with one that was begun."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection import clock
from inspection.models import Round
from intake.casework.ending import archiving, starting_archive
from intake.casework.ending.starting_archive import CannotArchive
from intake.management.own_key import keyring_by_login
from intake.models import RoundArchive
from intake.report.check_code import check_code_of
from intake.report.documents import UnreadableReport
from intake.retention.archive_folder import ArchiveDamaged
from intake.sealing.unsealing import CannotOpen

MAY_NOT = "只有巡察办负责人、而且打得开这一轮全部受理席的，才能做归档包。"
DAMAGED = "有一件封存的内容打不开，可能已经损坏，归档包没有做完：{what}。请告诉系统管理员。"


class Command(BaseCommand):
    """Exit 0: all written and checked; 1: refused, or broken off; 2: usage."""

    help = (
        "把一轮的信访件、文书和材料封给档案部门的 age 公钥，写进一个文件夹，写完逐份打开核对。"
        "中断以后再运行一次，会接着做。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND")
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--recipient", required=True, metavar="age1…", help="档案部门的 age 公钥。"
        )
        parser.add_argument(
            "--username", required=True, metavar="NAME", help="打得开全部受理席的负责人。"
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="从标准输入读密码和验证码，各占一行。",
        )

    def handle(self, *args: Any, folder: Path, recipient: str, **options: Any) -> None:
        round_ = Round.objects.filter(slug=options["round"]).first()
        if round_ is None:
            raise CommandError(f"没有代号为 {options['round']} 的轮次。")
        keyring = keyring_by_login(options["username"], from_stdin=options["password_stdin"])
        try:
            archive = starting_archive.begun(round_, recipient, folder) or starting_archive.start(
                round_, recipient=recipient, folder=folder, by=keyring.user, at=clock.now()
            )
            self.stdout.write(f"归档包：{archive.folder}")
            self.stdout.write(f"档案部门公钥的核对码：{check_code_of(archive.recipient)}")
            for one in archiving.go_on(archive, keyring, by=keyring.user, at=clock.now()):
                self.stdout.write(f"{one} {one.words}")
        except PermissionDenied as error:
            raise CommandError(MAY_NOT) from error
        except CannotArchive as error:
            raise CommandError("\n".join(one.words for one in error.obstacles)) from error
        except (CannotOpen, UnreadableReport, ArchiveDamaged) as error:
            raise CommandError(DAMAGED.format(what=error)) from error
        self._tell(archive)

    def _tell(self, archive: RoundArchive) -> None:
        self.stdout.write(f"共 {archive.part_count} 份，已经逐份打开核对过。")
        self.stdout.write(
            "请把整个文件夹交给档案部门，请他们打开总目录，把里面的接收确认码告诉您；"
            "到期清理时要填。"
        )
