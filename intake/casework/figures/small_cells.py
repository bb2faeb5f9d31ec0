"""小数字: what one desk must not be told of the others, since it would be of single persons. Pure.

A desk has its own numbers. Of another desk it is shown a whole line or none of it: as soon as one
cell of the line is below the limit, none. What is hidden must not come out of the sums either, so
that further lines are hidden until no hidden column sums up to less than the limit; where even all
of them do, there is no sum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which lines of a table are hidden, by their names, and whether its sums are."""

    lines: frozenset[str] = frozenset()
    has_sum: bool = True


ALL_SHOWN = Hidden()


def hidden_from_desk(
    lines: Mapping[str, Sequence[int]], own: str, *, hidden: Hidden = ALL_SHOWN
) -> Hidden:
    """Of a table with a line for each desk, each with the same cells; and what is hidden anyway."""
    foreign = {name: cells for name, cells in lines.items() if name != own}
    small = {name for name, cells in foreign.items() if any(map(_is_small, cells))}
    found = _with_as_many_as_needed(foreign, small | hidden.lines)
    return Hidden(found.lines, has_sum=found.has_sum and hidden.has_sum)


def _with_as_many_as_needed(foreign: Mapping[str, Sequence[int]], hidden: set[str]) -> Hidden:
    # Those that tell least are given up first.
    shown = sorted(foreign.keys() - hidden, key=lambda name: (sum(foreign[name]), name))
    while hidden and _comes_out([foreign[name] for name in hidden]):
        if not shown:
            return Hidden(frozenset(hidden), has_sum=False)
        hidden.add(shown.pop(0))
    return Hidden(frozenset(hidden))


def _comes_out(lines: Sequence[Sequence[int]]) -> bool:
    """Whether the sums less what is shown tell of few; of a single line they tell everything."""
    return len(lines) == 1 or any(_is_small(sum(column)) for column in zip(*lines, strict=True))


def _is_small(number: int) -> bool:
    return 0 < number < FEWEST
