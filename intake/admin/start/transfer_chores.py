"""What waits of the transfer lists, as lines of the start page: each is the number of its list."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.admin.items.list_filters import list_address
from intake.admin.start.chore import Asked, Chore
from intake.admin.transfers.waiting_filter import WaitingFilter, lists_that_wait
from intake.casework.transfers.waiting_lists import Waits
from intake.models import TransferList


@dataclass(frozen=True, slots=True)
class _Line:
    tag: str
    words: str
    label: str
    tone: str = "soon"


LINES: dict[Waits, _Line] = {
    Waits.APPROVE: _Line("清单待审批", "份别人送审的移交清单，等您审批。", "去审批"),
    Waits.OBJECTED: _Line("清单有异议", "份移交清单，接收单位有异议，等答复。", "去办", "late"),
    Waits.OVERDUE: _Line("反馈超期", "份移交清单超过反馈期限，还没有收到反馈。", "去看", "late"),
    Waits.REMIND: _Line("待督办", "份移交清单反馈超期，还没有督办过。", "去督办", "late"),
    Waits.DUE: _Line("快要反馈", "份移交清单的反馈期限十五天内到。", "去看"),
    Waits.DRAFT: _Line("清单待送审", "份移交清单还在起草，没有送审。", "去送审"),
    Waits.SEND: _Line("清单待送出", "份移交清单已经批准，等送出。", "去送出"),
    Waits.SIGN: _Line("清单待签收", "份移交清单已经送出，等接收单位签收。", "去看"),
}


def lists_as_chores(asked: Asked) -> Iterator[Chore]:
    """The lines that have something to say."""
    found = lists_that_wait(asked.request)
    for waits, line in LINES.items():
        if count := len(found[waits]):
            url = list_address(TransferList, **{WaitingFilter.parameter_name: waits.value})
            yield Chore(line.tag, line.tone, f"{count} {line.words}", url, line.label)
