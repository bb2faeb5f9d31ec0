"""The rounds to show at a moment, read once and remembered for a moment by each process.

Both the notice page and the intake (form, routing) work on what these functions give:

    current_round(at)                      # a Published; None when nothing is published
    round_for(at, target=code, slug=slug)  # the one that a form belongs to
    accepting_rounds(at)                   # all that take reports now, in the order of the page
    published.round, .teams, .contacts, .boxes, .focus, .calendar, .others
    published.window                       # until the latest last day of all its teams
    published.state(at)                    # WindowState, from published.window
    published.is_running(at)               # supplements are taken as long as this is true
    published.target(code)                 # Target or None; .team and .team.round cost no query
    published.remember(key, make)          # what was made of these rows once; ends with them

Hidden rounds are in none of these. After settings.NOTICE_MAX_AGE_SECONDS one short query asks
whether the edition is still the same; only a changed one is read anew. What is remembered never
crosses the opening or closing of a window, is shared between requests, and nobody changes it.
"""

import re
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings

from inspection.models import (
    ContactPoint,
    DropBox,
    Edition,
    FocusTopic,
    Round,
    Target,
    Team,
    WorkCalendarDay,
)
from inspection.models.round import foremost
from inspection.schedule import Calendar, Window, WindowState

# What only the loading of a notice looks at: it is long.
LOADED_ONLY = ("source_notice", "findings", "settled")
EARLIEST = datetime.min.replace(tzinfo=UTC)
# What can be a slug or a body's code; anything else is not even looked for.
_CODE = re.compile(r"[-\w]{1,60}", re.ASCII)
LATEST = datetime.max.replace(tzinfo=UTC)
# Pages of a few minutes, sizes and bodies; the rest is made again.
MOST_REMEMBERED = 200

_Made = TypeVar("_Made")


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
    _remembered: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

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
        return at.astimezone(self.round.zone).date() <= self.ends

    @cached_property
    def ends(self) -> date:
        """The last possible day of the inspection."""
        ends = [self.round.period_ends_last, *(team.period_ends_last for team in self.teams)]
        return max([self.window.last_day, *(end for end in ends if end)])

    def others_accepting(self, at: datetime) -> list[Round]:
        """The other rounds that take reports at this moment."""
        return [other for other in self.others if other.whole_window().contains(at)]

    def remember(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` gave the first time that this key was asked for."""
        made: _Made | None = self._remembered.get(key)
        if made is None:
            made = make()
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = made
        return made

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
class _Board:
    """What was read, the edition it is, and the moments between which it holds.

    `checked` is when, by the process's own clock, the edition was last the one of the database.
    """

    current: Published | None
    accepting: tuple[Published, ...]
    edition: str
    checked: float
    since: datetime
    until: datetime

    def spans(self, at: datetime) -> bool:
        return self.since <= at < self.until

    def is_fresh(self) -> bool:
        return time.monotonic() - self.checked < settings.NOTICE_MAX_AGE_SECONDS

    def shown(self) -> Iterator[Published]:
        """Every round on it, the current one first."""
        if self.current is not None:
            yield self.current
        yield from (published for published in self.accepting if published is not self.current)


_memory: list[_Board] = []


def current_round(at: datetime) -> Published | None:
    """The round to show: an open one, else the next, else the latest closed."""
    return _board(at).current


def accepting_rounds(at: datetime) -> tuple[Published, ...]:
    """Every round that takes reports at this moment; the one that takes them longest first."""
    return _board(at).accepting


def round_for(at: datetime, *, target: str = "", slug: str = "") -> Published | None:
    """The round of a body, else the one of this slug, else the current one.

    None where a slug names no public round: what was written for one round goes to no other.
    """
    board = _board(at)
    if target:
        by_target = _find(board, lambda published: published.target(target) is not None)
        if found := by_target or _read_public(teams__targets__code=target):
            return found
    if not slug:
        return board.current
    by_slug = _find(board, lambda published: published.round.slug == slug)
    return by_slug or _read_public(slug=slug)


def last_read() -> Published | None:
    """What the process read last, however old: for pages that must not ask the database."""
    return next((board.current for board in _memory[:1]), None)


def last_read_target(code: str) -> Target | None:
    """A body of the rounds that the process read last."""
    shown = (published for board in _memory[:1] for published in board.shown())
    return next(filter(None, (published.target(code) for published in shown)), None)


def forget() -> None:
    """Drops what is remembered."""
    _memory.clear()


def read(round_: Round) -> Published:
    """Everything of one round, hidden or not, fresh from the database."""
    return _published(round_, _public_rounds(), WorkCalendarDay.calendar())


def _board(at: datetime) -> _Board:
    known = next((board for board in _memory[:1] if board.spans(at)), None)
    if known is not None and known.is_fresh():
        return known
    # The edition is read before the rows: a change in between is seen at the next check.
    checked, edition = time.monotonic(), Edition.current()
    if known is not None and known.edition == edition:
        board = replace(known, checked=checked)
    else:
        board = _read_board(at, edition, checked)
    # A list of one is replaced as a whole, so that a thread beside sees the old or the new.
    _memory[:] = [board]
    return board


def _read_board(at: datetime, edition: str, checked: float) -> _Board:
    rounds = _public_rounds()
    current = foremost(rounds, at)
    accepting = [round_ for round_ in rounds if round_.whole_window().contains(at)]
    wanted = {round_.pk: round_ for round_ in (current, *accepting) if round_ is not None}
    texts = dict(Round.objects.filter(pk__in=wanted).values_list("pk", "source_text"))
    calendar = WorkCalendarDay.calendar()
    read_rounds = {}
    for pk, round_ in wanted.items():
        round_.source_text = texts[pk]
        read_rounds[pk] = _published(round_, rounds, calendar)
    return _Board(
        read_rounds[current.pk] if current else None,
        tuple(read_rounds[round_.pk] for round_ in accepting),
        edition,
        checked,
        *_span(rounds, read_rounds.values(), at),
    )


def _find(board: _Board, is_wanted: Callable[[Published], bool]) -> Published | None:
    return next(filter(is_wanted, board.shown()), None)


def _read_public(**wanted: str) -> Published | None:
    """A public round that is not on the board: a closed one, or one to come."""
    if not all(_CODE.fullmatch(code) for code in wanted.values()):
        return None
    round_ = Round.objects.public().defer(*LOADED_ONLY).filter(**wanted).first()
    return read(round_) if round_ else None


def _public_rounds() -> list[Round]:
    return Round.objects.public().defer("source_text", *LOADED_ONLY).in_time()


def _published(round_: Round, rounds: list[Round], calendar: Calendar) -> Published:
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
        calendar=calendar,
        others=tuple(other for other in rounds if other.pk != round_.pk),
    )


def _span(
    rounds: list[Round], read_rounds: Iterable[Published], at: datetime
) -> tuple[datetime, datetime]:
    """The nearest moments before and after `at` at which a window opens or closes."""
    windows = [window for one in rounds for window in (one.window(), one.whole_window())]
    windows += [team.window() for published in read_rounds for team in published.teams]
    moments = [moment for window in windows for moment in (window.opens, window.closes)]
    return (
        max((moment for moment in moments if moment <= at), default=EARLIEST),
        min((moment for moment in moments if moment > at), default=LATEST),
    )
