"""Makes an account, and at set-up lets it into its desk."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from inspection import clock
from intake.access import role_choices
from intake.choices import Role
from intake.management import desk_choice
from intake.models import Desk, StaffUser
from intake.staff import accounts, granting, hashing, opening_desks


class Command(BaseCommand):
    """Exit 0: made; 1: refused, and nothing stored; 2: usage."""

    help = "建立工作人员账号。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--role", required=True, choices=dict(role_choices()))
        parser.add_argument(
            "--approves", action="store_true", help="可以审批：巡察办主任、巡察组组长。"
        )
        parser.add_argument("--full-name", default="", help="姓名。")
        parser.add_argument("--password-stdin", action="store_true", help="从标准输入读密码。")
        desk_choice.add_arguments(parser)

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        role = Role(options["role"])
        asked = StaffUser(role=role, may_approve=options["approves"])
        desks = desk_choice.chosen_desks(asked, options["team"], options["round"])
        password = _password(from_stdin=options["password_stdin"])
        chosen = hashing.choose(password)
        try:
            with transaction.atomic():
                user = accounts.create(
                    username,
                    password,
                    role=role,
                    full_name=options["full_name"],
                    may_approve=options["approves"],
                    at=clock.now(),
                    chosen=chosen,
                )
                let_in = {
                    desk: desk_choice.let_in(user, desk, options["recovery_file"], is_set_up=True)
                    for desk in desks
                }
        except ValidationError as error:
            raise CommandError(accounts.sentences(error)) from error
        except (
            opening_desks.DesksRefused,
            opening_desks.RecoveryFileRefused,
            granting.GrantRefused,
        ) as refused:
            raise CommandError(str(refused)) from refused
        self._tell(user, let_in)

    def _tell(self, user: StaffUser, let_in: dict[Desk, bool]) -> None:
        approves = "，可以审批" if user.may_approve else ""
        self.stdout.write(f"已建立账号 {user.username}（{user.get_role_display()}{approves}）。")
        for desk, is_let_in in let_in.items():
            if is_let_in:
                self.stdout.write(f"已授权受理席：{desk}。")
                continue
            self.stdout.write(
                f"还没有授权受理席“{desk}”，因为手边没有恢复文件。"
                "本人第一次登录以后，请巡察办的人在后台授权；"
                "巡察办还没有人能登录时，用 grant_desk 和恢复文件授权。主任席只能这样授权。"
            )
        self.stdout.write(
            "请本人第一次登录时，按页面提示先换成自己的密码，再绑定手机上的验证器。"
            "您设的密码只能用来登录这一次。"
        )


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码（至少10个字符）：")
    if getpass.getpass("再输一次：") != first:
        raise CommandError("两次输入的密码不一样。")
    return first
