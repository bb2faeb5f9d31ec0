"""Chains what came in since the last staff event; meant for a timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from inspection import clock
from intake import audit
from intake.casework.looking_inside.under_way import record_what_was_cut_off
from intake.staff import accesses
from intake.staff.entering.guesses import tell_unknown


class Command(BaseCommand):
    """When nothing is new it adds nothing."""

    help = "把新收到的信访件、补充材料和证明材料记入操作留痕，并收回到期的授权。可以定时运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        record_what_was_cut_off()
        tell_unknown(at=clock.now(), real_at=clock.real_now())
        accesses.end_over(at=clock.now())
        with transaction.atomic():
            events = audit.checkpoint(at=clock.now())
        if not events:
            self.stdout.write("没有新收到的，不用记。")
        else:
            last = events[-1]
            self.stdout.write(f"已把{audit.count_words(events)}记入第{last.sequence}条。")
            self.stdout.write(f"链尾指纹：{last.digest}")
