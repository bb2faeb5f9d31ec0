"""Whatever somebody sends, the look at it costs little: containers are read within bounds."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import IO, Self, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report.contents import BytesContent, looked_through
from intake.report.evidence import archives, kind_of, see
from intake.report.evidence.archives import MOST_ENTRIES, MOST_UNPACKED, NotRead
from tests.intake.report.evidence import containers as made
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.intake.report.evidence.containers import changed, ended, word, zipped

MB = 1024 * 1024
MOST = 12 * MB
HUNDRED = 100 * MB
TEN = 10 * MB
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def whole(piece: bytes) -> bytes:
    return (piece * (TEN // len(piece) + 1))[:TEN]


def circling() -> bytes:
    """A container whose tables all lead to each other."""
    numbers = struct.pack("<128L", *range(128))
    return OLE + b"\0" * 22 + b"\x09\0" + whole(numbers)[:-32]


def bombed(method: int) -> bytes:
    """Some kilobytes that unpack to 64 MB, where the kind of a document is told."""
    return made.packed_otherwise(method, size=64 * MB)


# What comes in ten megabytes or unpacks to more; each under the name that makes us look longest.
COSTLY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "deflated": ("x.docx", lambda: bombed(zipfile.ZIP_DEFLATED)),
    "bzip2": ("x.docx", lambda: bombed(zipfile.ZIP_BZIP2)),
    "lzma": ("x.docx", lambda: bombed(zipfile.ZIP_LZMA)),
    "a part": ("x.docx", corpus.zip_bomb),
    "many entries": ("x.docx", lambda: made.with_many_entries(60_000)),
    "long names": (
        "x.docx",
        lambda: zipped({f"word/{n}\\".ljust(2000, "\\"): b"" for n in range(4990)}),
    ),
    "lines of a directory": ("x.docx", lambda: b"PK\3\4" + whole(b"PK\1\2" + b"\0" * 42)),
    "empty fields": ("x.docx", lambda: made.with_fields(b"\0" * 65_000, times=150)),
    "end records": ("x.docx", lambda: b"PK\3\4" + whole(b"PK\5\6" + b"\0" * 18)),
    "text": ("x.txt", lambda: whole(b"words ")),
    "text of GB18030": ("x.txt", lambda: whole("\U0001f600字a".encode("gb18030"))),
    "text of UTF-16": ("x.txt", lambda: b"\xff\xfe" + whole("字".encode("utf-16-le"))),
    "text and one rare character": ("x.txt", lambda: whole(b"a") + "\U0001f600".encode()),
    "blanks before markup": ("x.txt", lambda: whole(b"< ")),
    "blanks": ("x.txt", lambda: whole(b" ")),
    "zeros": ("x.mp3", lambda: whole(b"\0")),
    "a PDF": ("x.pdf", lambda: b"%PDF-1.4" + whole(b"/Encrypt" + b"a" + b" " * 20)),
    "a PDF of slashes": ("x.pdf", lambda: b"%PDF-1.4" + whole(b"/")),
    "tables that lead in circles": ("x.doc", circling),
    "an OLE container": ("x.xls", lambda: made.compound({"Workbook": whole(b"\x09\0\0\0")})),
    "brands": ("x.mp4", lambda: b"\0\xa0\0\0ftyp" + whole(b"avif")),
    "a name of marks": ("a" + "\u0316\u0301" * 20_000 + ".txt", lambda: b"words"),
}


@pytest.mark.parametrize("what", COSTLY)
def test_ten_megabytes_take_little_memory_to_look_at(what: str):
    name, make = COSTLY[what]
    content = BytesContent(make())
    tracemalloc.start()
    with looked_through(content) as windows:
        seen = see(windows, name)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST
    assert seen == see(content.held, name)


class Large:
    """A hundred megabytes that stand nowhere: a beginning, a piece again and again, an end."""

    sha256 = ""

    def __init__(self, begins: bytes, piece: bytes, ends: bytes = b"") -> None:
        self.size, self.count = HUNDRED, 0
        self.begins, self.ends = begins, ends
        self.piece = piece * (MB // len(piece))

    def opened(self) -> IO[bytes]:
        self.at = 0
        return cast("IO[bytes]", self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None: ...

    def seek(self, at: int) -> int:
        self.at = at
        return at

    def read(self, most: int) -> bytes:
        most = min(most, self.size - self.at)
        self.count += most
        start = self.at % len(self.piece)
        found = bytearray((self.piece + self.piece)[start : start + most])
        head = self.begins[self.at : self.at + most]
        found[: len(head)] = head
        begins = self.size - len(self.ends)
        if self.at + most > begins:
            found[max(0, begins - self.at) :] = self.ends[max(0, self.at - begins) :][:most]
        self.at += most
        return bytes(found)


def long_directory() -> Large:
    """Thousands of lines, each with a long field that tells nothing."""
    one = made.with_fields(bytes(32 * 1024 - 51))
    line, end = one[30 : 30 + 32 * 1024], one[-22:]
    counts = struct.pack("<2H2L", 3190, 3190, 3190 * len(line), len(line))
    return Large(b"PK\3\4", line, end[:8] + counts + end[20:])


SLIDES = made.compound({"PowerPoint Document": bytes(5000)})
# Each is read to its end in at most so many passes.
LARGE: dict[str, tuple[str, Large, int]] = {
    "text": ("x.txt", Large(b"", "字 ".encode("gb18030")), 1),
    "text of UTF-16": ("x.txt", Large(b"\xff\xfe", "字".encode("utf-16-le")), 1),
    "a PDF": ("x.pdf", Large(b"%PDF-1.4", b"/Encrypt" + b"a" + b" " * 23), 1),
    "a PDF of slashes": ("x.pdf", Large(b"%PDF-1.4", b"/"), 1),
    "zeros": ("x.mp3", Large(b"", b"\0"), 1),
    "slides": ("x.ppt", Large(SLIDES, b"\0\0\0\x02"), 3),
    "circles": ("x.doc", Large(circling()[:4096], struct.pack("<128L", *range(128))), 1),
    "empty fields": ("x.docx", long_directory(), 1),
    "end records": ("x.docx", Large(b"PK\3\4", b"PK\5\6" + b"\0" * 28), 1),
}


@pytest.mark.parametrize("what", LARGE)
def test_a_hundred_megabytes_are_looked_at_in_few_passes_and_little_memory(what: str):
    name, content, passes = LARGE[what]
    tracemalloc.start()
    with looked_through(content) as windows:
        see(windows, name)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST
    assert content.count <= passes * HUNDRED + 8 * MB


@pytest.mark.parametrize("method", [1, 6, 9, 12, 14, 93, 95, 97, 98, 99])
def test_what_is_packed_otherwise_is_not_unpacked(method: int):
    packed = changed(word(), made.TYPES, at=10, to=struct.pack("<H", method))
    assert kind_of(packed, "x.docx") is None


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_small_list_of_parts_must_be_stored_or_deflated_too(method: int):
    assert kind_of(made.packed_otherwise(method), "x.docx") is None
    assert kind_of(made.packed_otherwise(zipfile.ZIP_STORED), "x.docx") == "docx"


def test_a_list_of_parts_with_a_password_is_not_read():
    assert kind_of(changed(word(), made.TYPES, at=8, to=b"\1\0"), "x.docx") is None


@pytest.mark.parametrize(
    ("at", "size"),
    [(24, MOST_UNPACKED + 1), (24, 3), (24, 0), (20, TEN), (20, 2), (42, 7), (42, TEN)],
)
def test_an_entry_that_lies_about_its_size_or_place_is_refused(at: int, size: int):
    lying = changed(word(), made.TYPES, at=at, to=struct.pack("<L", size))
    assert kind_of(lying, "x.docx") is None


def test_no_more_is_unpacked_than_was_promised():
    bomb = zipped({"word/document.xml": b""}, types=bytes(64 * MB))
    [entry] = [one for one in archives.entries_of(bomb) if one.name == made.TYPES.encode()]
    tracemalloc.start()
    with pytest.raises(NotRead):
        archives.unpacked(bomb, entry._replace(size=100))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * MB


def test_an_archive_of_too_many_entries_is_not_walked():
    many = ended(word(), count=MOST_ENTRIES + 1)
    with pytest.raises(NotRead, match="too many"):
        archives.entries_of(many)
    with pytest.raises(NotRead, match="too many"):
        archives.entries_of(made.with_large_end(word(), count=2**40))


def test_as_many_entries_as_are_allowed_are_read():
    assert kind_of(made.with_many_entries(MOST_ENTRIES - 1), "x.docx") == "docx"
    assert kind_of(made.with_many_entries(MOST_ENTRIES), "x.docx") is None


@pytest.mark.parametrize("count", [0, 1, 3, 4999])
def test_a_directory_that_holds_more_or_less_than_it_counts_is_refused(count: int):
    assert kind_of(ended(word(), count=2), "x.docx") == "docx"
    assert kind_of(ended(word(), count=count), "x.docx") is None


def test_the_end_record_is_found_behind_a_comment_and_in_its_large_form():
    assert kind_of(ended(word(), count=2, comment=b"by hand" * 9000), "x.docx") == "docx"
    assert kind_of(made.with_large_end(word()), "x.docx") == "docx"


@pytest.mark.parametrize(("before", "is_found"), [(0, True), (15, True), (16, False)])
def test_of_the_fields_behind_a_line_a_handful_is_read(before: int, is_found: bool):
    """Ten megabytes of empty ones took a second."""
    sizes = struct.pack("<2H3Q", 1, 24, 5, 6, 7)
    [entry] = archives.entries_of(made.with_fields(b"\0" * 4 * before + sizes))
    assert ((entry.size, entry.packed, entry.at) == (5, 6, 7)) is is_found


def test_an_archive_that_names_its_list_of_parts_twice_is_refused():
    assert kind_of(made.with_two_lists(), "x.docx") is None


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_is_read_or_refused_without_a_fault(place: int, damage: bytes):
    good = word()
    assert kind_of(good[:place] + damage + good[place + len(damage) :], "x") in (
        None,
        "docx",
        "txt",
    )


@given(st.integers(8, 5000), st.binary(min_size=1, max_size=8))
def test_a_damaged_container_is_read_or_refused_without_a_fault(place: int, damage: bytes):
    good = made.compound({"WordDocument": bytes(4096), "Macros/VBA": b"x"})
    assert kind_of(good[:place] + damage + good[place + len(damage) :], "x") in (None, "doc")
