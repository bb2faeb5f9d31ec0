"""Which lists wait for a member, and for what; found with one query, as the clocks are counted.

And which items wait for a list.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from intake.access import Deed
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.transfers.answer_days import StoredClock
from intake.casework.transfers.list_clocks import feedback_due
from intake.casework.transfers.list_table import MAKES
from intake.choices import ListKind, ListState, Status
from intake.models import (
    Desk,
    StaffUser,
    Submission,
    TransferEntry,
    TransferList,
    TransferReminder,
)
from intake.models.work.transfer_list import TransferListQuerySet

# Long enough before the last day for the receiver to be asked how far it is.
SOON = timedelta(days=15)
_READ = ("state", "kind", "desk", "proposed_by", "signed_on")
_CLOCK = tuple(f"going__submission{name}" for name in ("", "__deadline_rule", "__deadline_from"))


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
    user: StaffUser, desks: Iterable[Desk], today: date, lists: DueLists
) -> dict[Waits, list[UUID]]:
    """The keys of the lists by what they wait for; `desks` are those that the member sees."""
    known = {desk.pk: desk for desk in desks}
    kinds = [kind for kind, deed in MAKES.items() if user.may(deed)]
    found: dict[Waits, list[UUID]] = {waits: [] for waits in Waits}
    going = TransferList.objects.visible_to(user).going_on()
    going = going.filter(desk__in=known, kind__in=kinds)
    for rows in _by_list(user, going):
        key, *values = rows[0][: len(_READ) + 1]
        state, kind, desk, proposed_by, signed_on = values
        row = TransferList(
            pk=key,
            state=state,
            kind=kind,
            desk=known[desk],
            round=known[desk].round,
            proposed_by_id=proposed_by,
            signed_on=signed_on,
        )
        days = [clock.last_day(lists) for clock in _clocks_in(rows)]
        last = feedback_due(row, lists.book, days)
        for waits in _waits(row, last, rows[0][-1], user, today):
            found[waits].append(key)
    return found


def _by_list(user: StaffUser, going: TransferListQuerySet) -> Iterator[list[Any]]:
    """The rows of each list: one for each item that is still to be answered, or a single one.

    One query, of what the member sees: who is kept out of an item learns nothing from its clock.
    """
    is_open = Q(entries__is_out=False, entries__is_settled=False)
    reminders = TransferReminder.objects.filter(list=OuterRef("pk")).order_by("-reminded_on")
    seen = Submission.objects.visible_to(user).order_by()
    rows = going.annotate(
        going=FilteredRelation("entries", condition=is_open),
        is_seen=Exists(seen.filter(pk=OuterRef("going__submission"))),
        reminded=Subquery(reminders.values("reminded_on")[:1]),
    ).order_by("pk")
    told = rows.values_list("pk", *_READ, *_CLOCK, "is_seen", "reminded")
    for _key, some in groupby(told, key=lambda one: one[0]):
        yield list(some)


def _clocks_in(rows: Iterable[Any]) -> Iterator[StoredClock]:
    for row in rows:
        *clock, is_seen, _reminded = row[len(_READ) + 1 :]
        if is_seen:
            yield StoredClock(*clock)


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
    row: TransferList, last: date | None, reminded: date | None, user: StaffUser, today: date
) -> Iterator[Waits]:
    """`last` is the last day for the answer, if it is known."""
    if row.state == ListState.PROPOSED:
        if user.may(Deed.APPROVE) and row.proposed_by_id != user.pk:
            yield Waits.APPROVE
    elif row.state == ListState.SIGNED:
        if last is not None and last < today:
            yield Waits.OVERDUE
            if reminded is None or reminded <= last:
                yield Waits.REMIND
        elif last is not None and last - today <= SOON:
            yield Waits.DUE
    else:
        yield _BY_STATE[ListState(row.state)]
