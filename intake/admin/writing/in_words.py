"""A value of the case file as a clerk reads it."""

from typing import Any

from intake.choices import PoliticalStatus, Rank
from intake.report.case_words import Accused

EMPTY = "（空着）"
UNKNOWN = "（不知道）"
_CODES = {"rank": dict(Rank.choices), "political": dict(PoliticalStatus.choices)}


def said(name: str, value: Any) -> str:
    """The words of a field; the accused one a line, the main one first."""
    if value is None:
        return UNKNOWN
    if name == "accused":
        return "\n".join(map(one_accused, value)) or EMPTY
    if isinstance(value, tuple):
        return "、".join(value) or EMPTY
    return str(value) or EMPTY


def one_accused(one: Accused) -> str:
    """'王某，主任，岚东县青石镇，乡科级，中共党员'."""
    rank, political = (str(_CODES[name].get(getattr(one, name), "")) for name in _CODES)
    return "，".join(filter(None, (one.name, one.post, one.body, rank, political)))
