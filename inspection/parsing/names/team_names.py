"""Names of inspection teams: where they stand in a text, their series, their number."""

import re
from dataclasses import dataclass

from inspection.parsing.names.numerals import CHINESE, number
from inspection.parsing.words.team_words import COMMITTEES, QUALIFIERS, SERIES

_N = rf"[{CHINESE}\d]{{1,3}}"
_ROUND = r"(?:巡[察视](?!组))?"
_KIND = (
    rf"(?:(?:{'|'.join(QUALIFIERS)}){_ROUND}|第{_N}轮{_ROUND}"
    rf"|涉[\u4e00-\u9fff]{{1,6}}专项{_ROUND})"
)
_KINDS = rf"{_KIND}{{0,3}}"
_MORE = rf"第{_N}(?:[、,和及与]|至|到|[-—–~])(?:第?{_N}[、,和及与]){{0,12}}"
_NAME = re.compile(
    rf"(?P<body>(?:{'|'.join(COMMITTEES)}))?(?P<kinds>{_KINDS})"
    rf"(?:(?P<more>{_MORE})(?P<last>第?{_N}{_KINDS}巡[察视]组)"
    rf"|第{_N}{_KINDS}巡[察视]组(?!长[:是为])"
    rf"|巡[察视](?P<groups>{_N}组(?:[、,和及与]{_N}组){{1,12}})"
    rf"|巡[察视]{_KINDS}(?:工作)?(?:第{_N}(?:小)?组|{_N}组)"
    rf"|第{_N}(?:小)?组(?![长织成员])"
    rf"|(?<=[权筹规级项动叉合村看”])巡[察视]组|巡[察视](?P<place>[\u4e00-\u9fff]{{2,6}})(?:市县)?联动巡[察视]组)"
)
_PLACE_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,9}$")
_NO_PLACE = re.compile(
    r"^.*(?:由|对|经|向|的|和|及|与|中|将|被|在|于|各|转|据|照|按|请|给|至|派|准|间|起|为|是|到|从|自|寄|日|共|个|巡[察视]|届)"
)
_OF_COMMITTEE = re.compile(r"中共$")


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a text that names one team, or several at once ('第一、第二巡察组')."""

    begins: int
    stops: int
    names: tuple[str, ...]


def find_named(text: str) -> list[Named]:
    """Every place where a text names teams."""
    found = []
    floor = 0
    for match in _NAME.finditer(text):
        if not _is_told_apart(match, text):
            continue
        start = match.start()
        if match["body"] and (place := _PLACE_BEFORE.search(text, max(floor, start - 9), start)):
            own = _NO_PLACE.sub("", place.group())
            is_bounded = own != place.group() or place.start() <= max(floor, 0) or len(own) < 9
            start -= len(own) if is_bounded else 0
        found.append(Named(start, match.end(), _names(text[start : match.end()], match)))
        floor = match.end()
    return found


def _is_told_apart(match: re.Match[str], text: str) -> bool:
    """'第一组' stands for a team only at the start or alone; '2个常规巡察组' names none."""
    if not re.search(rf"[{CHINESE}\d]", match.group()) and text[: match.start()].endswith(
        ("个", "各", "支", "的", "些")
    ):
        return False
    if match["body"] or match["kinds"] or "巡" in match.group():
        return True
    return match.start() == 0 or text[match.start() - 1] in " ,。;:、(\n"


def _names(whole: str, match: re.Match[str]) -> tuple[str, ...]:
    if match["groups"]:
        head = whole[: len(whole) - len(match["groups"])]
        return tuple(f"{head}{one}" for one in re.findall(rf"{_N}组", match["groups"]))
    if not match["more"]:
        return (whole,)
    head = whole[: len(whole) - len(match["more"]) - len(match["last"])]
    tail = re.sub(rf"^第?{_N}", "", match["last"])
    numbers = [number(text) for text in re.findall(rf"第?({_N})", match["more"] + match["last"])]
    known = [value for value in numbers if value]
    if re.search(r"[至到—–~-]", match["more"]) and len(known) == 2 and known[0] < known[1] < 60:
        known = list(range(known[0], known[1] + 1))
    return tuple(f"{head}第{_written(value)}{tail}" for value in known)


def _written(value: int) -> str:
    """A number below 100 in Chinese."""
    digits = "〇一二三四五六七八九"
    if value < 10:
        return digits[value]
    tens, ones = divmod(value, 10)
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def find(text: str) -> list[tuple[int, int, str]]:
    """Every single team named in `text`: where it starts, where it ends, its name."""
    return [(one.begins, one.stops, one.names[-1]) for one in find_named(text)]


def at_start(text: str) -> str | None:
    """The one team whose name begins `text`, if one does."""
    for one in find_named(text[:48])[:1]:
        if len(one.names) > 1:
            return None
        if one.begins == 0 or text[: one.begins] in {"中共", "中国共产党"}:
            return text[one.begins : one.stops]
    return None


def length_at_start(text: str) -> int:
    """How long the name of the team is with which a text begins; 0 without one."""
    found = find_named(text[:48])[:1]
    return found[0].stops if found and at_start(text) else 0


def series_in(text: str) -> str | None:
    """The one series word of `text`; None for none and for several."""
    words = [word for word in SERIES if word in text]
    return words[0] if len(words) == 1 else None


def ordinal(name: str) -> int | None:
    """The number in a team's name."""
    match = re.search(rf"第({_N})(?!轮)|({_N})组$", name)
    return number(match[1] or match[2]) if match else None


def without_ordinal(name: str) -> str:
    """The name without its number: what the teams of one series share."""
    return re.sub(rf"第?{_N}(?=\D{{0,8}}组$)", "", name, count=1)
