"""Interleaved rounds of two loads, and what their ratios say."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.benchmarks.load import write_plan
from tests.benchmarks.servers import ROOT

ROUNDS = 9
SECONDS = 2.0
# No server here answers faster than this; a plan must not run out before its time.
FASTEST_PER_SECOND = 6000

Verdict = Literal["met", "missed", "inconclusive"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two compared: where it listens, its requests, and how its rows are counted."""

    port: int
    make_requests: Callable[[int], list[bytes]]
    count_rows: Callable[[], int] | None = None
    most_per_second: int = FASTEST_PER_SECOND


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
    """The ratio of the rates, from rounds in alternating order after one to warm up."""
    ratios = []
    for number in range(ROUNDS + 1):
        sides = [ours, theirs] if number % 2 else [theirs, ours]
        rates = {id(side): rate(side, folder) for side in sides}
        if number:
            ratios.append(rates[id(ours)] / rates[id(theirs)])
        sys.stderr.write(f"{name}: {rates[id(ours)]:.0f}/s : {rates[id(theirs)]:.0f}/s\n")
    return Row(name, statistics.median(ratios), min(ratios), max(ratios), goal)


def rate(side: Side, folder: Path) -> float:
    """Good answers a second in one round; of a report, only a row in the database is one."""
    plan = folder / "plan.bin"
    write_plan(plan, side.make_requests(int(side.most_per_second * SECONDS)))
    before = side.count_rows() if side.count_rows else 0
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.load", str(plan), str(side.port), str(SECONDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    outcome = json.loads(done.stdout)
    answered = outcome["statuses"].get("200", 0)
    if set(outcome["statuses"]) != {"200"}:
        raise RuntimeError(f"not every answer is a 200: {outcome['statuses']}")
    if side.count_rows:
        stored = side.count_rows() - before
        if stored != answered:
            raise RuntimeError(f"{answered} answers, but {stored} rows")
    return float(answered / outcome["seconds"])
