"""Lets an account into a desk with the recovery file: a new round, or nobody left to grant."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake import desks
from intake.choices import Role
from intake.management import desk_choice
from intake.models import StaffUser


class Command(BaseCommand):
    """Exit 0: granted; 1: refused; 2: usage."""

    help = "用恢复文件给已有的账号授权受理席。平时由巡察办在后台授权。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        desk_choice.add_arguments(parser)

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = StaffUser.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有叫 {username} 的账号。")
        desk = desk_choice.chosen_desk(Role(user.role), options["team"], options["round"])
        if desk is None:
            raise CommandError(f"{user.get_role_display()}没有受理席。")
        try:
            is_let_in = desk_choice.let_in(user, desk, options["recovery_file"])
        except (desks.RecoveryFileRefused, desks.GrantRefused) as refused:
            raise CommandError(str(refused)) from refused
        if not is_let_in:
            raise CommandError("手边没有恢复文件，请用 --recovery-file 指明它在哪里。")
        self.stdout.write(f"已授权 {user.username} 受理席：{desk}。")
