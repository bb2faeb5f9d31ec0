"""What a date of a notice is about: when reports are received, when the inspection runs."""

import re
from dataclasses import replace
from typing import Literal

from inspection.parsing.facts.when.dates import Span, follow
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.words.what_days_mean import (
    ARRIVED,
    BEGINS,
    OTHER_DAYS,
    PUT_OFF,
    RECEIVING,
    RUNNING,
)

Meaning = Literal["accepts", "period"]

_RECEIVING = re.compile("|".join(RECEIVING))
_RUNNING = re.compile("|".join(RUNNING))
_ARRIVED = re.compile("|".join(ARRIVED))
_OTHER_DAYS = re.compile("|".join(OTHER_DAYS))
_PUT_OFF = re.compile(PUT_OFF)
_BEGINS = re.compile(BEGINS)
_IS_PERIOD = re.compile(
    r"(?:巡[察视]|进驻|驻点|集中|现场)(?:工作)?(?:期间|时间|日期|时段|安排)?(?:为|是|自|从|于|:|\(|一般)*$"
)
_LEADS_ACCEPTANCE = re.compile(
    r"^[,\s)]{0,3}(?:期间|止)?[,\s]{0,2}(?:集中|统一|专门|主要)?(?:受理|接收|接受|接访|接待)"
    r"(?![^,。;]{0,12}(?:时间|截[止至]|期限|日期))"
)
_STAY = re.compile(r"(?:巡[察视]|进驻|驻点|现场)")
_ACTS = re.compile(
    r"巡[察视](?:组)?(?:将|对)|^[,\s)]{0,3}(?:分别|同时|集中|将|拟)*(?:对|由|派)|组[^,]{0,4}(?:对|进驻)"
)
_SENTENCE_END = re.compile(r"[。;]")
_SHORT_STAY = 15


def joined(text: str, spans: list[Span]) -> list[Span]:
    """A start and the end that follows it in the same sentence are one range."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if before and before.start and before.end is None and span.end and span.start is None:
            between = text[before.stops : span.begins]
            if not _SENTENCE_END.search(between) and not _tells_of_another(between):
                end = follow(before.start, span.end)
                found[-1] = Span(before.start, end, before.begins, span.stops)
                continue
        found.append(span)
    return found


def _tells_of_another(between: str) -> bool:
    return bool(_RECEIVING.search(between) or "截至" in between or _ARRIVED.search(between))


def is_put_off(before: str) -> bool:
    """Whether a day no longer holds: '由原定的…延长至…'."""
    return bool(_PUT_OFF.search(_SENTENCE_END.split(before)[-1]))


def meaning_of(piece: Piece, before: str, after: str, span: Span) -> tuple[Meaning, Span] | None:
    """What a range of days is about, and which of its days count; None for another matter."""
    near = _SENTENCE_END.split(before)[-1]
    behind = _SENTENCE_END.split(after + (piece.ahead if not after.strip(" ,") else ""))[0]
    if _is_other_day(piece, near, behind, span) or _PUT_OFF.search(near):
        return None
    if span.start is None and "延" in near[-6:]:
        return _put_off_to(piece, near, behind, span)
    if _has_arrived(near, behind, span):
        return None if span.start is None else ("period", _start_only(span))
    if span.is_bare:
        return _of_one_day(piece, near, behind, span)
    return _of_range(piece, near, behind, span)


def _put_off_to(piece: Piece, near: str, behind: str, span: Span) -> tuple[Meaning, Span] | None:
    """'受理时间由原定的…延长至…', or the end of the inspection itself."""
    clause = near.rsplit(",", maxsplit=1)[-1]
    if _STAY.search(clause) and not _RECEIVING.search(clause):
        return "period", span
    if _RECEIVING.search(near + piece.section + behind):
        return "accepts", span
    return _of_range(piece, near, behind, span)


def _of_range(piece: Piece, near: str, behind: str, span: Span) -> tuple[Meaning, Span] | None:
    under = piece.kind == "none" and not near and _IS_PERIOD.search(piece.heading or piece.section)
    if (piece.kind == "period" or under) and not _RECEIVING.search(near):
        return "period", span
    if piece.kind == "accepts" or _says_receiving(f"{piece.label}{near}", behind, span):
        return "accepts", span
    if _RUNNING.search(near):
        return "period", span
    return _by_what_follows(piece, behind, span)


def _by_what_follows(piece: Piece, behind: str, span: Span) -> tuple[Meaning, Span] | None:
    if _RECEIVING.search(behind) and not _ACTS.search(behind[:24]) and piece.kind != "period":
        clause = behind.split(",", maxsplit=1)[0] or behind[:16]
        if _RECEIVING.search(clause) or span.start is None:
            return "accepts", span
    is_range = span.start is not None and span.end is not None
    is_about = is_range or _RUNNING.search(behind) or _RUNNING.search(piece.section)
    is_clause = piece.is_said and not behind.strip(" ,")
    return ("period", span) if (is_about or is_clause) and piece.kind != "hours" else None


def _is_other_day(piece: Piece, near: str, behind: str, span: Span) -> bool:
    if span.start is not None and span.end is not None and not span.is_bare:
        return bool(_OTHER_DAYS.search(near[-10:]))
    clause = near.rsplit(",", maxsplit=1)[-1]
    return bool(_OTHER_DAYS.search(clause[-14:]) or _OTHER_DAYS.search(behind[:20]))


def _has_arrived(near: str, behind: str, span: Span) -> bool:
    """'截至4月8日，各组已全部完成进驻': a day on which the teams have come."""
    if _RECEIVING.search(near[-12:]):
        return False
    first = behind[:30]
    said_before = near.rsplit(",", maxsplit=1)[-1]
    if _ARRIVED.search(first) or (_ARRIVED.search(said_before) and not span.is_bare):
        return True
    clause = first.split(",")[0]
    is_stay = _is_short(span) and _BEGINS.search(clause) and "开展" not in clause
    return bool(is_stay)


def _is_short(span: Span) -> bool:
    """Whether a range is a few days of one month, as arrivals are."""
    start, end = span.start, span.end
    if start is None or end is None or span.is_bare:
        return False
    return start.month == end.month and end.last - start.first <= _SHORT_STAY


def _start_only(span: Span) -> Span:
    """Days of arrival: the first and last possible day of the start."""
    start, end = span.start, span.end
    if start is None or end is None or not _is_short(span):
        return replace(span, end=None)
    return replace(span, start=replace(start, last=end.last), end=None)


def _of_one_day(piece: Piece, near: str, behind: str, span: Span) -> tuple[Meaning, Span] | None:
    """A lone day is the start of what begins on it; nothing else is sure."""
    clause = behind[:28]
    if _BEGINS.search(clause) and not _RECEIVING.search(near[-8:]):
        return "period", replace(span, end=None)
    if piece.kind == "period" and re.search(r"进驻|开始|启动", piece.label + near):
        return "period", replace(span, end=None)
    return None


def _says_receiving(about: str, behind: str, span: Span) -> bool:
    clause = about.rsplit(",", maxsplit=1)[-1] if span.start is not None else about
    if _IS_PERIOD.search(clause) and not _RECEIVING.search(clause):
        is_named = "时间" in clause or "期间" in clause
        return bool(_LEADS_ACCEPTANCE.match(behind)) and not is_named
    if _RECEIVING.search(clause):
        return True
    if span.start is None and ("截至" in clause or "截止" in behind[:6]):
        return bool(_RECEIVING.search(behind)) or not _RUNNING.search(clause + behind)
    return bool(_LEADS_ACCEPTANCE.match(behind))
