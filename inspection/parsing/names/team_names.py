"""Names of inspection teams: where they stand in a text, their series, their number."""

import re

from inspection.parsing.names.numerals import CHINESE, number

# The longer words first: 市县统筹 is a series of its own.
SERIES = ("市县统筹", "回头看", "授权", "常规", "提级", "专项", "机动", "交叉")

_COUNT = rf"第?[{CHINESE}\d]{{1,3}}"
_BODY = r"(?:中共)?(?:[省市县区州旗盟]委|党工委|党委)"
_KIND = r"(?:市县统筹|县区统筹|统筹|授权|常规|提级|专项|机动|交叉|联动|“?回头看”?)"
_NAME = re.compile(
    rf"(?P<body>{_BODY})?(?:{_KIND})*"
    rf"(?:第[{CHINESE}\d]{{1,3}}(?:{_KIND})*巡[察视]组"
    rf"|巡[察视](?:{_KIND})?(?:工作)?{_COUNT}组"
    rf"|(?<=[委权筹规级项动叉])巡[察视]组)"
)
_PLACE_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,6}$")
_NO_PLACE = re.compile(r"^.*(?:由|对|经|向|的|和|及|与|中|将|被|在|于|各)")


def find(text: str) -> list[tuple[int, int, str]]:
    """Every team named in `text`: where it starts, where it ends, its name."""
    found = []
    floor = 0
    for match in _NAME.finditer(text):
        start = match.start()
        if match["body"] and (place := _PLACE_BEFORE.search(text, floor, start)):
            start -= len(_NO_PLACE.sub("", place.group()))
        found.append((start, match.end(), text[start : match.end()]))
        floor = match.end()
    return found


def at_start(text: str) -> str | None:
    """The team whose name begins `text`, if one does."""
    match = _NAME.match(text)
    if match:
        return match.group()
    for start, _, name in find(text[:30]):
        return name if start == 0 else None
    return None


def series_in(text: str) -> str | None:
    """The one series word of `text`; None for none and for several."""
    words = [word for word in SERIES if word in text]
    return words[0] if len(words) == 1 else None


def ordinal(name: str) -> int | None:
    """The number in a team's name."""
    match = re.search(rf"第([{CHINESE}\d]{{1,3}})|([{CHINESE}\d]{{1,3}})组$", name)
    return number(match[1] or match[2]) if match else None


def without_ordinal(name: str) -> str:
    """The name without its number: what the teams of one series share."""
    return re.sub(rf"第?[{CHINESE}\d]{{1,3}}(?=\D*组$)", "", name, count=1)
