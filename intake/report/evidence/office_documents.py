"""Documents: which kind a container holds, and whether it has a password or macros.

A password hides what is inside, so such a document's kind is what its name says.
"""

import struct

from intake.report.contents import LookedThrough
from intake.report.evidence import archives
from intake.report.evidence.archives import Entry, NotRead
from intake.report.evidence.compounds import Compound
from intake.report.evidence.describing import Kind, Sort
from intake.report.evidence.file_kinds import KINDS, OF_CODE, OF_ENDING
from intake.report.evidence.seen import Mark, Seen

_TYPES = b"[Content_Types].xml"
_MACRO_PARTS = (b"vbaproject", b"jsaproject", b"macrosheets/")
_OFD_KEYS = (b"encryptions.xml", b"decryptseed.dat")
_ENCRYPTED = ("EncryptedPackage", "\tDRMContent")
# What the word processor, the tables and the slides are under a password.
_UNDER_PASSWORD = {Sort.SHEET: "xlsx", Sort.SLIDES: "pptx"}
_OF_OFFICE_SUITE = {"et": "xlsx", "dps": "pptx"}
# Both stand in the slides' own streams, wherever those lie in the file.
_LOCKED_SLIDES = b"\x14\0\0\0\xdf\xc4\xd1\xf3"
_SLIDES_WITH_MACROS = b"\xff\x03\x14\0\0\0\x02\0\0\x04\x0c\0\0\0"
_WORD_HEAD = struct.Struct("<H8xH")
_WORD, _WORD_LOCKED = 0xA5EC, 0x0100
_RECORD = struct.Struct("<HH")
_SHEET, _LOCKED_SHEETS = 0x0085, 0x002F
_MACRO_SHEET = 1
_MOST_OF_SHEETS = 256 * 1024
_MOST_RECORDS = 5000
_MOST_PLACES = 1000


def of_archive(content: LookedThrough) -> Seen | None:
    """DOCX, XLSX, PPTX or OFD in a zip; None for every other zip."""
    try:
        entries = list(archives.entries_of(content))
        types = _types(content, entries)
    except NotRead:
        return None
    names = [entry.name.replace(b"\\", b"/") for entry in entries]
    kinds = [kind for kind in KINDS if kind.part and _has(kind, names, types is not None)]
    if len(kinds) != 1:
        return None
    lowered = [name.lower() for name in names]
    marks = {
        Mark.LOCKED: any(entry.is_encrypted for entry in entries)
        or any(name.endswith(_OFD_KEYS) for name in lowered),
        Mark.MACROS: b"macroenabled" in (types or b"").lower()
        or any(part in name for name in lowered for part in _MACRO_PARTS),
    }
    return Seen(kinds[0].code, tuple(mark for mark, is_so in marks.items() if is_so))


def of_compound(content: LookedThrough, promised: str | None) -> Seen | None:
    """DOC, XLS, PPT and their kin in an OLE container; None for every other."""
    compound = Compound(content)
    names = compound.names
    if any(name in names for name in _ENCRYPTED):
        return Seen(_under_password(promised), (Mark.LOCKED,))
    kinds = [kind for kind in KINDS if any(name in names for name in kind.streams)]
    called = [kind for kind in kinds if promised in kind.endings]
    if not kinds:
        return None
    return Seen((called or kinds)[0].code, tuple(_marks_of(compound, content)))


def is_locked_pdf(content: LookedThrough) -> bool:
    """Whether its trailer names a way of encrypting."""
    place = -1
    for _ in range(_MOST_PLACES):
        place = content.find(b"/Encrypt", place + 1)
        if place < 0:
            return False
        if not content[place + 8 : place + 9].isalpha():
            return True
    return False


def _types(content: LookedThrough, entries: list[Entry]) -> bytes | None:
    """The list of parts that every document of Office has; None where there is none."""
    found = [entry for entry in entries if entry.name == _TYPES]
    if len(found) > 1:
        raise NotRead("two lists of parts")
    return archives.unpacked(content, found[0]) if found else None


def _has(kind: Kind, names: list[bytes], has_types: bool) -> bool:
    """A folder counts where a list of parts says that it is a document of Office."""
    if kind.part.endswith(b"/"):
        return has_types and any(name.startswith(kind.part) for name in names)
    return kind.part in names


def _under_password(promised: str | None) -> str:
    kind = OF_ENDING.get(promised or "")
    if kind is None:
        return "docx"
    if kind.part.endswith(b"/"):
        return kind.code
    return _OF_OFFICE_SUITE.get(kind.code) or _UNDER_PASSWORD.get(kind.sort, "docx")


def _marks_of(compound: Compound, content: LookedThrough) -> list[Mark]:
    names = compound.names
    locked, macros = "EncryptedSummary" in names, False
    if "WordDocument" in names:
        locked |= _is_locked_word(compound.beginning(names["WordDocument"], _WORD_HEAD.size))
        macros |= "Macros" in names
    for name in OF_CODE["xls"].streams:
        if name in names:
            found = _sheets(compound.beginning(names[name], _MOST_OF_SHEETS))
            locked, macros = locked or found[0], macros or found[1]
    if "PowerPoint Document" in names:
        locked |= content.find(_LOCKED_SLIDES) >= 0
        macros |= _has_macros_in_slides(content)
    macros |= "_VBA_PROJECT_CUR" in names or "VBA" in names
    return [mark for mark, is_so in ((Mark.LOCKED, locked), (Mark.MACROS, macros)) if is_so]


def _is_locked_word(head: bytes) -> bool:
    if len(head) < _WORD_HEAD.size:
        return False
    what, flags = _WORD_HEAD.unpack(head)
    return what == _WORD and bool(flags & _WORD_LOCKED)


def _sheets(stream: bytes) -> tuple[bool, bool]:
    """Whether the tables have a password, and whether one of them is of macros."""
    locked = macros = False
    place = 0
    for _ in range(_MOST_RECORDS):
        if place + _RECORD.size > len(stream):
            break
        record, length = _RECORD.unpack_from(stream, place)
        body = stream[place + _RECORD.size : place + _RECORD.size + length]
        locked |= record == _LOCKED_SHEETS
        macros |= record == _SHEET and body[5:6] == bytes([_MACRO_SHEET])
        place += _RECORD.size + length
    return locked, macros


def _has_macros_in_slides(content: LookedThrough) -> bool:
    place = content.find(_SLIDES_WITH_MACROS)
    there = place + len(_SLIDES_WITH_MACROS) + 4
    return place >= 0 and content[there : there + 4] != bytes(4)
