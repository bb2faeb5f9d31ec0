"""Finding the notice in a page that holds other articles too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspection.parsing.text.endings import (
    end_of_attachments,
    end_of_unsigned,
    find_signature,
    issuer_lines,
    trailing_issuer,
)
from inspection.parsing.text.not_a_notice import NotANotice
from inspection.parsing.text.page_lines import Line, split_lines
from inspection.parsing.text.titles import headlines, is_title, whole_title

_EVIDENCE = re.compile(r"受理|举报|电话|信箱|邮箱|截止|来信|来访|来电|反映")
_LONGEST_LINE = 10_000


@dataclass(frozen=True, slots=True)
class Extent:
    """The lines of the notice: its title, its body, and the place of its signature."""

    title: str
    title_line: int
    body: tuple[Line, ...]
    issuer: str | None
    date_text: str | None
    signature_line: int | None


def find_notice(page: str) -> Extent:
    """The notice on the page. Raises NotANotice for a page without one."""
    lines = split_lines(page)
    if not lines:
        raise NotANotice("文件是空的，没有可读的公告。")
    _refuse_endless(lines)
    candidates = [index for index in range(len(lines)) if is_title(lines, index)]
    for index in candidates or headlines(lines):
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


def _extent(lines: Sequence[Line], index: int) -> Extent:
    title, title_line = whole_title(lines, index)
    signature = find_signature(lines, index)
    if signature:
        stop = end_of_attachments(lines, signature.index + 1)
    else:
        stop = end_of_unsigned(lines, index + 1)
    body = list(lines[index + 1 : stop])
    if signature:
        cut = {lines[signature.index].number, *issuer_lines(lines, signature)}
        body = [line for line in body if line.number not in cut]
    return Extent(
        title,
        title_line,
        tuple(body),
        signature.issuer if signature else trailing_issuer(body),
        signature.date_text if signature else None,
        lines[signature.index].number if signature else None,
    )
