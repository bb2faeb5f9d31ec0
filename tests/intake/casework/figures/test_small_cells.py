"""What a desk is not told of others, by table and at random: nothing comes out of the sums."""

from random import Random

import pytest

from intake.casework.figures.small_cells import FEWEST, Hidden, hidden_from_desk


@pytest.mark.parametrize(
    ("lines", "hidden", "has_sum"),
    [
        # Nobody's numbers are small; and the own ones may be.
        ({"own": [1, 2], "b": [3, 0], "c": [5, 4]}, set(), True),
        # One small cell hides its line, and the next smallest with it.
        ({"own": [1, 2], "b": [1, 9], "c": [5, 4], "d": [50, 40]}, {"b", "c"}, True),
        # Two lines of small cells that are large together.
        ({"own": [0, 0], "b": [2, 9], "c": [2, 4], "d": [5, 4]}, {"b", "c"}, True),
        # The only other desk: its numbers are the sums less the own.
        ({"own": [7, 7], "b": [1, 9]}, {"b"}, False),
        ({"own": [7, 7], "b": [1, 9], "c": [1, 9]}, {"b", "c"}, False),
        ({"own": [7, 7]}, set(), True),
    ],
)
def test_which_lines_are_hidden(lines: dict[str, list[int]], hidden: set[str], has_sum: bool):
    assert hidden_from_desk(lines, "own") == Hidden(frozenset(hidden), has_sum)


def test_no_small_number_of_another_desk_comes_out():
    """Neither as it stands, nor as the sum less all that is shown."""
    for seed in range(300):
        lines = _lines(Random(seed))
        found = hidden_from_desk(lines, "own")
        shown = {desk: cells for desk, cells in lines.items() if desk not in found.lines}
        others = [cells for desk, cells in shown.items() if desk != "own"]
        assert "own" in shown and not any(map(_is_small, (cell for one in others for cell in one)))
        if found.has_sum:
            sums, seen = (list(map(sum, zip(*of.values(), strict=True))) for of in (lines, shown))
            assert not any(_is_small(a - b) for a, b in zip(sums, seen, strict=True)), seed
            assert len(found.lines) != 1


def _lines(random: Random) -> dict[str, list[int]]:
    width, desks = random.randint(1, 6), ["own", *"abcdefg"[: random.randint(1, 7)]]
    most = random.choice((2, 5, 30))
    return {desk: [random.randrange(most) for _ in range(width)] for desk in desks}


def _is_small(number: int) -> bool:
    return 0 < number < FEWEST
