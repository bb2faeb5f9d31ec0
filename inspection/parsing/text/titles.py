"""Where a notice may begin: its title, or a headline about a round."""

import re
from collections.abc import Sequence

from inspection.parsing.text.page_lines import Line, compact, is_signature

_TITLE = re.compile(r"巡[察视].*(?:公告|通告|公示|预告)$")
_BARE_TITLE = re.compile(r"^(?:公告|通告)$")
_OTHER_NEWS = re.compile(
    r"任前|拟任|任职|任免|聘|反馈|整改|通报|动员|会议|召开|举行|培训|座谈|推进会|部署会|汇报|约谈|问责|培训"
)
_TITLE_TAIL = re.compile(r"(?:委|轮|委员会|领导小组|办公室|届|次)$")
_MOST_TITLE = 60


def is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the title of a notice, and of no other news."""
    bare = compact(lines[index].text)
    if len(bare) > _MOST_TITLE or re.search(r"[。,;:!?]", bare):
        return False
    if _BARE_TITLE.match(bare):
        return any(re.search(r"巡[察视]", line.text) for line in lines[index + 1 : index + 4])
    return bool(_TITLE.search(bare)) and not _OTHER_NEWS.search(bare)


def headlines(lines: Sequence[Line]) -> list[int]:
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


def whole_title(lines: Sequence[Line], index: int) -> tuple[str, int]:
    """The title with the line before it where a title stands on two lines."""
    title = compact(lines[index].text)
    if index and lines[index].blanks <= 1:
        before = compact(lines[index - 1].text)
        starts = before.startswith("关于") and not title.startswith("关于")
        if len(before) <= 25 and (_TITLE_TAIL.search(before) or starts) and "。" not in before:
            return before + title, lines[index - 1].number
    return title, lines[index].number
