"""Finding the notice in a page that holds other articles too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspection.parsing.names import team_names
from inspection.parsing.names.body_kinds import looks_like_body
from inspection.parsing.text import labels
from inspection.parsing.text.not_a_notice import NotANotice
from inspection.parsing.text.page_lines import (
    Line,
    compact,
    is_signature,
    split_lines,
    strip_number,
)

_TITLE = re.compile(r"巡[察视].*(?:公告|通告|公示|预告)$")
_BARE_TITLE = re.compile(r"^(?:公告|通告)$")
_OTHER_NEWS = re.compile(
    r"任前|拟任|任职|任免|聘|反馈|整改|通报|动员|会议|召开|举行|培训|座谈|推进会|部署会|汇报|约谈|问责|培训"
)
_EVIDENCE = re.compile(r"受理|举报|电话|信箱|邮箱|截止|来信|来访|来电|反映")
_BYLINE = re.compile(
    r"^(?:■|□|◎)?\s*(?:本报)?(?:讯\s*)?\(?\s*(?:本报)?(?:记者|通讯员|特约记者)[ :]"
    r"|^.{0,6}本报讯|^新华社|^.{0,12}讯\s*\((?:本报|记者|通讯员)|^■\s*本报|^(?:责任?编辑?|编辑|美编|校对|版面)\s*:"
)
_OTHER_TITLE = re.compile(r"(?:公告|启事|声明|通知|通告|公示|讣告|广告)$")
_DATE = re.compile(
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日$|(?<!\d)\d{4}[-./]\d{1,2}[-./]\d{1,2}$|^\d{1,2}月\d{1,2}日$"
)
_TITLE_TAIL = re.compile(r"(?:委|轮|委员会|领导小组|办公室|届|次)$")
_MOST_TITLE = 60
_LONGEST_LINE = 10_000
_LOOK_AHEAD = 80


@dataclass(frozen=True, slots=True)
class Extent:
    """The lines of the notice: its title, its body, and the place of its signature."""

    title: str
    title_line: int
    body: tuple[Line, ...]
    issuer: str | None
    date_text: str | None
    signature_line: int | None


@dataclass(frozen=True, slots=True)
class _Signature:
    index: int
    issuer: str | None
    date_text: str


def find_notice(page: str) -> Extent:
    """The notice on the page. Raises NotANotice for a page without one."""
    lines = split_lines(page)
    if not lines:
        raise NotANotice("文件是空的，没有可读的公告。")
    _refuse_endless(lines)
    candidates = [index for index in range(len(lines)) if _is_title(lines, index)]
    for index in candidates or _headlines(lines):
        extent = _extent(lines, index)
        if any(_EVIDENCE.search(line.text) for line in extent.body):
            return extent
    about = next((line.number for line in lines if re.search(r"巡[察视]", line.text)), None)
    if about is None:
        raise NotANotice("页面里没有巡察或巡视公告。", lines[0].number)
    raise NotANotice("提到了巡察，但没有说明怎样反映问题、受理到什么时候，不是巡察公告。", about)


def _refuse_endless(lines: Sequence[Line]) -> None:
    """No page has lines of this length, and the reading takes time that grows faster than they."""
    for line in lines:
        if len(line.text) > _LONGEST_LINE:
            raise NotANotice(f"这一行有{len(line.text)}个字，不像一页公告。", line.number)


def _is_title(lines: Sequence[Line], index: int) -> bool:
    bare = compact(lines[index].text)
    if len(bare) > _MOST_TITLE or re.search(r"[。,;:!?]", bare):
        return False
    if _BARE_TITLE.match(bare):
        return any(re.search(r"巡[察视]", line.text) for line in lines[index + 1 : index + 4])
    return bool(_TITLE.search(bare)) and not _OTHER_NEWS.search(bare)


def _headlines(lines: Sequence[Line]) -> list[int]:
    """Where a notice without the word 公告 may begin: a short line about a round."""
    return [
        index
        for index, line in enumerate(lines)
        if len(bare := compact(line.text)) <= _MOST_TITLE
        and re.search(r"巡[察视]", bare)
        and re.search(r"轮|进驻|开展|[省市县区旗]委|党委", bare)
        and not re.search(r"[。,;:!?]", bare)
        and not _OTHER_NEWS.search(bare)
        and not is_signature(bare)
        and len(line.cells) == 1
    ]


def _extent(lines: Sequence[Line], index: int) -> Extent:
    title, title_line = _whole_title(lines, index)
    signature = _find_signature(lines, index)
    if signature:
        stop = _end_of_attachments(lines, signature.index + 1)
    else:
        stop = _end_of_unsigned(lines, index + 1)
    body = list(lines[index + 1 : stop])
    if signature:
        cut = {lines[signature.index].number, *_issuer_lines(lines, signature)}
        body = [line for line in body if line.number not in cut]
    return Extent(
        title,
        title_line,
        tuple(body),
        signature.issuer if signature else _trailing_issuer(body),
        signature.date_text if signature else None,
        lines[signature.index].number if signature else None,
    )


def _whole_title(lines: Sequence[Line], index: int) -> tuple[str, int]:
    """The title with the line before it where a title stands on two lines."""
    title = compact(lines[index].text)
    if index and lines[index].blanks <= 1:
        before = compact(lines[index - 1].text)
        starts = before.startswith("关于") and not title.startswith("关于")
        if len(before) <= 25 and (_TITLE_TAIL.search(before) or starts) and "。" not in before:
            return before + title, lines[index - 1].number
    return title, lines[index].number


def _find_signature(lines: Sequence[Line], index: int) -> _Signature | None:
    """The issuer and the date under the notice, before any other article begins."""
    for at in range(index + 2, min(len(lines), index + _LOOK_AHEAD * 4)):
        if _begins_other_article(lines, at):
            return None
        bare = compact(lines[at].text).strip("()")
        match = _DATE.search(bare)
        if match is None or len(lines[at].cells) > 2:
            continue
        issuer = bare[: match.start()].strip(",、;")
        if issuer and is_signature(issuer):
            return _Signature(at, issuer, match.group())
        if not issuer and is_signature(lines[at - 1].text):
            return _Signature(at, _issuer_above(lines, at), match.group())
        if not issuer and at > index + 3:
            below = compact(lines[at + 1].text) if at + 1 < len(lines) else ""
            return _Signature(at, below if is_signature(below) else None, match.group())
    return None


def _issuer_above(lines: Sequence[Line], at: int) -> str:
    issuer = compact(lines[at - 1].text)
    before = compact(lines[at - 2].text)
    if not issuer.startswith("中共") and before.startswith("中共") and len(before) < 25:
        return before + issuer
    return issuer


def _issuer_lines(lines: Sequence[Line], signature: _Signature) -> set[int]:
    above = range(max(0, signature.index - 2), signature.index)
    return {
        lines[at].number
        for at in above
        if signature.issuer
        and compact(lines[at].text)
        and compact(lines[at].text) in signature.issuer
    }


def _trailing_issuer(body: Sequence[Line]) -> str | None:
    return next((compact(line.text) for line in reversed(body) if is_signature(line.text)), None)


def _begins_other_article(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    bare = compact(text)
    if _BYLINE.search(text):
        return True
    is_title = len(bare) <= 30 and not re.search(r"[。,;:]", bare) and _OTHER_TITLE.search(bare)
    return bool(is_title) and len(lines[at].cells) == 1 and not re.match(r"附件|\d", bare)


def _end_of_unsigned(lines: Sequence[Line], start: int) -> int:
    for at in range(start, len(lines)):
        if _begins_other_article(lines, at):
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
    return plain and len(line.cells) == 1 and line.blanks > 0 and not team_names.find(text)


def _end_of_attachments(lines: Sequence[Line], start: int) -> int:
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
