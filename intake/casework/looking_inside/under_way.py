"""The searches that run: one at a time of each member, few at once, each of them an event.

The event is made when a search ends, however it ends. What a crash cut off is found by its row and
recorded by whoever searches next, or by `checkpoint`.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from inspection import clock
from inspection.models import Round
from intake import audit
from intake.choices import Action
from intake.models import Desk, RunningSearch, StaffUser

# Each keeps one core busy that nobody else wants.
MOST_AT_ONCE = 2
# A search tells several times a second that it runs.
_SILENT_FOR = timedelta(seconds=90)
_WAITS_FOR_THE_OLDER = 5.0
_LOOKS_EVERY = 0.1


class TooManySearch(Exception):
    """As many as may search at once do so, or the member's own last search has not ended yet."""


class UnderWay:
    """One search that runs."""

    def __init__(self, row: RunningSearch) -> None:
        self._row = row

    def count(self, at_desks: Mapping[str, int]) -> bool:
        """Notes what has been looked at, before anything of it is shown; False if it must stop."""
        return bool(
            RunningSearch.objects.filter(pk=self._row.pk, is_stopped=False).update(
                at_desks=dict(at_desks), seen_at=clock.real_now()
            )
        )

    def end(self, at_desks: Mapping[str, int]) -> None:
        """Its event."""
        self._row.at_desks = dict(at_desks)
        _record(self._row)


@contextmanager
def one(*, by: StaffUser, round_: Round, at: datetime) -> Iterator[UnderWay]:
    """Ends the member's older search first. Raises TooManySearch; then there is no event."""
    record_what_was_cut_off()
    stop(by)
    _wait_for_the_older(by)
    with transaction.atomic():
        if RunningSearch.objects.count() >= MOST_AT_ONCE:
            raise TooManySearch
        row = RunningSearch.objects.create(
            user=by, round=round_, began_at=at, seen_at=clock.real_now()
        )
    yield UnderWay(row)


def stop(by: StaffUser) -> None:
    """Lets the searches of a member end after what they are looking at."""
    RunningSearch.objects.of(by).update(is_stopped=True)


def record_what_was_cut_off() -> int:
    """How many searches had ended without an event."""
    silent = RunningSearch.objects.filter(seen_at__lt=clock.real_now() - _SILENT_FOR)
    return sum(map(_record, silent.select_related("user", "round")))


def _record(row: RunningSearch) -> bool:
    """Once, whoever does it: who removes the row makes the event."""
    with transaction.atomic():
        if not RunningSearch.objects.filter(pk=row.pk).delete()[0]:
            return False
        for round_, numbers in _by_round(row).items():
            audit.record(
                Action.SEARCH_SEALED,
                by=row.user,
                at=row.began_at,
                obj=round_,
                searched=sum(numbers),
                desks=len(numbers),
            )
    return True


def _by_round(row: RunningSearch) -> dict[Round, list[int]]:
    """Of each round looked into how many items at each desk; the list may span several."""
    found: dict[Round, list[int]] = {}
    for desk in Desk.objects.filter(pk__in=row.at_desks).select_related("round").order_by("pk"):
        found.setdefault(desk.round, []).append(row.at_desks[str(desk.pk)])
    return found or {row.round: []}


def _wait_for_the_older(by: StaffUser) -> None:
    until = time.monotonic() + _WAITS_FOR_THE_OLDER
    while RunningSearch.objects.of(by).exists():
        if time.monotonic() > until:
            raise TooManySearch
        time.sleep(_LOOKS_EVERY)
