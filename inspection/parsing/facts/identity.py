"""Which round of which committee a notice announces, and the round's slug."""

import hashlib
import re
from dataclasses import dataclass

from inspection.body_search.pinyin import syllables
from inspection.parsing.names.numerals import CHINESE, number
from inspection.parsing.names.place_readings import READINGS
from inspection.parsing.names.regions import Owner, owner_of

_NUM = rf"[\d{CHINESE}]{{1,3}}"
_SESSION = re.compile(rf"第?({_NUM})届(?!\d?[一二三四五六七八九十]?[中全])")
_ORDINAL = re.compile(rf"第({_NUM})轮|(首)轮|第({_NUM})次巡[察视]")
_BATCH = re.compile(rf"第{_NUM}批|首批")
_COMMITTEE = re.compile(r"自治[区州县旗]党委|[省市县区州旗盟]委(?!书记|常委|员)|党工委|党委")


@dataclass(frozen=True, slots=True)
class Identity:
    """The names and numbers of a round."""

    title: str
    word: str
    committee: str | None
    session: int | None
    ordinal: int | None
    batch: str | None
    owner: Owner


def read_identity(title: str, body: str, issuer: str | None) -> Identity:
    """Who inspects for the how many-th time, from the title, else from the first words."""
    start = body[:400]
    committee = (
        _first(_COMMITTEE, title) or _first(_COMMITTEE, start) or _first(_COMMITTEE, issuer or "")
    )
    batch = _BATCH.search(title) or re.search(rf"(?:轮|巡[察视])(?:的)?({_BATCH.pattern})", start)
    about = title if "巡视" in title or "巡察" in title else start
    return Identity(
        title=title,
        word="巡视" if "巡视" in about and "巡察" not in about else "巡察",
        committee=committee,
        session=_number(_SESSION, title) or _number(_SESSION, start),
        ordinal=_number(_ORDINAL, title) or _number(_ORDINAL, start),
        batch=(batch[1] if batch.re.groups else batch.group()) if batch else None,
        owner=owner_of(issuer, f"{title}\n{start}", committee),
    )


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group() if match else None


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    for match in pattern.finditer(text):
        if value := number(next(group for group in match.groups() if group)):
            return value
    return None


def slug_of(identity: Identity, year: str | None, text: str) -> str:
    """A stable ASCII name: liaocheng-14-8, liaocheng-14-8-b2, shanxian-2026-3."""
    parts = [_ascii(identity.owner.stem) or "xuncha"]
    if identity.session:
        parts.append(str(identity.session))
    elif year:
        parts.append(year)
    if identity.ordinal:
        parts.append(str(identity.ordinal))
    if identity.batch:
        parts.append(f"b{number(identity.batch.strip('第批')) or 1}")
    if len(parts) == 1:
        parts.append(hashlib.sha256(text.encode()).hexdigest()[:8])
    return "-".join(parts)


def _ascii(place: str) -> str:
    letters = READINGS.get(place) or "".join(syllables(place))
    return re.sub(r"[^a-z0-9]", "", letters.lower())
