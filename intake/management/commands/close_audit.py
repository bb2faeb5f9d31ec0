"""For the day on which AUDIT_KEY is lost: closes the old part of the audit under a new key."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from inspection import clock
from intake import audit
from intake.models import Desk


class Command(BaseCommand):
    """Exit 0: closed; 1: refused, and nothing changed; 2: usage."""

    help = (
        "AUDIT_KEY 丢了，换了新的以后用：以前的留痕从此只有指纹相连，"
        "各处的公钥和数据按现在的样子用新密钥封住。以前有没有人改过，只能靠抄下的指纹和恢复文件核对。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", required=True, metavar="指纹", help="以前抄在纸上的链尾指纹，必须还在链上。"
        )

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        with transaction.atomic():
            try:
                event = audit.close_lost(apps.get_model, noted=head.strip().lower(), at=clock.now())
            except audit.CannotClose as error:
                raise CommandError(f"没有封。{error}") from error
        self.stdout.write(f"第{event.sequence}条封住了它以前的记录。链尾指纹：{event.digest}")
        self.stdout.write("各受理席的封存公钥现在是下面这些。请与恢复文件里的 public key 核对：")
        for desk in Desk.objects.select_related("round", "team"):
            self.stdout.write(f"  {desk.round} {desk}：{desk.recipient}")
