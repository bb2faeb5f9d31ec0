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
_BATCH_OF = re.compile(rf"(?:轮|巡[察视])[^。;]{{0,30}}?({_BATCH.pattern})")
_PARTY = (
    r"自治[区州县旗]党委|[省州市县区旗盟]党委|(?:大学|学院|集团|公司|医院|学校|中心|银行|总行|分行|[校院厅局])(?:党委|党组)|党工委"
    r"|[省市县区州旗盟]委(?!书记|常委|员|办|组织|宣传|统战|政法|主要)|党委(?!书记)|党组(?!织|书记|成员)|中央(?!八项|政策|决策|精神|和)"
)
# Who sends, from the surest way of saying it to the least sure.
_SENDERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:经|由)[^。,;]{{0,10}}?({_PARTY})(?:研究)?(?:批准|同意|授权|决定)",
        rf"({_PARTY})(?:第?[\u4e00-\u9fff\d]{{1,4}}轮)?(?:常规|提级|专项|机动|交叉|联动)*第[{CHINESE}\d]{{1,3}}[\u4e00-\u9fff]{{0,6}}?巡[察视]组",
        rf"({_PARTY})巡[察视]",
        rf"({_PARTY})[^。,;]{{0,8}}第[{CHINESE}\d]{{1,3}}(?:轮|次)",
        rf"(?:按照|根据)[^。,;]{{0,10}}?({_PARTY})[^。,;、和]{{0,10}}(?:部署|要求|安排|工作|计划|规划|统一)",
        rf"({_PARTY})(?:统一)?(?:部署|决定)",
        rf"({_PARTY})(?:将|拟)?对[^。,;]{{2,60}}巡[察视]",
    )
)
_ANY_SENDER = re.compile(_PARTY)


@dataclass(frozen=True, slots=True)
class Identity:
    """The names and numbers of a round."""

    title: str | None
    word: str
    committee: str | None
    session: int | None
    ordinal: int | None
    batch: str | None
    owner: Owner


def read_identity(title: str | None, body: str, issuer: str | None) -> Identity:
    """Who inspects for the how many-th time, from the title, else from the first words."""
    start = body[:600]
    head = title or ""
    committee = _committee(head, start, issuer or "")
    batch = _BATCH.search(head) or _BATCH_OF.search(start)
    about = head if "巡视" in head or "巡察" in head else start
    return Identity(
        title=title,
        word="巡视" if "巡视" in about and "巡察" not in about else "巡察",
        committee=committee,
        session=_number(_SESSION, head) or _number(_SESSION, start),
        ordinal=_number(_ORDINAL, head) or _number(_ORDINAL, start),
        batch=(batch[1] if batch.re.groups else batch.group()) if batch else None,
        owner=owner_of(issuer, f"{head}\n{start}", committee),
    )


def _committee(title: str, start: str, issuer: str) -> str | None:
    """The party body that sends the teams, as the surest words name it."""
    if titled := _ANY_SENDER.search(title):
        return titled.group()
    for pattern in _SENDERS:
        if match := pattern.search(start):
            return match[1]
    signed = _ANY_SENDER.search(issuer)
    return signed.group() if signed else None


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
