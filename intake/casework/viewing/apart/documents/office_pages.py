"""Office documents: LibreOffice writes a PDF in one room, whose pages are drawn in another.

It runs no macro, counts nothing anew, asks for no password and finds neither a network nor another
file. Which of its readers is used is said by the kind: what a document calls itself chooses none.
"""

import codecs
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import IO

from intake.casework.viewing.apart.made_copies import (
    BROKEN_FILE,
    LOCKED,
    TOO_COSTLY,
    CannotShow,
)
from intake.casework.viewing.apart.rooms import (
    MEGABYTE,
    Bounds,
    Furniture,
    Unreadable,
    room,
    run_apart,
)
from intake.report.contents import LookedThrough
from intake.report.evidence import OF_CODE, Mark, see

# A sheet of a million lines is a document of ten thousand pages.
MOST_PAGES = 200
PROGRAM = "/usr/lib/libreoffice/program/soffice.bin"
_LIBRARIES = "/usr/lib/libreoffice/program"
FURNITURE = Furniture(
    folders=("/etc/fonts", "/etc/libreoffice", "/etc/alternatives"),
    names=(("HOME", "/room"), ("TMPDIR", "/room"), ("LD_LIBRARY_PATH", _LIBRARIES)),
    has_devices=True,
)
BOUNDS = Bounds(
    seconds=150, memory=1200 * MEGABYTE, files=384 * MEGABYTE, made=128 * MEGABYTE, processes=64
)


@dataclass(frozen=True, slots=True)
class Reader:
    """LibreOffice's name of a reader, and of the part of it that writes the PDF."""

    name: str
    part: str


_WORD, _SHEET = Reader("MS Word 97", "writer"), Reader("MS Excel 97", "calc")
_SLIDES = Reader("MS PowerPoint 97", "impress")
_TEXT = Reader("Text (encoded):UTF8,LF,,,", "writer")
_BINARY_SHEET = Reader("Calc MS Excel 2007 Binary", "calc")
READERS = {
    "doc": _WORD,
    "wps": _WORD,
    "docx": Reader("MS Word 2007 XML", "writer"),
    "xls": _SHEET,
    "et": _SHEET,
    "xlsx": Reader("Calc MS Excel 2007 XML", "calc"),
    "ppt": _SLIDES,
    "dps": _SLIDES,
    "pptx": Reader("Impress MS PowerPoint 2007 XML", "impress"),
    "txt": _TEXT,
    "csv": _TEXT,
}
_MOST_OF_TEXT = 4 * MEGABYTE
_IN_BINARY = b"xl/workbook.bin"

# LibreOffice ends with 81 after it has set itself up for the first time.
_OFFICE = (
    f"office() {{ {PROGRAM} --headless --nologo --norestore --nolockcheck --nodefault"
    ' -env:UserInstallation=file:///room/profile "$@" > said 2>&1; }; '
)
_SET_UP = (
    "mkdir -p profile/user && cat > profile/user/registrymodifications.xcu && {office}"
    "office --convert-to pdf nothing; rm -f said; tar -cf - profile"
)
_CONVERT = (
    "head -c {profile} | tar -xf - && cat > in.{kind} && {office}"
    "convert() {{ office --infilter='{reader}' --convert-to '{written}' in.{kind}; }}; "
    "convert; [ $? -ne 81 ] || convert; cat in.pdf"
)
_WRITTEN = (
    'pdf:{part}_pdf_Export:{{"PageRange":{{"type":"string","value":"1-{most}"}},'
    '"ExportBookmarks":{{"type":"boolean","value":"false"}}}}'
)
_SETTINGS = {
    "Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Calc/Formula/Load": {"OOXMLRecalcMode": "1", "ODFRecalcMode": "1"},
    "Calc/Content/Update": {"Link": "2"},
    "Writer/Content/Update": {"Link": "2"},
}


def as_pdf(kind: str, source: IO[bytes]) -> bytes:
    """The first two hundred pages, as a PDF to be mistrusted. Raises CannotShow."""
    source.seek(0)
    content = source.read()
    try:
        made = _converted(kind, content)
    except Unreadable as error:
        if error.is_too_much:
            raise CannotShow(TOO_COSTLY) from None
        raise CannotShow(LOCKED if is_locked(kind, content) else BROKEN_FILE) from None
    return made


def is_locked(kind: str, content: LookedThrough) -> bool:
    """Whether it has a password, as far as its own tables tell."""
    seen = see(content, f"x.{OF_CODE[kind].endings[0]}")
    return seen is not None and Mark.LOCKED in seen.marks


def _converted(kind: str, content: bytes) -> bytes:
    reader = READERS[kind]
    if kind == "xlsx" and _IN_BINARY in content:
        reader = _BINARY_SHEET
    if reader is _TEXT:
        content = _in_utf8(content)
    profile = _profile()
    script = _CONVERT.format(
        profile=len(profile),
        office=_OFFICE,
        kind=kind,
        reader=reader.name,
        written=_WRITTEN.format(part=reader.part, most=MOST_PAGES),
    )
    with room(["sh", "-c", script], bounds=BOUNDS, furniture=FURNITURE) as one:
        one.give(profile)
        one.give_all(BytesIO(content))
        return one.take_all()


@cache
def _profile() -> bytes:
    """How LibreOffice is set up: half of the time of a first document, so it is done once."""
    script = _SET_UP.format(office=_OFFICE)
    return run_apart(["sh", "-c", script], _settings(), bounds=BOUNDS, furniture=FURNITURE)


def _settings() -> bytes:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    names = 'xmlns:oor="http://openoffice.org/2001/registry"'
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items {names}>{items}</oor:items>'.encode()


def _in_utf8(content: bytes) -> bytes:
    """The beginning of a text in whatever way it is written down; more are no two hundred pages."""
    begins = content[:_MOST_OF_TEXT]
    if begins[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return begins.decode("utf-16", "replace").encode()
    try:
        # A character that is cut in two waits for its other half.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(begins).encode()
    except UnicodeDecodeError:
        return begins.decode("gb18030", "replace").encode()
