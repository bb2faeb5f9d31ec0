"""How a kind of file is described: what people call it, and by what it is known."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What people call a group of kinds."""

    PICTURE = "照片"
    SOUND = "录音"
    FILM = "录像"
    PDF = "PDF"
    OFD = "OFD"
    WORD = "Word"
    SHEET = "Excel"
    SLIDES = "PPT"
    WPS = "WPS"
    TEXT = "文本"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken.

    It is known by one of: how it `begins` (a pattern of bytes), its `brands` (of an ISO media
    file), its `streams` (of an OLE container) or its `part` (of a zip). `copy_by` is what draws
    the copy that a clerk looks at: a format of Pillow's, or HEIC's own room; without it the
    original can only be taken out.
    """

    code: str
    sort: Sort
    # The first is given to a name that has none of them.
    endings: tuple[str, ...]
    # By which choosers on telephones know it.
    types: tuple[str, ...] = ()
    # Further endings under which such a file plays or opens as well.
    also: tuple[str, ...] = ()
    begins: re.Pattern[bytes] | None = None
    brands: tuple[bytes, ...] = ()
    streams: tuple[str, ...] = ()
    part: bytes = b""
    copy_by: str = ""
    # What people call it, where that is not the first ending in capital letters.
    spelt: str = ""

    @property
    def called(self) -> str:
        """What people call it: the ending, in the spelling that they know."""
        return self.spelt or self.endings[0].upper()


@dataclass(frozen=True, slots=True)
class Foreign:
    """What is not taken, and how it begins."""

    called: str
    begins: re.Pattern[bytes]


def pattern(of: bytes) -> re.Pattern[bytes]:
    """How a file begins."""
    return re.compile(of, re.DOTALL)
