"""What lies in a spool is read as it came, is of no use to anybody else, and takes little room."""

import os
from io import SEEK_END
from pathlib import Path

import pytest

from intake.arriving.arrivals import Arrival, Crowd
from intake.arriving.spooling.nameless_files import created_and_unlinked, nameless_file
from intake.arriving.spooling.spool import Damaged, NoRoom, Spool
from intake.arriving.spooling.spooled_content import Incoming, SpooledContent
from intake.report.contents import Content, whole_of
from intake.report.report_limits import PIECE, SMALL_FILES
from tests.intake.arriving.spooling.open_files import nameless_files_open

SMALL, LARGE = 3 * PIECE + 5, 2 * SMALL_FILES + 5
GIGABYTE = 1024**3


def pattern_of(size: int) -> bytes:
    return (b"0123456789abcdefg" * (size // 17 + 1))[:size]


def taken(spool: Spool, held: bytes, step: int = PIECE - 7) -> SpooledContent:
    incoming = Incoming(spool)
    for start in range(0, len(held), step):
        incoming.write(held[start : start + step])
    return incoming.whole()


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(Arrival(), tmp_path)


@pytest.mark.parametrize("sizes", [(SMALL,), (LARGE,), (SMALL, LARGE, 0, 1), (LARGE, SMALL)])
def test_files_are_read_as_they_came_from_anywhere(spool: Spool, sizes: tuple[int, ...]):
    files = {pattern_of(size): taken(spool, pattern_of(size)) for size in sizes}
    for held, spooled in files.items():
        content: Content = spooled
        assert (content.size, whole_of(content)) == (len(held), held)
        with content.opened() as file, content.opened() as other:
            assert other.read(3) == held[:3]
            for place in (PIECE - 2, 5, 2 * PIECE, len(held) - 3):
                file.seek(max(0, place))
                assert file.read(9) == held[max(0, place) : max(0, place) + 9]
            assert (file.seek(0, SEEK_END), file.read()) == (len(held), b"")


def test_small_files_touch_no_disk_and_large_ones_no_name(spool: Spool, tmp_path: Path):
    before = nameless_files_open()
    taken(spool, pattern_of(SMALL))
    assert nameless_files_open() == before
    held = taken(spool, pattern_of(LARGE))
    [name] = nameless_files_open() - before
    assert name.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    spool.close()
    assert nameless_files_open() == before
    with pytest.raises(OSError, match="damaged"):
        whole_of(held)


def test_a_spool_that_is_forgotten_is_gone(tmp_path: Path):
    before = nameless_files_open()
    taken(Spool(Arrival(), tmp_path), pattern_of(LARGE))
    assert nameless_files_open() == before


def test_nothing_on_the_disk_can_be_read(spool: Spool):
    taken(spool, pattern_of(LARGE))
    assert spool._file is not None
    raw = os.pread(spool._file, 2 * LARGE, 0)
    assert len(raw) > LARGE
    assert pattern_of(17) not in raw


@pytest.mark.parametrize("kind", ["flipped", "swapped", "cut off"])
def test_damage_is_noticed(spool: Spool, kind: str):
    content = taken(spool, pattern_of(LARGE))
    file = spool._file
    assert file is not None
    stride = PIECE + 16
    first, second = os.pread(file, stride, 0), os.pread(file, stride, stride)
    if kind == "flipped":
        os.pwrite(file, bytes([first[0] ^ 1]), 0)
    elif kind == "swapped":
        os.pwrite(file, second + first, 0)
    else:
        os.ftruncate(file, stride // 2)
    with pytest.raises(Damaged):
        whole_of(content)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_file_that_is_dropped_leaves_its_room_and_no_number_twice(spool: Spool, size: int):
    first = taken(spool, pattern_of(7))
    dropped = Incoming(spool)
    dropped.write(bytes(size))
    dropped.drop()
    assert spool.places == 1
    numbers = spool.sealed
    again = taken(spool, pattern_of(LARGE))
    assert (again.place, again.number) == (1, numbers)
    assert (whole_of(first), whole_of(again)) == (pattern_of(7), pattern_of(LARGE))


def test_what_goes_to_the_disk_is_no_more_in_memory_and_ends_with_the_request(tmp_path: Path):
    crowd = Crowd()
    arrival = Arrival(network="203.0.113.7", crowd=crowd)
    with crowd.with_one_more(arrival):
        spool = Spool(arrival, tmp_path)
        crowd.grow(arrival, SMALL)
        taken(spool, pattern_of(SMALL))
        assert (crowd.bytes, crowd.spooled) == (SMALL, 0)
        crowd.grow(arrival, LARGE)
        taken(spool, pattern_of(LARGE))
        assert crowd.bytes < PIECE
        assert SMALL + LARGE < crowd.spooled < SMALL + LARGE + 3 * PIECE
        assert crowd.spooled_of["203.0.113.7"] == arrival.spooled == crowd.spooled
    assert (crowd.bytes, crowd.spooled, dict(crowd.spooled_of)) == (0, 0, {})


def test_all_spools_take_a_share_of_the_disk_and_one_sender_s_take_less():
    crowd = Crowd(most_spooled_of_one=GIGABYTE)
    one, again, other = (Arrival(network=n, crowd=crowd) for n in ("a", "a", "b"))
    assert one.put_on_disk(GIGABYTE, free=4 * GIGABYTE)
    assert not again.put_on_disk(1, free=100 * GIGABYTE)
    assert not other.put_on_disk(1, free=4 * GIGABYTE)
    assert other.put_on_disk(1, free=4 * GIGABYTE + 4)
    one.take_off_disk(GIGABYTE)
    assert again.put_on_disk(1, free=4 * GIGABYTE)


def test_where_there_is_no_room_nothing_is_left(tmp_path: Path):
    folder = tmp_path / "a file"
    folder.write_text("")
    spool = Spool(Arrival(), folder)
    incoming = Incoming(spool)
    with pytest.raises(NoRoom):
        incoming.write(bytes(LARGE))
    incoming.drop()
    assert spool.places == 0


@pytest.mark.parametrize("make", [nameless_file, created_and_unlinked])
def test_a_nameless_file_is_private_and_in_no_folder(make: type, tmp_path: Path):
    descriptor = make(tmp_path)
    try:
        assert list(tmp_path.iterdir()) == []
        assert os.fstat(descriptor).st_mode & 0o777 == 0o600
        assert os.fstat(descriptor).st_nlink == 0
    finally:
        os.close(descriptor)
