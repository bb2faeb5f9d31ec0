"""The deeds on a list: from which state to which, who may, and what must be filled.

Pure. The buttons of a list's page, its forms, the guard and the tests are made from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from intake.access import Deed
from intake.choices import ListKind, ListState

S = ListState
# What a member must be allowed to do to make lists of a kind.
MAKES: dict[str, Deed] = {ListKind.TRANSFER: Deed.TRANSFER, ListKind.FIX: Deed.NOTIFY}


class Asked(StrEnum):
    """A field of a deed; days are of the round's time zone."""

    NUMBER = "document_number"
    SENT_ON = "sent_on"
    SIGNED_ON = "signed_on"
    SIGNER = "signer"
    OBJECTION_ON = "objection_on"
    ENTRIES = "entries"
    RETURNED_ON = "returned_on"
    BACK_TO = "back_to"
    FEEDBACK_ON = "feedback_on"
    REMINDED_ON = "reminded_on"
    REASON = "reason"
    RESULT = "result"


A = Asked
WORDS = (A.SIGNER, A.REASON, A.RESULT)
DAYS = (A.SENT_ON, A.SIGNED_ON, A.OBJECTION_ON, A.RETURNED_ON, A.FEEDBACK_ON, A.REMINDED_ON)


class Step(StrEnum):
    """A deed by its code, as an address and a form name it."""

    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REFUSE = "refuse"
    REOPEN = "reopen"
    SEND = "send"
    SIGN = "sign"
    OBJECT = "object"
    TAKE_BACK = "take_back"
    INSIST = "insist"
    REMIND = "remind"
    ANSWER = "answer"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class ListDeed:
    """One row. Without `to` the state stays, or is what it was before an objection.

    A list is answered when each of its items is, so that an answer may leave it as it was.

    `is_heads` needs somebody who may approve, and `is_anothers` somebody else than the proposer.
    """

    step: Step
    words: str
    before: tuple[ListState, ...]
    to: ListState | None
    asks: tuple[Asked, ...] = ()
    is_heads: bool = False
    is_anothers: bool = False


# At the head's desk nobody proposes to the head: the second row of approving is theirs alone.
DEEDS: tuple[ListDeed, ...] = (
    ListDeed(Step.PROPOSE, "送审批", (S.DRAFT,), S.PROPOSED),
    ListDeed(Step.WITHDRAW, "撤回送审", (S.PROPOSED,), S.DRAFT),
    ListDeed(
        Step.APPROVE,
        "批准",
        (S.PROPOSED,),
        S.APPROVED,
        (A.NUMBER,),
        is_heads=True,
        is_anothers=True,
    ),
    ListDeed(
        Step.REFUSE,
        "不批准，退回起草",
        (S.PROPOSED,),
        S.DRAFT,
        (A.REASON,),
        is_heads=True,
        is_anothers=True,
    ),
    ListDeed(Step.REOPEN, "撤销批准，退回起草", (S.APPROVED,), S.DRAFT, (A.REASON,), is_heads=True),
    ListDeed(Step.SEND, "登记送出", (S.APPROVED,), S.SENT, (A.SENT_ON,)),
    ListDeed(Step.SIGN, "登记签收", (S.SENT,), S.SIGNED, (A.SIGNED_ON, A.SIGNER)),
    ListDeed(
        Step.OBJECT,
        "登记异议",
        (S.SENT, S.SIGNED),
        S.OBJECTED,
        (A.OBJECTION_ON, A.ENTRIES, A.REASON),
    ),
    ListDeed(
        Step.TAKE_BACK,
        "同意退回",
        (S.OBJECTED,),
        S.RETURNED,
        (A.RETURNED_ON, A.BACK_TO, A.REASON),
    ),
    ListDeed(Step.INSIST, "不同意退回", (S.OBJECTED,), None, (A.REASON,)),
    ListDeed(Step.REMIND, "登记督办", (S.SENT, S.SIGNED), None, (A.REMINDED_ON,)),
    ListDeed(
        Step.ANSWER,
        "登记反馈",
        (S.SIGNED,),
        S.ANSWERED,
        (A.ENTRIES, A.FEEDBACK_ON, A.RESULT),
    ),
    ListDeed(Step.DROP, "不移交了", (S.DRAFT,), S.DROPPED),
)
# What the head decides without a proposal, at the head's own desk.
OF_THE_HEAD_ALONE = ListDeed(
    Step.APPROVE, "批准", (S.DRAFT,), S.APPROVED, (A.NUMBER,), is_heads=True
)


@dataclass(frozen=True, slots=True)
class Position:
    """What of a list and a member decides which deeds there are."""

    kind: str
    state: str
    is_at_the_heads_desk: bool
    is_proposer: bool
    deeds: frozenset[Deed]


def deeds_of(position: Position) -> Iterator[ListDeed]:
    """The rows that this member may use now, in the table's order."""
    if MAKES[position.kind] not in position.deeds:
        return
    for row in _rows_at(position):
        if position.state in row.before and not why_not(row, position):
            yield row


def row_of(step: Step, position: Position) -> ListDeed | None:
    """The row of a deed in the list's state; None where the state has no such deed."""
    rows = _rows_at(position)
    return next((row for row in rows if row.step == step and position.state in row.before), None)


def _rows_at(position: Position) -> tuple[ListDeed, ...]:
    return (OF_THE_HEAD_ALONE, *DEEDS[1:]) if position.is_at_the_heads_desk else DEEDS


def why_not(row: ListDeed, position: Position) -> str:
    """Why a deed of the list's state is not for this member; '' when it is."""
    if row.is_heads and Deed.APPROVE not in position.deeds:
        return "这一步要由能审批的人办。"
    if row.is_anothers and position.is_proposer:
        return "自己送审的，要由别人审批。"
    if not row.is_heads and MAKES[position.kind] not in position.deeds:
        return "这一步不归您办。"
    return ""
