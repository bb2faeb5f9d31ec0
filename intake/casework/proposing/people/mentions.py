"""Where people are mentioned by post, by both, or right behind 'I accuse'. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from intake.casework.proposing.people.naming import is_surname_before, name_at
from intake.casework.proposing.people.posts import BODY_END, POST
from intake.casework.proposing.written import Found, Passage

# More people than any letter names; the rest of a list that was pasted is left to the clerk.
MOST = 150
_LONGEST_BODY = 24

# Anybody's own body: it names none.
_ANY_BODY = (
    "大队",
    "社区",
    "学校",
    "公司",
    "医院",
    "支部",
    "街道",
    "村委会",
    "中心",
    "集团",
    "机关",
    "两委",
    "驻村",
)
# The last of these before a body begins the words that are no part of it.
_LEAD = re.compile(
    "举报|反映|控告|揭发|检举|状告|关于|我们|俺们|咱们|他们|我是|就是|现任|原任|时任|担任|任过|曾任|身为|作为|这个|那个|名叫|就任|兼任"
    "|感谢|多谢|年|月(?!亮)|日(?!照)|实名|请问|表示|还有|以及|包括|由于|因为|但是|而且|听说|发现"
    "|[叫由被向让找给的跟及是了有对俺我咱恁该系任你他把将请问从等原前称说]|本(?=[村镇乡局院校公社])|和(?!平|规划|信息化|社会|改革|旅游|卫生|城乡|体育|综合|计划)|与"
)
_BETWEEN = re.compile(r"[:( ]?(?:名叫|叫|是|为|姓名)?[:]?")
_LINK = re.compile(
    r"(?:同志|先生|女士)?(?:[,( :]|就是|是|任|担任|现任|时任|原任|身为|作为|系|为)(?:现|原)?\Z"
)
_AFTER_NAME = re.compile("^(?:同志|先生|女士)?[(,: 是任担现时原身为作系就]{0,4}")
# '书记兼主任': two posts of one person.
_OF_ONE = ("兼", "兼任", "、", ",")
_FAMILIAR = re.compile(
    "老(?=.(?:头|某|[^\u4e00-\u9fff]|[和与及、在把将又的说是让收拿打也都就还被从]|$))"
)
_CUE = re.compile(
    "(?:被(?:反映|举报|控告|检举|投诉)人|(?:反映|举报|控告)对象)(?:姓名|名字)?(?:是|为|叫)?[: ]?"
    "|(?:实名|我要|现|特|来信|写信|联名)?(?:举报|控告|检举|揭发|状告)[: ]?"
    "|反映(?!人|对象|情况|问题)[: ]?"
)
# A name right before one of these, at the beginning of a clause, is whoever did it.
_DEED = re.compile(
    "贪污|受贿|行贿|索贿|挪用|侵占|侵吞|收受|索要|套取|骗取|冒领|虚报|截留|克扣|霸占|强占|私分|私吞|殴打|打人|欺压|赌博|嫖娼|酒驾|滥用|徇私|包养"
)
_NAME_LENGTHS = (3, 2, 4)
_LEFT_OF_NAME = (
    "的了是叫和与及跟由被对向让找给把将原报映告发任请问村庄镇乡街局司集院校所站厂社区员组部科处里、"
)


@dataclass(frozen=True, slots=True, repr=False)
class Mention:
    """One person in one place; `unit` is the bare word before a post, '村' of '我村书记'."""

    text: Passage
    span: tuple[int, int]
    name: str = ""
    post: str = ""
    body: str = ""
    unit: str = ""

    @property
    def found(self) -> Found:
        return self.text.found(*self.span)


def by_post(text: Passage) -> Iterator[Mention]:
    """Each post with the name and the body that stand beside it."""
    before: Mention | None = None
    seen_to = 0
    for post in islice(POST.finditer(text.folded), MOST):
        mention = _at_post(text, post, seen_to)
        between = text.folded[seen_to : post.start()]
        if before and not before.name and mention.name and between in _OF_ONE:
            mention = replace(mention, body=before.body, unit=before.unit)
        before, seen_to = mention, mention.span[1]
        yield mention
        if mention.name and text.folded[:seen_to].endswith(mention.name):
            for listed in _listed(text, seen_to):
                seen_to = listed.span[1]
                yield listed


def _listed(text: Passage, at: int) -> Iterator[Mention]:
    """The names behind a name: '村干部张三、李四'."""
    while text.folded[at : at + 1] == "、" and (end := name_at(text.folded, at + 1)):
        yield Mention(text, (at + 1, end), name=text.folded[at + 1 : end])
        at = end


def by_cue(text: Passage) -> Iterator[Mention]:
    """Each name right behind a word that accuses."""
    for cue in islice(_CUE.finditer(text.folded), MOST):
        end = name_at(text.folded, cue.end())
        if end is not None:
            yield Mention(text, (cue.end(), end), name=text.folded[cue.end() : end])


def by_deed(text: Passage) -> Iterator[Mention]:
    """Each name that stands alone before what was done: '王二贪污'."""
    for deed in islice(_DEED.finditer(text.folded), MOST):
        if span := _free_name_to(text.folded, deed.start(), 0):
            yield Mention(text, span, name=text.folded[slice(*span)])


def _at_post(text: Passage, post: re.Match[str], seen_to: int) -> Mention:
    folded, start, end = text.folded, post.start(), post.end()
    body_from = _body_from(folded, start, seen_to)
    body, unit = _body_or_unit(folded[body_from:start])
    if behind := _name_behind(folded, end):
        first, last = behind
        return Mention(text, (body_from, last), folded[first:last], post[0], body, unit)
    if before := _name_before(folded, start, body_from, seen_to):
        first, last = before
        body, unit = _body_or_unit(_AFTER_NAME.sub("", folded[last:start]))
        # '刘家庄村赵大勇书记'
        body = body or _body_or_unit(folded[body_from:first])[0]
        return Mention(text, (first, end), folded[first:last], post[0], body, unit)
    if is_surname_before(folded, start) and start - 1 >= seen_to:
        body = _body_or_unit(folded[body_from : start - 1])[0]
        return Mention(text, (start - 1, end), folded[start - 1], post[0], body)
    return Mention(text, (body_from, end), "", post[0], body, unit)


def _body_or_unit(words: str) -> tuple[str, str]:
    """A body that is named; else the bare word, '村', that only tells what kind it is."""
    words = words.removeprefix("某")
    if not words.endswith(BODY_END):
        return "", ""
    return ("", words) if len(words) < 2 or words in _ANY_BODY else (words, "")


def _body_from(folded: str, start: int, seen_to: int) -> int:
    """Where the body begins whose post begins at `start`; `start` where none stands there."""
    at = max(seen_to, start - _LONGEST_BODY)
    run = re.split(r"[^0-9\u4e00-\u9fff]", folded[at:start])[-1]
    for lead in _LEAD.finditer(run):
        rest = run[lead.end() :]
        if not rest or rest.endswith(BODY_END):
            last = lead.end()
            run_from = start - len(run) + last
            inner = [found.end() for found in _LEAD.finditer(rest)]
            return run_from + (inner[-1] if inner else 0)
    return start - len(run) if run.endswith(BODY_END) else start


def _name_behind(folded: str, end: int) -> tuple[int, int] | None:
    between = _BETWEEN.match(folded, end)
    at = between.end() if between else end
    for first in dict.fromkeys((at, end)):
        last = name_at(folded, first)
        if last is not None:
            return first, last
    if familiar := _FAMILIAR.match(folded, at):
        first = familiar.end()
        return (first, first + 1) if is_surname_before(f"的{folded[first]}", 2) else None
    return None


def _name_before(folded: str, start: int, body_from: int, seen_to: int) -> tuple[int, int] | None:
    """'李四(副镇长', '李四,青石镇镇长', '李四是镇长', '李四镇长', '刘家庄村赵大勇书记'."""
    linked = _LINK.search(folded[max(0, body_from - 4) : body_from])
    ends = [start]
    if linked:
        ends.insert(0, max(0, body_from - 4) + linked.start())
    for end in ends:
        if span := _free_name_to(folded, end, seen_to):
            return span
    return None


def _free_name_to(folded: str, end: int, seen_to: int) -> tuple[int, int] | None:
    """The name that ends at `end` and begins where a name may."""
    near = folded[max(seen_to, end - max(_NAME_LENGTHS)) : end]
    for length in _NAME_LENGTHS:
        first = end - length
        is_name = length <= len(near) and name_at(near, len(near) - length) == len(near)
        if is_name and _is_free(folded, first):
            return first, end
    return None


def _is_free(folded: str, first: int) -> bool:
    """Whether a name may begin here: at a sign, or behind a word that ends."""
    before = folded[first - 1 : first]
    return not before or not "\u4e00" <= before <= "\u9fff" or before in _LEFT_OF_NAME
