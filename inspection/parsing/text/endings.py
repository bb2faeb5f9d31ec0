"""Where a notice ends: its signature, what is attached, and the next article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspection.parsing.names import team_names
from inspection.parsing.names.kinds_by_name import looks_like_body
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, is_signature, strip_number

_BYLINE = re.compile(
    r"^(?:■|□|◎)?\s*(?:本报)?(?:讯\s*)?\(?\s*(?:本报)?(?:记者|通讯员|特约记者)[ :]"
    r"|^.{0,6}本报讯|^新华社|^.{0,12}讯\s*\((?:本报|记者|通讯员)|^■\s*本报|^(?:上一[条篇]|下一[条篇]|版权所有|技术支持|分享到|扫一扫|相关(?:链接|新闻|阅读)|关闭窗口|打印本页|友情链接)|^(?:责任?编辑?|编辑|美编|校对|版面)\s*:"
)
_OTHER_TITLE = re.compile(r"(?:公告|启事|声明|通知|通告|公示|讣告|广告)$")
_DATE = re.compile(
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日$|(?<!\d)\d{4}[-./]\d{1,2}[-./]\d{1,2}$|^\d{1,2}月\d{1,2}日$"
)
_LOOK_AHEAD = 80


@dataclass(frozen=True, slots=True)
class Signature:
    """The line of the date under a notice, and who signed."""

    index: int
    issuer: str | None
    date_text: str


def find_signature(lines: Sequence[Line], index: int) -> Signature | None:
    """The issuer and the date under the notice, before any other article begins."""
    for at in range(index + 2, min(len(lines), index + _LOOK_AHEAD * 4)):
        if begins_other_article(lines, at):
            return None
        bare = compact(lines[at].text).strip("()")
        match = _DATE.search(bare)
        if match is None or len(lines[at].cells) > 2 or _is_told(lines, at):
            continue
        issuer = bare[: match.start()].strip(",、;")
        if issuer and is_signature(issuer):
            return Signature(at, issuer, match.group())
        if not issuer and (is_signature(lines[at - 1].text) or _on_two_lines(lines, at)):
            return Signature(at, _issuer_above(lines, at), match.group())
        if not issuer and at > index + 3:
            below = compact(lines[at + 1].text) if at + 1 < len(lines) else ""
            return Signature(at, below if is_signature(below) else None, match.group())
    return None


def _is_told(lines: Sequence[Line], at: int) -> bool:
    """Whether a date is the value of a label on the line above it."""
    above = lines[at - 1].text
    return labels.is_bare_label(above) and not is_signature(above)


def _on_two_lines(lines: Sequence[Line], at: int) -> bool:
    """Whether the two lines above a date are one issuer's name."""
    above = compact(lines[at - 2].text), compact(lines[at - 1].text)
    return len("".join(above)) < 44 and above[0].startswith("中") and is_signature("".join(above))


def _issuer_above(lines: Sequence[Line], at: int) -> str:
    issuer = compact(lines[at - 1].text)
    before = compact(lines[at - 2].text)
    if not issuer.startswith("中共") and before.startswith("中共") and len(before) < 25:
        return before + issuer
    return issuer


def issuer_lines(lines: Sequence[Line], signature: Signature) -> set[int]:
    """The places of the lines on which the issuer stands."""
    above = range(max(0, signature.index - 3), signature.index)
    return {
        at
        for at in above
        if signature.issuer
        and compact(lines[at].text)
        and compact(lines[at].text) in signature.issuer
    }


def trailing_issuer(body: Sequence[Line]) -> str | None:
    """The last line that could be the issuer's name."""
    return next((compact(line.text) for line in reversed(body) if is_signature(line.text)), None)


def begins_other_article(lines: Sequence[Line], at: int) -> bool:
    """Whether another article's byline or title stands on a line."""
    text = lines[at].text
    bare = compact(text)
    if _BYLINE.search(text):
        return not re.search(r"巡[察视]", text)
    is_title = len(bare) <= 30 and not re.search(r"[。,;:]", bare) and _OTHER_TITLE.search(bare)
    return bool(is_title) and len(lines[at].cells) == 1 and not re.match(r"附件|\d", bare)


def end_of_unsigned(lines: Sequence[Line], start: int) -> int:
    """Behind the last line of a notice that nobody signed."""
    for at in range(start, len(lines)):
        if at > start and begins_other_article(lines, at):
            return _before_headline(lines, start, at)
        if at > start and lines[at].blanks > 1 and _is_headline(lines[at]):
            return at
    return len(lines)


def _before_headline(lines: Sequence[Line], start: int, at: int) -> int:
    """Where the lines end that are not the headlines of the article at `at`."""
    stop = at
    while stop > start and at - stop < 3 and _is_headline(lines[stop - 1]):
        stop -= 1
    return stop


def _is_headline(line: Line) -> bool:
    text = line.text
    plain = not re.search(r"[。;:]|\d{5,}", text) and strip_number(text) == text
    if is_signature(text):
        return False
    return plain and len(line.cells) == 1 and line.blanks > 0 and not team_names.find(text)


def end_of_attachments(lines: Sequence[Line], start: int) -> int:
    """Behind the signature only an attached table or list of teams still belongs to the notice."""
    stop = start
    for at in range(start, len(lines)):
        if not _is_attached(lines[at], is_first=at == start, after=lines[at - 1]):
            break
        stop = at + 1
    return stop


def _is_attached(line: Line, *, is_first: bool, after: Line) -> bool:
    text = strip_number(line.text)
    if "。" in text and not team_names.at_start(text):
        return False
    if (
        line.text.startswith("附件")
        or labels.is_header(line.cells)
        or labels.is_header(tuple(text.split()))
    ):
        return True
    if (team := team_names.at_start(text)) or any(team_names.at_start(cell) for cell in line.cells):
        return not team or "。" not in text[len(team) :].rstrip("。")
    if is_first or (line.blanks and not team_names.at_start(strip_number(after.text))):
        return _is_attachment_title(text)
    return _continues_row(line, text)


def _is_attachment_title(text: str) -> bool:
    return len(text) < 40 and bool(
        re.search(r"巡[察视].*(?:安排|分工|一览|名单|联系方式|情况|表)", text)
    )


def _continues_row(line: Line, text: str) -> bool:
    if len(line.cells) > 1 or labels.split_label(text):
        return True
    words = [word for word in re.split(r"[、,;\s]+", text) if word]
    return all(looks_like_body(re.sub(r"党[组委]$|及.*$", "", word)) for word in words)
