"""A head of the chain that was noted on paper, and whether the chain still holds it.

What is typed is read group by group, so that a slip of the pen is told from a chain that differs.
"""

import re
import unicodedata
from dataclasses import dataclass

from intake.audit.chain import has_its_digest, is_genuine
from intake.audit.history import last_closing
from intake.audit.verification import NOT_SEEN
from intake.models import AuditEvent
from intake.report.check_code import ALOUD_LENGTH, ALPHABET, aloud_code_of

GROUPS, GROUP = 16, 4
NO_NUMBER = "短码要和第几条一起写。"
_APART = re.compile(r"[\s\-—–·,，、:：]+")
# As they are mixed up on paper; a digest has none of the first.
_MIXED_UP = str.maketrans("oil", "011")


class NotAHead(ValueError):
    """What was typed is no head; the message says which group."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What stands on the paper: the whole digest, or its short form, and perhaps the number."""

    digest: str = ""
    aloud: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Whether the chain still holds it, in words; `number` of its event where it does."""

    holds: bool
    words: str
    number: int | None = None


def groups_of(digest: str) -> list[str]:
    """'1a2b', …: a digest as it is noted."""
    return [digest[at : at + GROUP] for at in range(0, len(digest), GROUP)]


def read_noted(typed: str, number: int | None) -> Noted:
    """Raises NotAHead, naming the group that is wrong."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    parts = [part for part in _APART.split(plain) if part]
    if not parts:
        raise NotAHead("请写抄下的指纹。")
    short = "".join(parts).upper()
    if len(short) == ALOUD_LENGTH and set(short) <= set(ALPHABET):
        if number is None:
            raise NotAHead(NO_NUMBER)
        return Noted(aloud=short, number=number)
    joined = len(parts) == 1
    groups = groups_of(parts[0].lower()) if joined else [part.lower() for part in parts]
    for place, group in enumerate(groups, 1):
        wrong = set(group.translate(_MIXED_UP)) - set("0123456789abcdef")
        is_last = joined and place == len(groups)
        if wrong or (len(group) != GROUP and not is_last):
            raise NotAHead(f"第{place}组“{group}”不对：每组是{GROUP}个，只有0到9和a到f。")
    if len(groups) != GROUPS or len(groups[-1]) != GROUP:
        written = sum(map(len, groups))
        raise NotAHead(f"指纹一共{GROUPS}组、{GROUPS * GROUP}个字符，您写了{written}个。")
    return Noted(digest="".join(groups).translate(_MIXED_UP), number=number)


def compare(noted: Noted) -> Compared:
    """Looks the one event up; what lies before it only the whole check compares."""
    at_number = _event(sequence=noted.number) if noted.number is not None else None
    found = _event(digest=noted.digest) if noted.digest else None
    if noted.aloud and at_number and _aloud(at_number) == noted.aloud:
        found = at_number
    if found is not None:
        return _found(noted, found)
    if noted.number is None:
        return Compared(False, NOT_SEEN)
    if at_number is None:
        last = AuditEvent.objects.order_by("-sequence").values_list("sequence", flat=True).first()
        words = f"链上没有第{noted.number}条，最后一条是第{last or 0}条。"
        return Compared(False, words + NOT_SEEN)
    return Compared(False, _difference(noted, at_number))


def _event(**which: object) -> AuditEvent | None:
    return AuditEvent.objects.filter(**which).first()


def _aloud(event: AuditEvent) -> str:
    return aloud_code_of(event.digest).replace(" ", "")


def _found(noted: Noted, event: AuditEvent) -> Compared:
    number = event.sequence
    if noted.number not in (None, number):
        words = f"这个指纹是第{number}条的，不是第{noted.number}条：请再看一看纸上写的。"
        return Compared(False, words)
    # Of what a closing event closed only the digests are left to compare.
    is_old = number < last_closing()
    if not (has_its_digest(event) if is_old else is_genuine(event)):
        words = f"第{number}条还带着这个指纹，但是它的内容和指纹对不上，被改过。"
        return Compared(False, words)
    later = AuditEvent.objects.filter(sequence__gt=number).count()
    return Compared(True, f"第{number}条还在链上，指纹一样；它以后又有{later}条。", number)


def _difference(noted: Noted, event: AuditEvent) -> str:
    number = event.sequence
    if noted.aloud:
        return f"第{number}条的短码是 {_aloud(event)}，和您写的不一样。{NOT_SEEN}"
    pairs = zip(groups_of(noted.digest), groups_of(event.digest), strict=True)
    wrong = [f"第{place}组" for place, (one, other) in enumerate(pairs, 1) if one != other]
    words = f"链上第{number}条的指纹和您写的有{len(wrong)}组不一样"
    if len(wrong) <= 2:
        return f"{words}（{'、'.join(wrong)}）：可能抄错了，请对照纸再写一次。"
    return f"{words}。{NOT_SEEN}"
