"""What a look at one part of an installation found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How much it matters; the value is the word that an operator reads."""

    WELL = "正常"
    MIND = "注意"
    WRONG = "有问题"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is so, and what to do about it; `do` is '' only where all is well."""

    state: State
    what: str
    do: str = ""


def well(what: str) -> Finding:
    """Nothing has to be done."""
    return Finding(State.WELL, what)


def mind(what: str, do: str) -> Finding:
    """The site works; something that it promises rests on less than it should."""
    return Finding(State.MIND, what, do)


def wrong(what: str, do: str) -> Finding:
    """Somebody's report, or a clerk's work, is in danger or already refused."""
    return Finding(State.WRONG, what, do)
