"""Interleaved rounds of two loads, and what their ratios say."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.benchmarks.load import SECONDS_OF_A_TURN, TURNS, write_plan
from tests.benchmarks.servers import ROOT

ROUNDS = 9
SECONDS = TURNS * SECONDS_OF_A_TURN
# No server here answers pages, or takes reports, faster than this: a plan should not run out.
PAGES_PER_SECOND = 10_000
REPORTS_PER_SECOND = 2000

Verdict = Literal["met", "missed", "inconclusive"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two compared: where it listens, its requests, and how its rows are counted."""

    port: int
    make_requests: Callable[[int], list[bytes]]
    count_rows: Callable[[], int] | None = None

    @property
    def most(self) -> int:
        """More requests than it can answer in a round."""
        per_second = REPORTS_PER_SECOND if self.count_rows else PAGES_PER_SECOND
        return int(per_second * SECONDS)


@dataclass(frozen=True, slots=True)
class Row:
    """The outcome of one comparison."""

    name: str
    ratio: float
    low: float
    high: float
    goal: float

    @property
    def verdict(self) -> Verdict:
        """Met or missed only when every round says so."""
        if self.low >= self.goal:
            return "met"
        return "missed" if self.high < self.goal else "inconclusive"


def compare(name: str, ours: Side, theirs: Side, *, goal: float, folder: Path) -> Row:
    """The ratio of the rates, from rounds after one to warm up."""
    ratios = []
    for number in range(ROUNDS + 1):
        our_rate, their_rate = measure(ours, theirs, folder)
        if number:
            ratios.append(our_rate / their_rate)
        sys.stderr.write(f"{name}: {our_rate:.0f}/s : {their_rate:.0f}/s\n")
    return Row(name, statistics.median(ratios), min(ratios), max(ratios), goal)


def measure(ours: Side, theirs: Side, folder: Path) -> tuple[float, float]:
    """Good answers a second of both in one round, in which they are loaded in turn."""
    sides = [ours, theirs]
    arguments = []
    for number, side in enumerate(sides):
        plan = folder / f"plan-{number}.bin"
        write_plan(plan, side.make_requests(side.most))
        arguments += [str(plan), str(side.port)]
    before = [side.count_rows() if side.count_rows else 0 for side in sides]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.load", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    ours_outcome, theirs_outcome = json.loads(done.stdout)
    return (
        _rate(ours, ours_outcome, before[0]),
        _rate(theirs, theirs_outcome, before[1]),
    )


def _rate(side: Side, outcome: dict[str, Any], rows_before: int) -> float:
    """Of a report, only a row in the database is a good answer."""
    answered = outcome["statuses"].get("200", 0)
    if set(outcome["statuses"]) != {"200"}:
        raise RuntimeError(f"not every answer is a 200: {outcome['statuses']}")
    if side.count_rows:
        stored = side.count_rows() - rows_before
        if stored != answered:
            raise RuntimeError(f"{answered} answers, but {stored} rows")
    return float(answered / outcome["seconds"])
