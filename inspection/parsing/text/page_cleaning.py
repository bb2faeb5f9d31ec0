"""A page as it was copied, made plain: tags taken out, old characters, lines put apart."""

import re

from inspection.body_search.characters import SIMPLIFIED

_TAG_BREAK = re.compile(r"<\s{0,3}(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]{0,60}>", re.IGNORECASE)
_TAG_CELL = re.compile(r"</t[dh]\b[^<>]{0,60}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|<!--[^<>]{0,300}-->")
_ENTITIES = {
    "&nbsp;": " ", "&ensp;": " ", "&emsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">",
    "&quot;": "”", "&ldquo;": "“", "&rdquo;": "”", "&mdash;": "—", "&middot;": "·", "&#160;": " ",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:[a-z]{2,6}|#\d{2,4});")
# Characters that only a text in the old forms has many of.
_OLD = frozenset("縣區黨舉電話視組單開進駐時間對辦處級鎮鄉")
_FEWEST_OLD = 8
_TITLE_AND_TEXT = re.compile(
    r"^(\s*[^\s。,,;；:：]{0,40}?巡[察视視][^\s。,,;；:：]{0,12}?(?:公告|通告|公示)(?:[((][^()()]{1,12}[))])?)(?:[:：]\s*|\s+)(?=\S{8})"
)
_TEXT_AND_SIGNATURE = re.compile(
    r"([。;；))]\s*|\S\s+)((?:中共|中国共产党|[\u4e00-\u9fff]{1,10}[省市县區区旗州]委)[^\s。,,;；:：]{0,40}(?:办公室|巡[察视視]办|委员会|领导小组|组|[省市县區区]委|党委|党组))\s*[,,]?\s*"
    r"(\(?\d{4}年\d{1,2}月\d{1,2}日\)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)?\s*$"
)
_LONG = 60


def plain(page: str) -> str:
    """The page without tags and entities, in simplified characters; lines stay where they are."""
    if "<" in page:
        page = _TAG.sub("", _TAG_CELL.sub("\t", _TAG_BREAK.sub(" ", page)))
    if "&" in page:
        page = _ENTITY.sub(lambda match: _ENTITIES.get(match.group(), " "), page)
    if sum(char in _OLD for char in page[:20_000]) >= _FEWEST_OLD:
        page = page.translate(SIMPLIFIED)
    return page


def put_apart(line: str) -> list[str]:
    """A line that holds the title, the text and the signature, cut between them."""
    parts = []
    if len(line) > _LONG and (title := _TITLE_AND_TEXT.match(line)):
        parts.append(title[1])
        line = line[title.end() :]
    if len(line) > _LONG and (end := _TEXT_AND_SIGNATURE.search(line[-120:])):
        cut = len(line) - len(line[-120:]) + end.start(2)
        return [*parts, line[:cut].rstrip(), line[cut:].strip()]
    return [*parts, line]
