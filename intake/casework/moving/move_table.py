"""The table of moves: from which status to which, who may, what must be filled, which clock starts.

Pure. A further status is a member of `choices.Status` and its moves here; which clock runs in it,
`deadlines.clocks.own_rule` says. The buttons of an item, the guard of `moving.move`, the preview
of several and the tests are made from it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from intake.access import Deed
from intake.casework.deadlines.clocks import Traits, own_rule
from intake.choices import HANDLED_IN, DeskKind, Handling, Status
from intake.choices.deadline_lists import RuleCode

S = Status


class Need(Enum):
    """What must be filled; the value is the name of the field that asks for it."""

    # The facts that are judged first stand with the item; they are not asked for by a move.
    JUDGED = "judged"
    HANDLING = "handling"
    OPINION = "opinion"
    REASON = "reason"
    RESULT = "result"
    # One asks, another confirms.
    SECOND_PERSON = "second_person"


class Through(Enum):
    """Where a move is made: with a button of the item, or by a deed that does more than that."""

    PAGE = auto()
    REGISTERING = auto()
    REROUTING = auto()
    REPEATS = auto()
    TRANSFERS = auto()
    # By a list that two members signed.
    APPRAISAL = auto()


class Whose(Enum):
    """What somebody must be besides holding the deed."""

    ANYBODYS = auto()
    # Nobody approves a proposal of their own.
    NOT_THE_PROPOSERS = auto()
    THE_PROPOSERS = auto()


# Where an item goes when its proposal is approved.
APPROVED_TO = {handling: statuses[0] for handling, statuses in HANDLED_IN.items()}
# Where an item stood before it was closed, by how it was handled; taking that back leads there.
CLOSED_FROM: dict[str, Status] = {
    "": S.REPEAT,
    Handling.INQUIRE: S.INQUIRING,
    Handling.FIX: S.FIXING,
    Handling.TRANSFER: S.ACKNOWLEDGED,
    Handling.KEEP: S.KEPT,
}


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table; `words` stand on its button."""

    before: Status
    to: Status
    deed: Deed
    words: str
    needs: tuple[Need, ...] = ()
    through: Through = Through.PAGE
    whose: Whose = Whose.ANYBODYS
    is_back: bool = False
    # Only at a desk of this kind, and at none of that; None for all.
    at: DeskKind | None = None
    not_at: DeskKind | None = None
    # Only with the body's written answer to a notice, or only without; None for both.
    is_answered: bool | None = None

    @property
    def is_last(self) -> bool:
        """Whether it stands behind the others: what goes back, away or out is not the usual way."""
        is_refusal = self.before == Status.TO_APPROVE
        return self.to in (S.RETURNED, S.VOIDED) or (self.is_back and not is_refusal)

    def starts(self, nature: str = "") -> RuleCode | None:
        """The rule of the clock that runs from then on, for an item of such a nature."""
        return own_rule(Traits(status=self.to.value, nature=nature))


def _back(
    befores: Iterable[Status],
    to: Status,
    deed: Deed,
    words: str,
    *,
    whose: Whose = Whose.ANYBODYS,
    through: Through = Through.PAGE,
) -> Iterator[Move]:
    """A step back needs a reason, whoever makes it."""
    for before in befores:
        yield Move(before, to, deed, words, (Need.REASON,), through, whose, is_back=True)


def _all(
    befores: Iterable[Status],
    to: Status,
    deed: Deed,
    words: str,
    *needs: Need,
    through: Through = Through.PAGE,
) -> Iterator[Move]:
    for before in befores:
        yield Move(before, to, deed, words, needs, through)


_APPROVALS = tuple(
    Move(
        S.TO_APPROVE,
        to,
        Deed.APPROVE,
        f"同意{handling.label}",
        (Need.OPINION,),
        whose=Whose.NOT_THE_PROPOSERS,
    )
    for handling, to in APPROVED_TO.items()
)
# What is about inspectors passes nobody but the head of the office, so nobody proposes it to them.
_OF_THE_HEAD_ALONE = tuple(
    Move(
        S.TO_ASSESS,
        to,
        Deed.APPROVE,
        f"决定{handling.label}",
        (Need.JUDGED, Need.OPINION),
        at=DeskKind.HEAD,
    )
    for handling, to in APPROVED_TO.items()
)
_UNDER_WAY = (S.INQUIRING, S.FIXING)
_HANDLED = (*_UNDER_WAY, S.TO_TRANSFER, S.KEPT)
_BEYOND_JUDGING = (S.TO_APPROVE, *_HANDLED, S.RETURNED)
_BEFORE_TRANSFER = (S.TO_ASSESS, *_BEYOND_JUDGING)
_AWAY = (S.TRANSFERRED, S.ACKNOWLEDGED, S.ANSWERED)
BEFORE_ARCHIVE = (*_BEFORE_TRANSFER, *_AWAY, S.REPEAT, S.CLOSED)

MOVES: tuple[Move, ...] = (
    Move(S.UNREGISTERED, S.TO_ASSESS, Deed.REGISTER, "登记", through=Through.REGISTERING),
    Move(
        S.TO_ASSESS,
        S.TO_APPROVE,
        Deed.PROPOSE,
        "拟办，送审批",
        (Need.JUDGED, Need.HANDLING, Need.OPINION),
        not_at=DeskKind.HEAD,
    ),
    *_APPROVALS,
    *_OF_THE_HEAD_ALONE,
    *_back([S.TO_APPROVE], S.TO_ASSESS, Deed.APPROVE, "不同意", whose=Whose.NOT_THE_PROPOSERS),
    *_back([S.TO_APPROVE], S.TO_ASSESS, Deed.PROPOSE, "撤回拟办", whose=Whose.THE_PROPOSERS),
    Move(S.INQUIRING, S.CLOSED, Deed.HANDLE, "办结", (Need.RESULT,)),
    Move(S.FIXING, S.CLOSED, Deed.HANDLE, "办结", (Need.RESULT,), is_answered=True),
    Move(
        S.FIXING,
        S.CLOSED,
        Deed.HANDLE,
        "没有书面结果，直接办结",
        (Need.RESULT, Need.REASON),
        is_answered=False,
    ),
    *_back(_HANDLED, S.TO_ASSESS, Deed.HANDLE, "退回研判"),
    # Another team's matter: the team returns it, the office sends it on, or back.
    *_all((S.TO_ASSESS, *_UNDER_WAY), S.RETURNED, Deed.RETURN, "退回巡察办改派", Need.REASON),
    *_back([S.RETURNED], S.TO_ASSESS, Deed.REROUTE, "不改派，仍由原组办"),
    *_all(_BEYOND_JUDGING, S.TO_ASSESS, Deed.REROUTE, "改派", through=Through.REROUTING),
    *_all([S.TO_TRANSFER], S.TRANSFERRED, Deed.TRANSFER, "移交", through=Through.TRANSFERS),
    *_all([S.TRANSFERRED], S.ACKNOWLEDGED, Deed.TRANSFER, "签收", through=Through.TRANSFERS),
    *(
        move
        for to in (S.TO_TRANSFER, S.TO_ASSESS)
        for move in _back(
            (S.TRANSFERRED, S.ACKNOWLEDGED),
            to,
            Deed.TRANSFER,
            "接收单位退回",
            through=Through.TRANSFERS,
        )
    ),
    *_all(
        [S.ACKNOWLEDGED],
        S.ANSWERED,
        Deed.TRANSFER,
        "登记反馈",
        Need.RESULT,
        through=Through.TRANSFERS,
    ),
    Move(S.ACKNOWLEDGED, S.ANSWERED, Deed.TRANSFER, "登记反馈", (Need.RESULT,)),
    *_back([S.ANSWERED], S.ACKNOWLEDGED, Deed.TRANSFER, "撤回反馈"),
    *_all((S.ACKNOWLEDGED, S.ANSWERED), S.CLOSED, Deed.HANDLE, "办结", Need.RESULT),
    *_all((S.KEPT, S.REPEAT), S.CLOSED, Deed.HANDLE, "办结", Need.RESULT),
    *_all(_BEFORE_TRANSFER, S.REPEAT, Deed.HANDLE, "并入重复件", through=Through.REPEATS),
    *_back([S.REPEAT], S.TO_ASSESS, Deed.HANDLE, "另作一件", through=Through.REPEATS),
    *(
        Move(S.CLOSED, to, Deed.HANDLE, "撤回办结", (Need.REASON,), is_back=True)
        for to in CLOSED_FROM.values()
    ),
    *_all([S.CLOSED], S.ARCHIVED, Deed.ARCHIVE, "归档", through=Through.APPRAISAL),
    *_all(
        [S.CLOSED],
        S.NOT_ARCHIVED,
        Deed.ARCHIVE,
        "不归档",
        Need.REASON,
        through=Through.APPRAISAL,
    ),
    *_back((S.ARCHIVED, S.NOT_ARCHIVED), S.CLOSED, Deed.ARCHIVE, "撤回归档"),
    *_all(BEFORE_ARCHIVE, S.VOIDED, Deed.VOID, "作废", Need.REASON, Need.SECOND_PERSON),
)


def moves_between(before: str, to: str, through: Through = Through.PAGE) -> tuple[Move, ...]:
    """The rows from one status to another that are made in this place; none for no such move."""
    return tuple(
        move
        for move in MOVES
        if move.before == before and move.to == to and move.through is through
    )
