"""What a clerk looks for in the list: numbers, days, ways, statuses, or else a body. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from inspection.body_search import SIMPLIFIED
from inspection.parsing.names.numerals import number as read_number
from inspection.unseen import bare
from intake.casework.search.search_days import Span, looks_like_days, read_days

__all__ = [
    "LONGEST",
    "Span",
    "Term",
    "Understood",
    "plain_word",
    "read_item_number",
    "read_search",
    "read_term",
]

LONGEST = 100
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[-‐‑‒–—―−~_ー]+")
# Quotes, brackets and stops around what was copied from a page.
_AROUND = "\"'“”‘’「」『』《》〈〉【】[]()<>,。.、;:!?"
# How numbers are written on papers of weight, in old calendars, and with a ring for nought.
_NUMERALS = str.maketrans(
    {
        **dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟○◯", "一二三四五六七八九十百千〇〇", strict=True)),
        **{"廿": "二十", "卅": "三十"},
    }
)
_N = r"(\d+|[〇零一二三四五六七八九十百千两]+)"
_NUMBER = re.compile(
    rf"(?:信访件?|登记|受理|收件)?(?:编号|信访件|件号|号码|件|号|no\.?|#)?[:：]?"
    rf"(?:第?{_N}轮(?:巡[察视])?-?|第?{_N}(?:-|[/.:](?=\d{{3}})))?(?:编号)?第?{_N}号?(?:信访)?件?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Term:
    """What may be meant. `ordinal` is the round's before a number; `words` are for a body.

    `is_heads` where the number is one of the head's desk: '主-8-0001'.

    What only looks like a number or a day, such as the 30th of February, means nothing.
    """

    number: int | None = None
    ordinal: int | None = None
    days: Span | None = None
    words: str = ""
    is_heads: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """All of what was typed into one box: everything in it must hold of an item.

    `chosen` are codes by the column that they stand in, any of those of one column; the `terms`
    are numbers, days and a body.
    """

    chosen: Mapping[str, tuple[str, ...]]
    terms: tuple[Term, ...]


def read_search(typed: str, today: date, known: Mapping[str, tuple[str, str]]) -> Understood:
    """'来信 梁水镇 昨天 待研判', in any order; `known` are column and code of a plain word."""
    whole = read_term(typed, today)
    if not whole.words:
        return Understood({}, (whole,))
    chosen: dict[str, tuple[str, ...]] = {}
    rest = []
    for part in _plain(typed).split():
        if part in known:
            column, code = known[part]
            chosen[column] = (*chosen.get(column, ()), code)
        else:
            rest.append(part)
    return Understood(chosen, tuple(_terms_in(rest, today)))


def plain_word(word: str) -> str:
    """As a word is looked up in what is known."""
    return _plain(word).strip()


def _terms_in(parts: list[str], today: date) -> Iterator[Term]:
    """One number or stretch of days, in whatever way parted; else each by itself, and a body."""
    if not parts:
        return
    if not (whole := read_term(" ".join(parts), today)).words:
        yield whole
        return
    words = []
    for part in parts:
        term = read_term(part, today)
        if term.words:
            words.append(part)
        else:
            yield term
    if words:
        yield read_term(" ".join(words), today)


def read_term(typed: str, today: date) -> Term:
    """'8—0037', '第 8 - 37 号', '4 月 15 日', '昨天', '梁水 鎮', in whatever way written."""
    words = _plain(typed)
    means_nothing = False
    for written in _ways_to_join(words):
        days, numbered = read_days(written, today), _read_number(written)
        if numbered:
            return replace(numbered, days=days)
        if days:
            return Term(days=days)
        means_nothing = means_nothing or looks_like_days(written)
    return Term() if means_nothing else Term(words=_SPACES.sub("", _DASHES.sub("-", words)))


def read_item_number(typed: str) -> Term:
    """Only a number, and perhaps its round: '8—0037', '第三十七号'; an empty term else."""
    return next(filter(None, map(_read_number, _ways_to_join(_plain(typed)))), Term())


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", bare(typed[:LONGEST])).lower().translate(SIMPLIFIED)


def _read_number(written: str) -> Term | None:
    bare_number = written.removeprefix("主-").removeprefix("主")
    numbered = _NUMBER.fullmatch(bare_number)
    if numbered is None:
        return None
    of_round, before_dash, number = (_small(part) for part in numbered.groups())
    ordinal = before_dash if of_round is None else of_round
    return Term(number, is_heads=bare_number != written, ordinal=ordinal)


def _ways_to_join(words: str) -> Iterator[str]:
    """Without spaces; one between two numbers is first taken for a dash: '8 0037', '2025 4 15'."""
    numerals = words.translate(_NUMERALS).strip()
    for between in ("-", ""):
        joined = re.sub(r"(?<=\d)\s+(?=\d)", between, numerals)
        yield _DASHES.sub("-", _SPACES.sub("", joined)).strip(_AROUND)


def _small(digits: str | None) -> int | None:
    """The number, as far as items and rounds are numbered."""
    number = read_number(digits) if digits and len(digits) <= 20 else None
    return number if number is not None and number < 1_000_000 else None
