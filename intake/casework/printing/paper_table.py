"""Every paper that is printed: its name in addresses, its title, and what must hold before it.

One table. From it come the buttons and the addresses; the names are the closed list's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from intake.choices import ListKind, ListState, PaperCode, Status, Way
from intake.models import BoxOpening, Submission, TransferList


class Of(Enum):
    """What a paper is about."""

    ITEM = auto()
    LIST = auto()
    OPENING = auto()
    ROUND = auto()


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`code` stands in the address; `why_not` gives a sentence, '' where it may be printed.

    `suits` says whether it is offered at all; `names` whether it can name the reporter.
    """

    code: PaperCode
    of: Of
    suits: Callable[[Any], bool] = lambda row: True
    why_not: Callable[[Any], str] = lambda row: ""
    names: bool = False

    @property
    def name(self) -> str:
        return str(self.code.label)


NOT_REGISTERED = "还没有登记，没有编号，不能打印。请先登记。"
NOT_APPROVED = "还没有批准，没有文号，不能打印。请先送审。"
NO_NOTICE = "这一件不在批准了的立行立改通知书上，不能打印。"
NOT_CONFIRMED = "还没有第二个人确认，不能打印。请先确认。"
_LEAVING = (ListState.DRAFT, ListState.PROPOSED, ListState.DROPPED)


def _unnumbered(item: Submission) -> str:
    return "" if item.number is not None else NOT_REGISTERED


def _unapproved(row: TransferList) -> str:
    return NOT_APPROVED if row.state in _LEAVING else ""


def _unconfirmed(opening: BoxOpening) -> str:
    return "" if opening.is_confirmed else NOT_CONFIRMED


def _without_notice(item: Submission) -> str:
    return "" if notice_of(item) else NO_NOTICE


def _is_a_call(item: Submission) -> bool:
    return item.way in (Way.PHONE, Way.SMS)


def _is_a_visit(item: Submission) -> bool:
    return item.way == Way.VISIT


def _is_to_be_fixed(item: Submission) -> bool:
    return item.status == Status.FIXING


def _is_fix(row: TransferList) -> bool:
    return row.is_fix


def _leaves_the_round(row: TransferList) -> bool:
    return not row.is_fix


def notice_of(item: Submission) -> TransferList | None:
    """The approved notice to set right on which the item stands."""
    entries = item.transfer_entries.on_the_list().filter(list__kind=ListKind.FIX)
    entry = entries.exclude(list__state__in=_LEAVING).select_related("list").last()
    return entry.list if entry else None


P = PaperCode
PAPERS: tuple[PaperKind, ...] = (
    PaperKind(P.REGISTRATION, Of.ITEM, why_not=_unnumbered, names=True),
    PaperKind(P.CALL, Of.ITEM, _is_a_call, _unnumbered, names=True),
    PaperKind(P.VISIT, Of.ITEM, _is_a_visit, _unnumbered, names=True),
    PaperKind(P.FIX_NOTICE, Of.ITEM, _is_to_be_fixed, _without_notice),
    PaperKind(P.LOAN, Of.ITEM, why_not=_unnumbered),
    PaperKind(P.SET, Of.ITEM, why_not=_unnumbered, names=True),
    PaperKind(P.LETTER, Of.LIST, _leaves_the_round, _unapproved),
    PaperKind(P.LIST, Of.LIST, _leaves_the_round, _unapproved, names=True),
    PaperKind(P.FIX_NOTICE, Of.LIST, _is_fix, _unapproved),
    PaperKind(P.ACKNOWLEDGEMENT, Of.LIST, why_not=_unapproved),
    PaperKind(P.OPENING, Of.OPENING, why_not=_unconfirmed),
    PaperKind(P.SEALED, Of.ROUND),
    PaperKind(P.NOT_ARCHIVED, Of.ROUND),
)


def paper_kind(code: str, of: Of) -> PaperKind | None:
    """The entry, where there is such a paper of such a thing."""
    return next((kind for kind in PAPERS if kind.code == code and kind.of is of), None)


def papers_for(row: Any, of: Of) -> list[PaperKind]:
    """Those that this item, list or opening is offered, in the order of the table."""
    return [kind for kind in PAPERS if kind.of is of and kind.suits(row)]
