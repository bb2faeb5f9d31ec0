"""Looks the installation over and says what to do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspection import clock
from intake.checkup.check_table import check_up
from intake.checkup.finding import State


class Command(BaseCommand):
    """Exit 0: nothing is wrong; 1: something is, and what to do stands below it."""

    help = "检查这个网站装得对不对：设置、数据库和备机、受理席和密钥、时间和节假日、机器和程序。"
    # It looks itself, and says more.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        counts = dict.fromkeys(State, 0)
        before = ""
        for title, finding in check_up(clock.now()):
            if title != before:
                self.stdout.write(f"{title}：")
                before = title
            counts[finding.state] += 1
            self.stdout.write(f"  [{finding.state}] {finding.what}")
            if finding.do:
                self.stdout.write(f"      {finding.do}")
        if counts[State.WRONG]:
            raise CommandError(
                f"有{counts[State.WRONG]}个问题要马上处理，另有{counts[State.MIND]}处要注意。"
            )
        self.stdout.write(f"没有问题，{counts[State.MIND]}处要注意。")
