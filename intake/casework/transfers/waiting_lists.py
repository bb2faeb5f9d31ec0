"""Which lists wait for a member, and for what; found with one query, as the clocks are counted.

And which items wait for a list.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from intake.access import Deed
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.transfers.list_clocks import feedback_due
from intake.casework.transfers.list_table import MAKES
from intake.choices import ListKind, ListState, Status
from intake.models import Desk, StaffUser, TransferEntry, TransferList

# Long enough before the last day for the receiver to be asked how far it is.
SOON = timedelta(days=15)
_READ = ("state", "kind", "desk", "proposed_by", "signed_on")


class Waits(StrEnum):
    """For what a list waits, as an address names it."""

    DRAFT = "draft"
    APPROVE = "approve"
    SEND = "send"
    SIGN = "sign"
    OBJECTED = "objected"
    OVERDUE = "overdue"
    REMIND = "remind"
    DUE = "due"


_BY_STATE = {
    ListState.DRAFT: Waits.DRAFT,
    ListState.APPROVED: Waits.SEND,
    ListState.SENT: Waits.SIGN,
    ListState.OBJECTED: Waits.OBJECTED,
}


def waiting_lists(
    user: StaffUser, desks: Iterable[Desk], today: date, book: RuleBook
) -> dict[Waits, list[UUID]]:
    """The keys of the lists by what they wait for; `desks` are those that the member sees."""
    known = {desk.pk: desk for desk in desks}
    kinds = [kind for kind, deed in MAKES.items() if user.may(deed)]
    found: dict[Waits, list[UUID]] = {waits: [] for waits in Waits}
    lists = TransferList.objects.visible_to(user).going_on()
    lists = lists.filter(desk__in=known, kind__in=kinds).only(*_READ)
    rows: QuerySet[Any] = lists.annotate(reminded=Max("reminders__reminded_on")).order_by()
    for row in rows:
        row.desk = known[row.desk_id]
        row.round = row.desk.round
        for waits in _waits(row, row.reminded, user, today, book):
            found[waits].append(row.pk)
    return found


def not_gathered() -> Q:
    """Items that are to be transferred and stand on no list that is going on."""
    live = _of_the_item(TransferEntry.objects.still_open())
    return Q(status=Status.TO_TRANSFER) & ~Q(Exists(live))


def without_notice() -> Q:
    """Items that are to be set right, of which no notice tells the body."""
    told = _of_the_item(TransferEntry.objects.on_the_list()).filter(list__kind=ListKind.FIX)
    return Q(status=Status.FIXING) & ~Q(Exists(told))


def _of_the_item(entries: "QuerySet[TransferEntry]") -> "QuerySet[TransferEntry]":
    return entries.filter(submission=OuterRef("pk")).order_by()


def _waits(
    row: TransferList, reminded: date | None, user: StaffUser, today: date, book: RuleBook
) -> Iterator[Waits]:
    if row.state == ListState.PROPOSED:
        if user.may(Deed.APPROVE) and row.proposed_by_id != user.pk:
            yield Waits.APPROVE
    elif row.state == ListState.SIGNED:
        last = feedback_due(row, book)
        if last is not None and last < today:
            yield Waits.OVERDUE
            if reminded is None or reminded <= last:
                yield Waits.REMIND
        elif last is not None and last - today <= SOON:
            yield Waits.DUE
    else:
        yield _BY_STATE[ListState(row.state)]
