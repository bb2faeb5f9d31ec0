"""Finding the notice in a page that holds other articles too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspection.parsing.text.endings import (
    begins_other_article,
    end_of_attachments,
    end_of_unsigned,
    find_signature,
    issuer_lines,
    trailing_issuer,
)
from inspection.parsing.text.genres import looks_like, refuse_other_genres
from inspection.parsing.text.not_a_notice import NotANotice
from inspection.parsing.text.page_lines import Line, is_signature, split_lines
from inspection.parsing.text.titles import first_sentence, headlines, is_title, whole_title

_EVIDENCE = re.compile(
    r"受理|举报|电话|信箱|邮箱|截止|截至|来信|来访|来电|反映|意见箱|值班|短信|(?<!\d)1[3-9]\d{9}(?!\d)"
)
_LONGEST_LINE = 20_000
_MOST_CANDIDATES = 20
_DATE_AT_TOP = re.compile(
    r"^(?![^。]{0,80}(?:受理|截止|进驻|至))[^。]{0,30}?(?:发布|发表|更新|时间|日期|来源|发稿)[^。]{0,20}?(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
    r"|^[^。,;:]{0,10}(?:报|刊)\s[^。]{0,8}?(\d{4}年\d{1,2}月\d{1,2}日)"
    r"|^\s*(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)(?:\s|$)"
)


@dataclass(frozen=True, slots=True)
class Extent:
    """The lines of the notice: its title, its body, and the place of its signature.

    `date_text` is the date under the signature; `printed_date` one that the page prints as its
    own, with its line.
    """

    title: str | None
    title_line: int
    body: tuple[Line, ...]
    issuer: str | None
    date_text: str | None
    signature_line: int | None
    printed_date: tuple[str, int] | None = None


def find_notice(page: str) -> Extent:
    """The notice on the page. Raises NotANotice for a page without one."""
    lines = split_lines(page)
    if not lines:
        raise NotANotice("文件是空的，没有可读的公告。")
    _refuse_endless(lines)
    refusal: NotANotice | None = None
    for extent in _candidates(lines):
        text = "\n".join(line.text for line in extent.body)
        if not _EVIDENCE.search(text):
            continue
        try:
            refuse_other_genres(extent.title, text, extent.title_line)
        except NotANotice as other:
            refusal = refusal or other
            continue
        return extent
    raise refusal or _no_notice(lines)


def _no_notice(lines: Sequence[Line]) -> NotANotice:
    about = next((line.number for line in lines if re.search(r"巡[察视]", line.text)), None)
    text = "\n".join(line.text for line in lines[:200])
    kind = looks_like(lines[0].text if len(lines[0].text) < 60 else None, text)
    if about is None:
        return NotANotice(f"页面里没有巡察或巡视公告{kind}。", lines[0].number)
    reason = f"提到了巡察，但没有说明怎样反映问题、受理到什么时候，不是巡察公告{kind}。"
    return NotANotice(reason, about)


def _candidates(lines: Sequence[Line]) -> Iterator[Extent]:
    """Where the notice may stand: under its title, a headline, or without either."""
    titles = [index for index in range(len(lines)) if is_title(lines, index)]
    for index in titles[:_MOST_CANDIDATES]:
        yield _extent(lines, index)
    if titles:
        return
    heads = headlines(lines)
    first = first_sentence(lines)
    if first is not None and (not heads or first < heads[0]):
        yield _untitled(lines, first)
    for index in heads[:_MOST_CANDIDATES]:
        yield _extent(lines, index)
    if first is not None and heads and first >= heads[0]:
        yield _untitled(lines, first)


def _refuse_endless(lines: Sequence[Line]) -> None:
    """No page has lines of this length, and nobody could check what is read from one."""
    for line in lines:
        if len(line.text) > _LONGEST_LINE:
            raise NotANotice(f"这一行有{len(line.text)}个字，不像一页公告。", line.number)


def _untitled(lines: Sequence[Line], first: int) -> Extent:
    """A notice whose text begins at once, with the lines that belong to it above."""
    start = first
    while (
        start > 0
        and first - start < 6
        and lines[start].blanks <= 1
        and not (begins_other_article(lines, start - 1))
    ):
        start -= 1
    return _extent(lines, start - 1, title=False)


def _extent(lines: Sequence[Line], index: int, *, title: bool = True) -> Extent:
    words, number = whole_title(lines, index) if title else (None, lines[index + 1].number)
    signature = find_signature(lines, index)
    if signature:
        stop = end_of_attachments(lines, signature.index + 1)
    else:
        stop = end_of_unsigned(lines, index + 1)
    body = list(lines[index + 1 : stop])
    issuer = signature.issuer if signature else trailing_issuer(body)
    if signature:
        cut = {signature.index, *issuer_lines(lines, signature)}
        body = [line for at, line in enumerate(lines[index + 1 : stop], index + 1) if at not in cut]
    elif body and _signs(body[-1].text):
        body = body[:-1]
    top = [*lines[max(0, index - 2) : max(0, index)], *lines[index + 1 : index + 4]]
    return Extent(
        words,
        number,
        tuple(body),
        issuer,
        signature.date_text if signature else None,
        lines[signature.index].number if signature else None,
        _printed_date(top),
    )


def _signs(text: str) -> bool:
    """Whether the last line of a notice without a date is its signature and nothing else."""
    return is_signature(text) and text.startswith("中共") and text.endswith("办公室")


def _printed_date(lines: Sequence[Line]) -> tuple[str, int] | None:
    for line in lines:
        if len(line.text) < 80 and (match := _DATE_AT_TOP.search(line.text)):
            return match[1] or match[2] or match[3], line.number
    return None
