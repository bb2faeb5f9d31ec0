"""Which of Debian's programs make copies of which kinds of files; all of them are optional.

Whether a kind has copies, the README's table and its test are made from this table. Where a
program is missing, or the machine allows no rooms apart, such a file can only be taken out.
"""

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake.casework.viewing.apart import rooms
from intake.casework.viewing.apart.documents.office_pages import READERS
from intake.report.evidence import KINDS, Sort
from intake.report.evidence.file_kinds import RECORDINGS


@dataclass(frozen=True, slots=True)
class Program:
    """A program, or a part of one by its path, and the package of Debian that has it."""

    name: str
    package: str

    def is_there(self) -> bool:
        """Whether this machine has it."""
        return shutil.which(self.name) is not None or Path(self.name).is_file()


ROOM = (
    Program("bwrap", "bubblewrap"),
    Program("prlimit", "util-linux"),
    Program("nice", "coreutils"),
)
_HEIC = (Program("heif-convert", "libheif-examples"),)
_PDF = tuple(Program(name, "poppler-utils") for name in ("pdfinfo", "pdftoppm", "pdfdetach"))

_FFMPEG = (Program("ffmpeg", "ffmpeg"), Program("ffprobe", "ffmpeg"))
_LIBREOFFICE = "/usr/lib/libreoffice/program"
# By the part of LibreOffice, and the file that this part is.
_OFFICE = {
    part: (
        *_PDF,
        Program(f"{_LIBREOFFICE}/soffice.bin", f"libreoffice-{part}-nogui"),
        Program(f"{_LIBREOFFICE}/{name}", f"libreoffice-{part}-nogui"),
    )
    for part, name in {
        "writer": "libswlo.so",
        "calc": "libsclo.so",
        "impress": "libsdlo.so",
    }.items()
}

# By the code of a kind; one that is not named here can only be taken out.
PROGRAMS_OF: dict[str, tuple[Program, ...]] = {
    **{kind.code: () for kind in KINDS if kind.sort == Sort.PICTURE},
    "heic": (*ROOM, *_HEIC),
    "pdf": (*ROOM, *_PDF),
    **{kind: (*ROOM, *_OFFICE[reader.part]) for kind, reader in READERS.items()},
    **{kind.code: (*ROOM, *_FFMPEG) for kind in KINDS if kind.sort in RECORDINGS},
}


def missing_for(kind: str) -> list[Program]:
    """The programs without which files of this kind have no copy here."""
    return [program for program in PROGRAMS_OF.get(kind, ()) if not program.is_there()]


def kinds_by_package() -> dict[str, set[str]]:
    """Each package with the codes of the kinds of files that need it."""
    kinds: dict[str, set[str]] = {}
    for kind, programs in PROGRAMS_OF.items():
        for program in programs:
            kinds.setdefault(program.package, set()).add(kind)
    return kinds


@cache
def is_possible(kind: str) -> bool:
    """Whether copies of files of this kind can be made on this machine; looked up once."""
    programs = PROGRAMS_OF.get(kind)
    if programs is None or missing_for(kind):
        return False
    return not programs or rooms.are_possible()
