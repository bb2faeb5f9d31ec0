"""A field of a notice with the words that it was read from."""

from dataclasses import dataclass

from inspection.coded import Coded
from inspection.notice import Finding


class State(Coded):
    """How a field is known. The one fact is the staff's word."""

    facts: str

    STATED = "stated", "写明"
    INFERRED = "inferred", "推出"
    MISSING = "missing", "缺"
    CONFLICTING = "conflicting", "矛盾"
    SETTLED = "settled", "由人确定"


class Sort(Coded):
    """What a field is about: its colour in the text, and its word in the legend."""

    facts: str

    HEAD = "head", "标题和署名"
    TIME = "time", "时间"
    TEAM = "team", "组"
    BODY = "body", "巡察对象"
    WAY = "way", "联系方式"
    BOX = "box", "举报箱"
    RULE = "rule", "规定"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the text as given, the last one not included."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `path` is its place in the notice's JSON form, `group` the team it belongs to.

    `why` says from what it was inferred, or what is missing.
    """

    path: str
    label: str
    value: str
    sort: Sort
    state: State
    group: str = ""
    why: str = ""
    span: Span | None = None
    findings: tuple[Finding, ...] = ()
