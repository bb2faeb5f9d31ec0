"""What a process remembers of the rounds to show, and for how long."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings

from inspection.current.published import Published
from inspection.current.rounds_from_rows import gathered, public_rounds, read_public
from inspection.models import Edition, Round, Target, WorkCalendarDay
from inspection.models.round import foremost

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


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
        if found := by_target or read_public(teams__targets__code=target):
            return found
    if not slug:
        return board.current
    by_slug = _find(board, lambda published: published.round.slug == slug)
    return by_slug or read_public(slug=slug)


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
    rounds = public_rounds()
    current = foremost(rounds, at)
    accepting = [round_ for round_ in rounds if round_.whole_window().contains(at)]
    wanted = {round_.pk: round_ for round_ in (current, *accepting) if round_ is not None}
    texts = dict(Round.objects.filter(pk__in=wanted).values_list("pk", "source_text"))
    calendar = WorkCalendarDay.calendar()
    read_rounds = {}
    for pk, round_ in wanted.items():
        round_.source_text = texts[pk]
        read_rounds[pk] = gathered(round_, rounds, calendar)
    return _Board(
        read_rounds[current.pk] if current else None,
        tuple(read_rounds[round_.pk] for round_ in accepting),
        edition,
        checked,
        *_span(rounds, read_rounds.values(), at),
    )


def _find(board: _Board, is_wanted: Callable[[Published], bool]) -> Published | None:
    return next(filter(is_wanted, board.shown()), None)


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
