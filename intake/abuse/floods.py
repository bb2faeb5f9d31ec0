"""Tells a flood of reports from many people who write at once.

An ordinary report costs the database nothing here. Each process tallies what it stored, under
keyed digests and for FLOOD_SECONDS; a tally that grows is added, portion by portion, to the
counter in the shared database, and what all processes counted comes back. Only what was stored
counts: the same form sent again never does.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import cached_property

from django.conf import settings
from django.db import Error as AnyDatabaseError

from intake.abuse import counters

logger = logging.getLogger(__name__)

# Tallies that one process keeps: a few megabytes at most.
MOST_TALLIES = 20_000
# Shorter texts ('见附件') are the same by chance.
SHORTEST_TEXT = 10
_KB = 1024
_MB_IN_KB = 1024
_WAIT_A_MINUTE = 60


class Reason(Enum):
    """Why a report is not taken now."""

    ADDRESS = auto()
    SAME_TEXT = auto()
    FILES = auto()
    CROWDED = auto()


class TooMany(Exception):
    """This report is one of a flood; after `seconds` it may be sent again."""

    def __init__(self, reason: Reason, seconds: int) -> None:
        super().__init__(reason.name)
        self.reason = reason
        self.seconds = seconds


@dataclass(slots=True)
class _Tally:
    """Since when the shared counter runs, what it said last, and what it does not know yet."""

    ends_at: datetime
    shared: int = 0
    own: int = 0


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is counted under a name; `portion` is how much a process keeps to itself."""

    name: str
    portion: int

    def key(self, of: str = "") -> str:
        return counters.digest(f"{self.name} {of}")


_REPORTS = _Rule("reports", 50)
_REPORTS_OF_ONE = _Rule("reports of", 10)
_SAME_TEXT = _Rule("text", 5)
_FILES = _Rule("files", 100 * _MB_IN_KB)
_FILES_OF_ONE = _Rule("files of", 50 * _MB_IN_KB)


# Without slots: each key is made once, though it is asked for before and after storing.
@dataclass(frozen=True, repr=False)
class Sent:
    """What is counted of a report: where it comes from, its words, the size of its files.

    `network` is '' when nobody can tell; `given_out_at` is when its form was given out.
    """

    network: str
    text: str
    file_bytes: int
    given_out_at: datetime | None = None

    @cached_property
    def key_of_all(self) -> str:
        return _REPORTS.key()

    @cached_property
    def key_of_sender(self) -> str:
        """'' when nobody can tell who sent it."""
        return _REPORTS_OF_ONE.key(self.network) if self.network else ""

    @cached_property
    def key_of_words(self) -> str:
        """Of a text without spaces and lines, which change when it is copied; '' of a short one."""
        is_long = len(self.text) >= SHORTEST_TEXT
        return _SAME_TEXT.key("".join(self.text.split())) if is_long else ""


@dataclass(slots=True)
class _Tallies:
    """The tallies of this process, the longest unused first."""

    kept: OrderedDict[str, _Tally] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, key: str, at: datetime) -> int:
        with self.lock:
            tally = self.kept.get(key)
            return tally.shared + tally.own if tally and at < tally.ends_at else 0

    def seconds_left(self, key: str, at: datetime) -> int:
        with self.lock:
            tally = self.kept.get(key)
            return max(1, round((tally.ends_at - at).total_seconds())) if tally else 1

    def add(self, key: str, amount: int, *, portion: int, at: datetime) -> None:
        with self.lock:
            tally = self._live(key, at)
            tally.own += amount
            if tally.own < portion:
                return
            amount, tally.own = tally.own, 0
            tally.shared += amount
        counted = counters.add(key, amount, seconds=settings.FLOOD_SECONDS, at=at)
        with self.lock:
            # Of two threads the one that counted last may come here first.
            is_older = counted.expires_at == tally.ends_at and counted.count < tally.shared
            if not is_older:
                tally.shared, tally.ends_at = counted.count, counted.expires_at

    def _live(self, key: str, at: datetime) -> _Tally:
        tally = self.kept.pop(key, None)
        if tally is None or at >= tally.ends_at:
            tally = _Tally(at + timedelta(seconds=settings.FLOOD_SECONDS))
        self.kept[key] = tally
        while len(self.kept) > MOST_TALLIES or at >= next(iter(self.kept.values())).ends_at:
            self.kept.popitem(last=False)
        return tally


_tallies = _Tallies()


def check(sent: Sent, *, at: datetime) -> None:
    """Raises TooMany for a report that is one of a flood. It asks the database nothing."""
    if sent.key_of_words and _is_over(sent.key_of_words, settings.FLOOD_SAME_TEXT, at):
        raise _too_many(Reason.SAME_TEXT, sent.key_of_words, at)
    is_crowded = _is_over(sent.key_of_all, settings.FLOOD_REPORTS, at)
    most = settings.FLOOD_REPORTS_OF_ONE_CROWDED if is_crowded else settings.FLOOD_REPORTS_OF_ONE
    if sent.key_of_sender and _is_over(sent.key_of_sender, most, at):
        raise _too_many(Reason.ADDRESS, sent.key_of_sender, at)
    if is_crowded and _is_hasty(sent, at):
        raise TooMany(Reason.CROWDED, _WAIT_A_MINUTE)
    if sent.file_bytes:
        check_files(sent.network, at=at)


def check_files(network: str, *, at: datetime) -> None:
    """Raises TooMany when no more files are taken, from this network or from anybody."""
    of_one = _FILES_OF_ONE.key(network)
    if network and _is_over(of_one, settings.FLOOD_MB_OF_ONE * _MB_IN_KB, at):
        raise _too_many(Reason.FILES, of_one, at)
    if _is_over(_FILES.key(), settings.FLOOD_MB * _MB_IN_KB, at):
        raise _too_many(Reason.FILES, _FILES.key(), at)


def count(sent: Sent, *, at: datetime) -> None:
    """Counts what was stored. It never fails: a receipt is due already."""
    try:
        for rule, key, amount in _parts(sent):
            _tallies.add(key, amount, portion=rule.portion, at=at)
    except AnyDatabaseError as error:
        logger.warning("a report was not counted: %s", type(error).__name__)


def count_files(network: str, file_bytes: int, *, at: datetime) -> None:
    """Counts what came ahead of a form. Raises nothing: what is here is here."""
    try:
        for rule, key, amount in _files(network, file_bytes):
            _tallies.add(key, amount, portion=rule.portion, at=at)
    except AnyDatabaseError as error:
        logger.warning("a part was not counted: %s", type(error).__name__)


def forget() -> None:
    """Forgets what this process tallied."""
    with _tallies.lock:
        _tallies.kept.clear()


def _parts(sent: Sent) -> Iterator[tuple[_Rule, str, int]]:
    """The rules that count it, under which key and how much."""
    yield _REPORTS, sent.key_of_all, 1
    if sent.key_of_sender:
        yield _REPORTS_OF_ONE, sent.key_of_sender, 1
    if sent.key_of_words:
        yield _SAME_TEXT, sent.key_of_words, 1
    if sent.file_bytes:
        yield from _files(sent.network, sent.file_bytes)


def _files(network: str, file_bytes: int) -> Iterator[tuple[_Rule, str, int]]:
    size = -(-file_bytes // _KB)
    yield _FILES, _FILES.key(), size
    if network:
        yield _FILES_OF_ONE, _FILES_OF_ONE.key(network), size


def _is_over(key: str, most: int, at: datetime) -> bool:
    return _tallies.count(key, at) >= most * settings.FLOOD_SCALE


def _too_many(reason: Reason, key: str, at: datetime) -> TooMany:
    return TooMany(reason, _tallies.seconds_left(key, at))


def _is_hasty(sent: Sent, at: datetime) -> bool:
    """Whether the form was given out just now: nobody reads and writes that fast."""
    if sent.given_out_at is None:
        return True
    return at - sent.given_out_at < timedelta(seconds=settings.FLOOD_HASTY_SECONDS)
