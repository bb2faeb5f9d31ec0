"""五类工作台账: five views of one ledger, each by what its items have come to.

One table. From it come the filter of the list, the links of the ledger's page, and the exports.
"""

from dataclasses import dataclass

from django.db.models import Q

from intake.choices import CLOSED_STATUSES, Status, WorkingLedger
from intake.choices.arrival_lists import COLLECTIVE

_RUNNING = (
    *(Status.INQUIRING, Status.FIXING, Status.TO_TRANSFER),
    *(Status.TRANSFERRED, Status.ACKNOWLEDGED),
)


@dataclass(frozen=True, slots=True)
class View:
    """`words` say which items it holds, as its page says them."""

    code: WorkingLedger
    words: str
    finds: Q

    @property
    def name(self) -> str:
        return str(self.code.label)


VIEWS: tuple[View, ...] = (
    View(
        WorkingLedger.ACCEPTED,
        "已经登记编号的，作废的除外",
        Q(number__isnull=False) & ~Q(status=Status.VOIDED),
    ),
    View(
        WorkingLedger.ASSIGNED,
        "已经审批、定了处理方式的：了解、立行立改、移交、留存，作废的除外",
        ~Q(handled_as="") & ~Q(status=Status.VOIDED),
    ),
    View(
        WorkingLedger.FOLLOWED,
        "正在了解、立行立改、移交的，接收单位还没有反馈的也在内",
        Q(status__in=_RUNNING),
    ),
    View(
        WorkingLedger.FINISHED,
        "接收单位已经反馈的，和已经办结、归档、不归档的",
        Q(status__in=(Status.ANSWERED, *CLOSED_STATUSES)),
    ),
    View(
        WorkingLedger.RISKS,
        # A joint letter of as many as a 集体访 is what the office looks at first, too.
        f"还没有办结的重要件、{COLLECTIVE}人以上的集体访和{COLLECTIVE}人以上的联名信",
        (Q(is_important=True) | Q(people__gte=COLLECTIVE) | Q(signers__gte=COLLECTIVE))
        & ~Q(status__in=(*CLOSED_STATUSES, Status.VOIDED)),
    ),
)
