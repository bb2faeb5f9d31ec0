"""Lets an account into a desk with the recovery file: a new round, or nobody left to grant."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.management import desk_choice
from intake.models import Desk, StaffKey, StaffUser
from intake.report.check_code import check_code_of
from intake.staff import granting, opening_desks


class Command(BaseCommand):
    """Exit 0: granted; 1: refused; 2: usage."""

    help = (
        "用恢复文件给已有的账号授权受理席。平时由巡察办在后台授权。"
        "本人要先登录过：选了自己的密码，绑定了验证器。授权以前，请当面或者打电话请本人念核对码。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument(
            "--check-code", metavar="CODE", help="本人念出来的核对码；写了就核对，不一样就不授权。"
        )
        desk_choice.add_arguments(parser)

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = StaffUser.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有叫 {username} 的账号。")
        desks = desk_choice.chosen_desks(user, options["team"], options["round"])
        if not desks:
            raise CommandError(f"{user.get_role_display()}没有受理席。")
        _compare(user, options["check_code"])
        held = set(user.accesses.values_list("desk", flat=True))
        # Whoever has them all is told so by the use case.
        missing = [desk for desk in desks if desk.pk not in held] or desks[:1]
        for desk in missing:
            self._grant(user, desk, options["recovery_file"])

    def _grant(self, user: StaffUser, desk: Desk, recovery_file: Path | None) -> None:
        try:
            is_let_in = desk_choice.let_in(user, desk, recovery_file)
        except (opening_desks.RecoveryFileRefused, granting.GrantRefused) as refused:
            raise CommandError(str(refused)) from refused
        if not is_let_in:
            raise CommandError("手边没有恢复文件，请用 --recovery-file 指明它在哪里。")
        self.stdout.write(
            f"已授权 {user.username} 受理席：{desk}。核对码：{check_code_of(user.key.recipient)}。"
        )


def _compare(user: StaffUser, told: str | None) -> None:
    """Refuses when the code that the member read out is not the account's."""
    if told is None:
        return
    key = StaffKey.objects.filter(user=user).first()
    if key is None or check_code_of(key.recipient) != "".join(told.split()).upper():
        raise CommandError("核对码不一样，没有授权。请确认是不是同一个人、同一个账号。")
