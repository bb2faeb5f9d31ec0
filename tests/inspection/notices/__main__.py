"""Prints how many facts of each sample are read rightly: `python -m tests.inspection.notices`.

With names of samples behind it prints what differs in these.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.inspection.notices.comparing import differences
from tests.inspection.notices.corpus import NAMES, facts_of

COLUMNS = ("right", "wrong", "missing")


def row(name: str, cells: Sequence[object]) -> str:
    """A line of the table."""
    return name.ljust(40) + "".join(str(cell).rjust(9) for cell in cells)


def table() -> Iterator[str]:
    """All samples with their sums."""
    yield row("file", COLUMNS)
    sums: Counter[str] = Counter()
    for name in NAMES:
        counts: Counter[str] = Counter(fact.verdict for fact in facts_of(name))
        sums.update(counts)
        yield row(name, [counts[column] for column in COLUMNS])
    yield row(f"{len(NAMES)} samples", [sums[column] for column in COLUMNS])


def details(names: Sequence[str]) -> Iterator[str]:
    """What differs in some samples."""
    for name in names:
        yield name
        yield from (f"  {difference}" for difference in differences(facts_of(name)))


if __name__ == "__main__":
    lines = details(sys.argv[1:]) if sys.argv[1:] else table()
    sys.stdout.writelines(f"{line}\n" for line in lines)
