"""What the round looks at, and the checks that run beside it."""

import re
from collections.abc import Iterator, Sequence

from inspection.body_kinds import BodyKind
from inspection.notice import Focus, SpecialCheck
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names.kinds_by_name import kind_of_counted

_POINT = re.compile(
    r"(?:^|(?<=[。;:,\s]))(?:[一二三四五六七八九十]是|第[一二三四五六七八九十],|\d{1,2}[.、])\s*(?=[^。;]*?聚焦|[^。;]{0,40}(?:重点|着重))"
)
_FIRST_VERB = re.compile(
    r"[,;:、]\s*(?:重点|着重|主要|着力)(?P<verb>监督检查|查看|检查|了解|关注|监督|发现|查找|看)"
)
_ITEM = r"[,;、]\s*(?:重点|着重|同时|并)?{verb}"
_HEADED = re.compile(r"聚焦|重点")
_CHECK_SENTENCE = re.compile(r"[^。]{0,300}?专项检查[^。]{0,300}")
_BY = re.compile(
    r"(?:[省市县区州旗]委|自治区党委|党工委)?(?:组织部|宣传部|统战部|政法委(?:员会)?|编办|机构编制委员会办公室|网信办|社会工作部)|(?:[省市县区州旗]纪委(?:监委)?|[省市县区州旗]?(?:审计局|财政局|信访局|统计局|保密局|档案局|医保局))"
)


def read_focus(pieces: Sequence[Piece], only_kind: BodyKind | None) -> list[Focus]:
    """The topics by kind of body; `only_kind` is what all bodies are, where they are alike."""
    topics: list[Focus] = []
    for piece in pieces:
        if piece.team is None and piece.kind in {"none", "targets"} and "聚焦" in piece.text:
            kind = _kind(piece.heading) or only_kind or BodyKind.OTHER
            topics += _topics(piece.text, kind)
    return topics


def _kind(heading: str) -> BodyKind | None:
    match = re.search(r"巡[察视](.+?)(?:党组织|党组|党委|的)", heading)
    return kind_of_counted(match[1] if match else heading) if heading else None


def _topics(text: str, kind: BodyKind) -> Iterator[Focus]:
    marks = list(_POINT.finditer(text))
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        point = text[mark.end() : stop].strip(" 。;,")
        if index == len(marks) - 1:
            point = re.split(r"[。;]", point)[0]
        yield _topic(point, kind)


def _topic(point: str, kind: BodyKind) -> Focus:
    first = _FIRST_VERB.search(point)
    if first is None:
        return Focus(kind, point)
    items = re.split(_ITEM.format(verb=first["verb"]), point[first.end() :])
    return Focus(
        kind,
        point[: first.start()].strip(" :,"),
        tuple(item.strip(" ,;") for item in items if item.strip(" ,;")),
    )


def read_special_checks(pieces: Sequence[Piece]) -> list[SpecialCheck]:
    """Which department checks what: pairs, in the order of the sentence."""
    checks: list[SpecialCheck] = []
    for piece in pieces:
        if "专项检查" not in piece.text:
            continue
        for match in _CHECK_SENTENCE.finditer(piece.text):
            checks += _pairs(match.group())
    return list(dict.fromkeys(checks))


def _pairs(sentence: str) -> Iterator[SpecialCheck]:
    """Each run of departments with the checks that follow it."""
    names = list(_BY.finditer(sentence))
    group: list[str] = []
    for index, name in enumerate(names):
        group.append(name.group())
        stop = names[index + 1].start() if index + 1 < len(names) else len(sentence)
        whats = _whats(sentence[name.end() : stop])
        if whats:
            yield from _pair(group, whats)
            group = []


def _pair(group: list[str], whats: list[str]) -> Iterator[SpecialCheck]:
    if len(group) == len(whats):
        yield from (SpecialCheck(by, what) for by, what in zip(group, whats, strict=True))
    else:
        yield from (SpecialCheck("、".join(group), what) for what in whats)


def _whats(text: str) -> list[str]:
    match = re.search(r"(?:开展|进行|实施)(.*专项检查)", text)
    if match is None:
        return []
    parts = [part.strip() for part in re.split(r"[,、]|(?<=检查)[和及]|(?:开展|进行)", match[1])]
    return [part if part.endswith("检查") else f"{part}专项检查" for part in parts if len(part) > 2]
