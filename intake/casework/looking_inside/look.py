"""Looking for words inside of sealed items, in the order of the list. Audited; no word of it is."""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from inspection.models import Round
from intake.casework.looking_inside import under_way
from intake.casework.looking_inside.child_process import (
    Answer,
    Child,
    ChildGone,
    Place,
    looking_for,
)
from intake.casework.looking_inside.openable import Keys, Secrets, Slice, slices
from intake.models import StaffUser
from intake.staff.keyring import Keyring

MOST_HITS = 100
LONGEST_SECONDS = 60.0


class Why(Enum):
    """Why a search ended."""

    COMPLETE = auto()
    STOPPED = auto()
    LOGGED_OUT = auto()
    ENOUGH = auto()
    TIME_OVER = auto()
    BROKEN = auto()
    CROWD = auto()


@dataclass(frozen=True, slots=True, repr=False)
class Hits:
    """An item in which every word stands, and some of the places."""

    key: UUID
    places: Sequence[Place]


@dataclass(frozen=True, slots=True, repr=False)
class Looked:
    """How far it has come: items looked at, of how many, how many at each desk, and the hits.

    `why` is None as long as it goes on; `last` is the item behind which a further one begins.
    """

    total: int
    opened: int = 0
    failed: int = 0
    shown: int = 0
    at_desks: Mapping[str, int] = field(default_factory=dict)
    hits: list[Hits] = field(default_factory=list)
    why: Why | None = None
    last: UUID | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """What is looked for and where: `words` that `looked_for.check` has taken."""

    words: str
    keys: Keys
    round: Round
    most_hits: int = MOST_HITS
    seconds: float = LONGEST_SECONDS


def look_inside(
    wanted: Wanted,
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
    is_still_in: Callable[[], bool],
) -> Generator[Looked, None, None]:
    """Gives each step; the last one says why it ended.

    Whoever takes no more of them, as a browser that went away, ends it too. Nothing of a step is
    given before it was noted how much had been opened for it.
    """
    looked = Looked(len(wanted.keys))
    if not wanted.keys:
        yield replace(looked, why=Why.COMPLETE)
        return
    try:
        with under_way.one(by=by, round_=wanted.round, at=at) as running:
            steps = _steps(wanted, Secrets.of(keyring, by), by)
            try:
                for step in steps:
                    goes_on = running.count(step.at_desks)
                    looked = _seen_from_outside(step, goes_on=goes_on, is_in=is_still_in())
                    yield looked
                    if looked.why:
                        return
            finally:
                steps.close()
                running.end(looked.at_desks)
    except under_way.TooManySearch:
        yield replace(looked, why=Why.CROWD)


def _seen_from_outside(step: Looked, *, goes_on: bool, is_in: bool) -> Looked:
    """Whoever is logged in no more is shown nothing of it."""
    if not is_in:
        return replace(step, hits=[], why=Why.LOGGED_OUT)
    return step if goes_on or step.why else replace(step, why=Why.STOPPED)


def _steps(wanted: Wanted, secrets: Secrets, by: StaffUser) -> Generator[Looked, None, None]:
    looked, ends = Looked(len(wanted.keys)), time.monotonic() + wanted.seconds
    try:
        with looking_for(wanted.words, secrets.by_desk, seconds=wanted.seconds * 2 + 10) as child:
            for slice_, answer in _answers(child, slices(wanted.keys, secrets, by)):
                found = [Hits(UUID(key), places) for key, places in answer.found.items()]
                hits = found[: wanted.most_hits - looked.shown]
                looked = replace(
                    looked,
                    opened=looked.opened + len(slice_.items),
                    failed=looked.failed + answer.failed + slice_.wanted - len(slice_.items),
                    shown=looked.shown + len(hits),
                    at_desks=Counter(looked.at_desks) + slice_.at_desks,
                    hits=hits,
                    last=slice_.last if len(hits) == len(found) else hits[-1].key,
                )
                yield replace(looked, why=_why_it_ends(looked, wanted, ends))
    except ChildGone:
        yield replace(looked, hits=[], why=Why.BROKEN)
        return
    yield replace(looked, hits=[], why=Why.COMPLETE)


def _why_it_ends(looked: Looked, wanted: Wanted, ends: float) -> Why | None:
    if looked.shown >= wanted.most_hits:
        return Why.ENOUGH
    return Why.TIME_OVER if time.monotonic() >= ends else None


def _answers(child: Child, all_of_them: Iterator[Slice]) -> Iterator[tuple[Slice, Answer]]:
    """Each slice with its answer; the next one is read while this one is looked through."""
    following = next(all_of_them, None)
    while following is not None:
        slice_ = following
        child.send(slice_.items)
        following = next(all_of_them, None)
        yield slice_, child.answer()
