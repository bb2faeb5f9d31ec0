"""The round to show at a moment, read once and remembered for a moment by each process.

Both the notice page and the intake (form, routing) work on what `current_round` gives:

    published = current_round(at)          # None when nothing is published
    published.round, .teams, .contacts, .boxes, .focus, .calendar, .others
    published.window                       # until the latest last day of all its teams
    published.state(at)                    # WindowState, from published.window
    published.is_running(at)               # supplements are taken as long as this is true
    published.target(code)                 # Target or None; target.team and team.round are there
    team.targets.all(), target.team, box.target, box.team cost no query
    published.remembered                   # a dict for texts made of these rows; ends with them

The rows are remembered for settings.NOTICE_MAX_AGE_SECONDS (0: not at all) and never across the
moment at which a window opens or closes. They are shared between requests: nobody changes them.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from inspection.models import (
    ContactPoint,
    DropBox,
    FocusTopic,
    Round,
    Target,
    Team,
    WorkCalendarDay,
)
from inspection.schedule import Calendar, Window, WindowState

# What only the loading of a notice looks at; it is long, and there are many rounds.
LOADED_ONLY = ("source_notice", "findings", "settled")
EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Published:
    """One round with everything that its notice announced, as it stood when it was read."""

    round: Round
    teams: tuple[Team, ...]
    contacts: tuple[ContactPoint, ...]
    boxes: tuple[DropBox, ...]
    focus: tuple[FocusTopic, ...]
    calendar: Calendar
    others: tuple[Round, ...] = ()
    remembered: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def window(self) -> Window:
        """From the round's first day until the latest last day among the round and its teams."""
        windows = [self.round.window(), *(team.window() for team in self.teams)]
        return max(windows, key=lambda window: window.closes)

    def state(self, at: datetime) -> WindowState:
        """How the window stands at this moment."""
        return self.window.state(at)

    def is_running(self, at: datetime) -> bool:
        """Whether the inspection has not ended yet: so long an accepted report may be added to."""
        today = at.astimezone(self.round.zone).date()
        ends = [self.round.period_ends_last, *(team.period_ends_last for team in self.teams)]
        return today <= max((end for end in ends if end), default=self.window.last_day)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every body of the round, in the notice's order."""
        return tuple(target for team in self.teams for target in team.targets.all())

    def target(self, code: str) -> Target | None:
        """The body with this code, if the round has it."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> dict[str, Target]:
        return {target.code: target for target in self.targets}


@dataclass(frozen=True)
class _Memory:
    """What was read, when by the process's own clock, and the moments between which it holds."""

    published: Published | None
    read: float
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        age = time.monotonic() - self.read
        return age < settings.NOTICE_MAX_AGE_SECONDS and self.since <= at < self.until


_memory: list[_Memory] = []


def current_round(at: datetime) -> Published | None:
    """The round to show: an open one, else the next, else the latest closed."""
    for memory in _memory[:1]:
        if memory.holds(at):
            return memory.published
    started = time.monotonic()
    round_ = Round.objects.defer(*LOADED_ONLY).current(at)
    published = None if round_ is None else read(round_)
    since, until = _span(published, at)
    # A list of one is replaced as a whole, so that a thread beside sees the old or the new.
    _memory[:] = [_Memory(published, started, since, until)]
    return published


def last_read() -> Published | None:
    """What the process read last, however old: for pages that must not ask the database."""
    return next((memory.published for memory in _memory[:1]), None)


def forget() -> None:
    """Drops what is remembered."""
    _memory.clear()


def read(round_: Round) -> Published:
    """Everything of one round, fresh from the database, in seven queries."""
    teams = tuple(round_.teams.order_by("order").prefetch_related("targets"))
    by_id: dict[int | None, Team] = {team.pk: team for team in teams}
    targets: dict[int | None, Target] = {
        target.pk: target for team in teams for target in team.targets.all()
    }
    contacts = tuple(round_.contacts.order_by("order"))
    boxes = tuple(round_.boxes.order_by("order"))
    for contact in contacts:
        contact.team = by_id.get(contact.team_id)
    for box in boxes:
        box.team = by_id.get(box.team_id)
        box.target = targets.get(box.target_id)
    return Published(
        round=round_,
        teams=teams,
        contacts=contacts,
        boxes=boxes,
        focus=tuple(round_.focus.order_by("order")),
        calendar=WorkCalendarDay.calendar(),
        others=tuple(
            Round.objects.exclude(pk=round_.pk).defer("source_text", *LOADED_ONLY).newest_first()
        ),
    )


def _span(published: Published | None, at: datetime) -> tuple[datetime, datetime]:
    """The nearest moments before and after `at` at which a window opens or closes."""
    moments = list(_boundaries(published))
    return (
        max((moment for moment in moments if moment <= at), default=EARLIEST),
        min((moment for moment in moments if moment > at), default=LATEST),
    )


def _boundaries(published: Published | None) -> Iterator[datetime]:
    if published is None:
        return
    windows = [published.round.window(), *(team.window() for team in published.teams)]
    windows += [other.window() for other in published.others]
    for window in windows:
        yield window.opens
        yield window.closes
