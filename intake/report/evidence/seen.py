"""What the look at a file's content found."""

from enum import StrEnum
from typing import NamedTuple


class Mark(StrEnum):
    """What a clerk must know of a file before opening it."""

    LOCKED = "locked"
    MACROS = "macros"


MARK_WORDS = {
    Mark.LOCKED: "要密码才能打开",
    Mark.MACROS: "里面有宏，打开时不要启用",
}


class Seen(NamedTuple):
    """The code of a kind ('jpeg'), and what a clerk must know before opening the file."""

    kind: str
    marks: tuple[Mark, ...] = ()
