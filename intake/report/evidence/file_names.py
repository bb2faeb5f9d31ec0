"""Names of files: cleaned, cut to what any computer can store, and told apart."""

import re
import unicodedata
from collections.abc import Sequence

from intake.report.evidence.file_kinds import OF_CODE

# In UTF-8. Most computers take 255; a number may stand in front and an ending be added.
LONGEST_NAME = 240
# Putting characters into their usual form takes the square of the length of what is hostile.
_LOOKED_AT = 1000
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"|?*%]')
_ENDING = re.compile(r"\.([a-z0-9]{1,6})$", re.ASCII)
# Controls, halves of characters, and what has no width or turns the direction of reading. What
# joins characters stays, and so does what is newer than this Python's tables.
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_JOINS = "\u200c\u200d\ufe0e\ufe0f"
_UNNAMED = "未命名"


def bare_name(name: str) -> str:
    """The name without path, controls and marks of direction, of any length; never empty."""
    shown = _NOT_SHOWN.sub("", re.split(r"[/\\]", name)[-1])
    return " ".join(shown.split()).lstrip(". ") or _UNNAMED


def clean_name(name: str) -> str:
    """The bare name in its usual form, at most 240 bytes of UTF-8."""
    return _cut(_usual(name))


def is_cut(name: str) -> bool:
    """Whether something of a name is left out because it is too long."""
    return len(_usual(name).encode()) > LONGEST_NAME


def promised_by(name: str) -> str | None:
    """What the ending of a name promises; one of digits only is none: '发票.2024'."""
    ending = _ENDING.search(name[-32:].strip().lower())
    return ending[1] if ending and not ending[1].isdigit() else None


def download_name(name: str, kind: str, number: int = 0) -> str:
    """A name that any computer can store, ending as the content is and not as it was called.

    A `number` stands in front of it.
    """
    bare = _NOT_IN_FILE_NAMES.sub("_", clean_name(name)).rstrip(". ") or _UNNAMED
    numbered = f"{number}-{bare}" if number else bare
    known = OF_CODE.get(kind)
    fitting = (*known.endings, *known.also) if known else (kind,)
    return _cut(numbered if promised_by(bare) in fitting else f"{numbered}.{fitting[0]}")


def numbers_of(*ways: Sequence[str]) -> list[int]:
    """What tells files apart: 0 for each, or where two have one name, its number for each.

    `ways` are the names of the same files as they stand in a list, as they are saved, ….
    """
    alike = [[clean_name(name).casefold() for name in names] for names in ways]
    is_told_by_name = all(len(set(names)) == len(names) for names in alike)
    return [0 if is_told_by_name else number for number in range(1, len(ways[0]) + 1)]


def _usual(name: str) -> str:
    bare = bare_name(name)
    if len(bare) > _LOOKED_AT:
        bare = bare[:_LOOKED_AT] + _ending_of(bare)
    return bare_name(unicodedata.normalize("NFC", bare))


def _cut(name: str) -> str:
    """At most 240 bytes, with its ending and without half of a character."""
    if len(name.encode()) <= LONGEST_NAME:
        return name
    ending = _ending_of(name)
    stem = name.removesuffix(ending)
    room = LONGEST_NAME - len(ending.encode())
    kept = stem.encode()[:room].decode(errors="ignore")
    whole = kept
    while whole and _belongs_to_what_is_before(stem[len(whole)]):
        whole = whole[:-1]
    whole = whole.rstrip(_JOINS)
    return " ".join(((whole or kept) + ending).split())


def _belongs_to_what_is_before(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in _JOINS


def _ending_of(name: str) -> str:
    """The ending with its dot, as it is written; nothing where there is none."""
    return name[dot:] if 0 < len(name) - (dot := name.rfind(".")) <= 10 and dot > 0 else ""
