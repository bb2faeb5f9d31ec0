"""The page as lines: normalised, numbered as given, columns kept apart."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inspection.parsing.names import team_names
from inspection.parsing.names.kinds_by_name import looks_like_body
from inspection.parsing.text.page_cleaning import plain, put_apart

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CIRCLED = {ord("①") + index: f"{index + 1}." for index in range(20)}
_BREAK = re.compile(r"\r\n|\r|\n")
_COLUMNS = re.compile(r"\s*[\t|]\s*|\s{2,}")
_BULLET = re.compile(
    r"^(?:[-•·*●◆■]\s+|[•●◆■▶▷►★☆◎○□※➤→✔√☞\u2300-\u23ff\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]+\s{0,3})"
)
_PICTURE = re.compile(r"^\s{0,4}[▶▷►★☆◎※➤✔☞\u2300-\u23ff\u2600-\u27bf\U0001f300-\U0001faff]")
_RULE = re.compile(r"[-—_=*|:+\s─━]+")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[.、)])"
)
_LABEL = re.compile(r"^[^\d:,。;“”]{2,24}:")
_SIGNATURE = re.compile(
    r"^[^,。;:]{2,40}(?:办公室|领导小组|委员会|巡[察视]办|[省市县区旗州盟]委|党委|党组|党工委|巡[察视](?:第?[一二三四五六七八九十\d]{1,3})?组)$"
)
_NO_SIGNATURE = re.compile(r"^[\d(]|、|^(?:巡[察视]|第|设|在|对|各|被)|电话|单位")
_DATE_ONLY = re.compile(r"^[\d〇零一二三四五六七八九十年月日/.\-\s]{6,16}$")
_TAIL = re.compile(r"[\d年月:-]{1,12}$")
_HEAD = re.compile(r"[\d年月日:-]{1,12}")
_CODE_TAIL = re.compile(r"(?:邮编|邮政编码):?\s?(\d{1,5})$")
_BOX_TAIL = re.compile(r"(?<![\d:-])\d{1,4}号?$")
_BOX_HEAD = re.compile(r"号?(?:邮政)?(?:专用)?信箱(?!\s{0,3}:)")
_WHOLE_NUMBER = re.compile(
    r"\d{1,2}:\d{2}|1[3-9]\d{9}|0\d{2,3}-\d{7,8}|20\d\d年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日|20\d\d年\d{1,2}月"
)
_BARE_HEAD = re.compile(r"^[\u4e00-\u9fff]{2,12}(?:方式|电话|地址|时间|信箱|邮箱|名单|对象|渠道)$")
_LONGEST_JOINED = 3000
_JOINS_OVER = 1  # A column break leaves one blank line, a new article leaves more.
_MOST_OPEN_LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page. `blanks` counts the empty lines before it."""

    number: int
    text: str
    cells: tuple[str, ...]
    blanks: int = 0


def split_lines(page: str) -> list[Line]:
    """The lines with something on them; numbers count every line of the page."""
    lines: list[Line] = []
    blanks = 0
    for number, raw in enumerate(_BREAK.split(plain(page)), start=1):
        shown = _normalise(raw)
        if not shown.strip():
            blanks += 1
            continue
        if _RULE.fullmatch(shown):
            continue
        for part in put_apart(shown):
            lines.append(_line(number, part, blanks))
            blanks = 0
    return lines


def _line(number: int, shown: str, blanks: int) -> Line:
    bare = _BULLET.sub("", shown.rstrip()) if _PICTURE.match(shown) else shown.rstrip()
    leading = "\t" if bare.startswith("\t") else ""
    cells = tuple(_COLUMNS.split(leading + bare.strip().strip("|").strip()))
    return Line(number, re.sub(r"\s+", " ", bare).strip(), cells, blanks)


def _normalise(raw: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", raw.translate(_CIRCLED)))


def compact(text: str) -> str:
    """Without any white space: titles and labels are often letter-spaced."""
    return re.sub(r"\s+", "", text)


def strip_number(text: str) -> str:
    """Without the list number or bullet in front."""
    return _NUMBERED.sub("", _BULLET.sub("", text)).strip()


def starts_item(text: str) -> bool:
    """Whether a line begins something of its own: a heading, an item, a label."""
    return bool(
        _NUMBERED.match(text)
        or _LABEL.match(text)
        or text.startswith("附件")
        or team_names.at_start(text)
        or is_signature(text)
        or _DATE_ONLY.match(text)
    )


def is_signature(text: str) -> bool:
    """Whether a line could be the name of the body that issues a notice."""
    bare = compact(text).strip("()")
    is_named = ("委" in bare or "巡" in bare or "党组" in bare) and not _NO_SIGNATURE.search(bare)
    return bool(_SIGNATURE.match(bare)) and is_named


def join_broken(lines: Sequence[Line]) -> list[Line]:
    """The lines with sentences that a newspaper's columns broke put together again."""
    joined: list[Line] = []
    for line in lines:
        is_short = bool(joined) and len(joined[-1].text) <= _LONGEST_JOINED
        if is_short and _continues(joined[-1], line):
            joined[-1] = _glued(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _breaks_number(text: str, following: str) -> bool:
    """Whether a line ends within a number, or within a date, that the next line finishes."""
    tail, head = _TAIL.search(text[-12:]), _HEAD.match(following)
    if _BOX_TAIL.search(text) and _BOX_HEAD.match(following):
        return True
    if not tail or not head:
        return False
    if code := _CODE_TAIL.search(text[-16:]):
        return len(code[1]) + len(re.match(r"\d*", following)[0]) == 6  # type: ignore[index]
    begun = tail.group().lstrip(":")
    whole = begun + head.group().rstrip(":")
    return bool(_WHOLE_NUMBER.fullmatch(whole)) and not _WHOLE_NUMBER.fullmatch(begun)


def _continues(before: Line, line: Line) -> bool:
    text = before.text
    if line.blanks <= _JOINS_OVER and _breaks_number(text, line.text):
        return True
    if len(line.cells) > 1 or re.match(r"^\d{1,3}[.、)]", line.text):
        return False
    if _is_open(text):
        return len(text) < 60 * _MOST_OPEN_LINES and not starts_item(line.text)
    is_head = line.blanks and _BARE_HEAD.match(line.text)
    if is_head or line.blanks > _JOINS_OVER or len(before.cells) > 1 or starts_item(line.text):
        return False
    if _LABEL.match(text) and (text[-1].isdigit() or (line.blanks and _ends_list(text))):
        return False
    is_prose = len(text) >= 16 and bool(re.search(r"[,。]", text))
    return is_prose and text[-1] not in "。;:!?)”" and not is_signature(text)


def _ends_list(text: str) -> bool:
    """Whether the last of the words behind a label is the whole name of a body."""
    return looks_like_body(re.split(r"[、,;]", text[-60:])[-1])


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")


def _glued(before: Line, line: Line) -> Line:
    text = before.text + _BULLET.sub("", line.text)
    return Line(
        before.number, text, (*before.cells[:-1], before.cells[-1] + line.text), before.blanks
    )


def text_of(lines: Iterable[Line]) -> str:
    """The lines as one text, one line each."""
    return "\n".join(line.text for line in lines)
