"""A content is looked through as if it stood in memory, with a few windows of it there."""

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report.contents import BytesContent, looked_through, pieces_of
from intake.report.contents.looking_through import Windows
from intake.report.report_limits import PIECE

HELD = bytes(PIECE - 3) + b"needle" + b"\1" * (2 * PIECE) + b"needl" + b"end"
PLACES = [0, 1, PIECE - 4, PIECE - 3, PIECE, PIECE + 3, 2 * PIECE, len(HELD) - 1, len(HELD)]


def windows_of(held: bytes) -> Windows:
    return Windows(BytesIO(held), len(held))


@given(st.sampled_from(PLACES), st.none() | st.integers(-9, len(HELD) + 9))
def test_a_slice_is_what_stands_there(start: int, stop: int | None):
    assert windows_of(HELD)[start:stop] == HELD[start:stop]


@pytest.mark.parametrize("start", PLACES)
@pytest.mark.parametrize("what", [b"needle", b"need", b"e", b"end", b"\0\0", b"nowhere", HELD])
def test_finds_what_stands_across_windows(what: bytes, start: int):
    assert windows_of(HELD).find(what, start) == HELD.find(what, start)


def test_the_pieces_are_the_whole_from_where_they_begin():
    with looked_through(BytesContent(HELD)) as windows:
        assert b"".join(pieces_of(windows)) == HELD
        assert b"".join(pieces_of(windows, 2)) == HELD[2:]
        assert len(windows) == len(HELD)


def test_what_was_looked_through_stays_in_memory_as_a_few_windows():
    held = bytes(10 * 1024 * 1024)
    tracemalloc.start()
    with looked_through(BytesContent(held)) as windows:
        assert windows.find(b"\1") == -1
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * 1024 * 1024
