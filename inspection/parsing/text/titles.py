"""Where a notice may begin: its title, a headline about a round, or its first sentence."""

import re
from collections.abc import Sequence

from inspection.parsing.names import team_names
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, is_signature

_TITLE = re.compile(
    r"巡[察视][^。,;!?]{0,24}"
    r"(?:公告|通告|公示|预告)(?:发布|来了)?(?:\([^()]{1,14}\))?:?$|(?:公告|通告)[^。,;!?]{0,4}巡[察视]"
)
_BARE_TITLE = re.compile(r"^(?:更正|补充|延期)?(?:公告|通告)(?:\([^()]{1,14}\))?:?$")
_OTHER_NEWS = re.compile(
    r"任前|拟任|任职|任免|聘|反馈|整改|通报|会议|举行|培训|座谈|推进会|汇报|约谈|问责"
)
_TITLE_TAIL = re.compile(r"(?:委|轮|委员会|领导小组|办公室|届|次)$")
_ABOUT = re.compile(r"巡[察视]")
_HEADLINE = re.compile(
    r"轮|进驻|开展|启动|[省市县区旗州盟]委|党委|党组|动员|召开|工作|部署|接受|信访|受理"
)
_NO_HEADLINE = re.compile(r"[。,;:!?]|\d{5,}|^(?:第|\d{1,2}[.、]|[一二三四五六七八九十]{1,2}、|\()")
_ANNOUNCED = re.compile(r"^(?:公告|通告):[^。;]{0,30}巡[察视][^。;]{0,30}$")
_NO_CALL = re.compile(
    r"[。;]|[,、:]$|\d{5,}|^(?:根据|按照|经|为|现将)|^(?![^,!?:]{0,12}(?:发布|关注|提醒|快讯|权威|日报|周报|融媒|在线|时报):)[^,!?]{1,14}:|(?:巡[察视](?:对象|单位))$"
)
_BYLINE = re.compile(r"^[^。,]{0,12}讯\s?\(|^本报讯|^\s?\(?(?:本报)?(?:记者|通讯员)[ :]")
_MOST_TITLE = 60
_MOST_CALL = 45
_MOST_ABOVE = 8


def is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the title of a notice, and of no other news."""
    bare = compact(lines[index].text)
    if _ANNOUNCED.match(bare):
        return index < _MOST_ABOVE and len(bare) <= _MOST_TITLE
    if len(bare) > _MOST_TITLE or re.search(r"[。,;!?]|:.", bare):
        return False
    if _BARE_TITLE.match(bare):
        return any(_ABOUT.search(line.text) for line in lines[index + 1 : index + 4])
    return bool(_TITLE.search(bare)) and not _OTHER_NEWS.search(bare)


def headlines(lines: Sequence[Line]) -> list[int]:
    """Where a notice without the word 公告 may begin: a short line about a round."""
    found = [index for index in range(len(lines)) if _is_headline(lines[index])]
    if lines and len(lines) > 1 and _BYLINE.match(lines[1].text) and _is_news(lines[0]):
        return [0, *found]
    called = next((index for index in range(min(3, len(lines))) if _calls(lines, index)), None)
    return [called, *found] if called is not None and called not in found else found


def _is_news(line: Line) -> bool:
    """The headline of a report on one team: '区委第三巡察组进驻区水利局'."""
    bare = compact(line.text)
    return len(bare) <= _MOST_CALL and bool(_ABOUT.search(bare)) and not _NO_CALL.search(bare)


def _calls(lines: Sequence[Line], index: int) -> bool:
    """Whether a line at the top is a headline with marks in it: '欢迎监督！巡察受理信访'."""
    bare = compact(lines[index].text)
    is_short = 6 <= len(bare) <= _MOST_CALL and index + 1 < len(lines)
    return (
        is_short
        and bool(_ABOUT.search(bare))
        and not _NO_CALL.search(bare)
        and not _is_team(bare)
        and all(not _ABOUT.search(line.text) for line in lines[:index])
    )


def _is_headline(line: Line) -> bool:
    bare = compact(line.text)
    return (
        6 <= len(bare) <= _MOST_TITLE
        and len(line.cells) == 1
        and bool(_ABOUT.search(bare) and _HEADLINE.search(bare))
        and not _NO_HEADLINE.search(bare)
        and not is_signature(bare)
        and not labels.is_column_head(bare)
        and not _is_team(bare)
    )


def _is_team(bare: str) -> bool:
    """The name of a team, alone or at the head of its block."""
    size = team_names.length_at_start(bare)
    return bool(size) and (len(bare) == size or not _ABOUT.search(bare[size:]))


def first_sentence(lines: Sequence[Line]) -> int | None:
    """The line with which a notice without a title begins: the first that tells of a round."""
    return next((index for index, line in enumerate(lines) if _ABOUT.search(line.text)), None)


def _spaced(text: str) -> str:
    """A title with the spaces between its parts, but not those between its letters."""
    parts = text.split()
    is_spaced = all(len(part) > 2 or part in {"|", "丨", "·"} for part in parts)
    return " ".join(parts) if is_spaced else "".join(parts)


def whole_title(lines: Sequence[Line], index: int) -> tuple[str, int]:
    """The title with the line before it where a title stands on two lines."""
    title = _spaced(lines[index].text).rstrip(":")
    if index and lines[index].blanks <= 1:
        before = compact(lines[index - 1].text)
        starts = before.startswith("关于") and not title.startswith("关于")
        if len(before) <= 25 and (_TITLE_TAIL.search(before) or starts) and "。" not in before:
            return before + title, lines[index - 1].number
    return title, lines[index].number
