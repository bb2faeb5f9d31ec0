"""Who is named and not accused: reporters, witnesses, those told, those harmed, relatives. Pure."""

import re
from collections.abc import Iterator
from itertools import islice

from intake.casework.proposing.people.naming import name_at

MOST = 100
CLAUSE_END = re.compile(r"[,。;:!?\n\"“”…()]")
_NEAR = 14

# Whoever follows these names himself, vouches for something, or belongs to the reporter.
_NOT_ACCUSED = re.compile(
    "我叫|我名叫|我姓名|我是|俺叫|俺是|咱是|本人|反馈人"
    "|(?<!被)(?:反映|举报|信访|投诉|控告|检举|申诉|来信|联系|见证|证明|知情|报案|受害|被害|当事)人(?:姓名)?|署名|落款|证人|作证|可以证明"
    "|可以找|可找|可问|[我俺咱](?:们)?(?:家|的)?(?:爸|爹|父亲|妈|娘|母亲|丈夫|老公|妻子|妻弟|妻哥|媳妇|老婆|对象|儿子|女儿|哥|弟|姐|妹|大哥|弟弟|哥哥|姐姐|妹妹|叔叔?|伯父?|爷爷|奶奶|姑父?|舅舅|邻居|同事|朋友|亲戚|孩子)"
)
# How far behind these words a name is looked for, in the same clause; and through a colon.
_NAME_WITHIN = 18

# Right before a mention: he is asked, thanked, harmed or cleared.
_LEADS = re.compile(
    "(?:尊敬的|敬爱的|感谢|多谢|告诉|通知|请示|打电话给|等|不是|并非|不是说)$"
    "|(?:找|问|请|求|请求|恳求|去找|我问)(?:过|到|了)?(?:[^,。]{0,8}的)?$"
    "|(?:[把将]|打|打了|打伤|打成|殴打|骂|骂了|辱骂|欺负|逼|逼走|开除|威胁|报复|诬陷|冤枉|陷害|撤了|免了)$"
)
_TOLD_LEAD = re.compile("(?:向|跟|给|和|同|与|对)(?:了)?$")
_TOLD_TAIL = re.compile(
    "[^,。;]{0,4}(?:反映|汇报|报告|举报|说明|说过|投诉|请示|求助|讲过|提过|谈过|无关|没有?关系)"
)
_TAIL = re.compile(
    "[^,。;]{0,6}(?:无关|没有?关系|是清白|是冤枉|作证|可证明|可以证明|知道此事|知情|在场|看见|亲眼)"
    "|[^,。;]{0,3}(?:是好人|人好|人不错|很好|不知情|清廉|公道)|被(?![查抓捕举双])"
)
_RELATIVE = re.compile(
    "(?:他|她|家)?的?(?:大|二|三|小|长|次|亲|干|老)?(?:儿子|女儿|闺女|妻子|妻弟|妻哥|媳妇|儿媳|老婆|丈夫|老公|老伴|弟弟|哥哥"
    "|妹妹|姐姐|舅子|内弟|侄子|侄女|外甥|女婿|亲戚|亲属|父亲|母亲|爹|妈|娘|岳父|岳母|丈母娘"
    "|司机|亲家|家属|家人|朋友|同学|秘书|连襟|姐夫|妹夫|姨子|孙子|嫂子|弟媳|表弟|表哥|堂弟|堂哥|弟|哥|侄)"
)


def names_of_bystanders(text: str) -> set[str]:
    """The names of reporters and of those who vouch for what they say."""
    return {
        name
        for found in islice(_NOT_ACCUSED.finditer(text), MOST)
        for name in _behind(text, found.end())
    }


def _behind(text: str, at: int) -> Iterator[str]:
    """The first name in the clause, and those that are listed behind it."""
    at += text[at : at + 1] in (":", " ")
    end = CLAUSE_END.search(text, at)
    last = min(at + _NAME_WITHIN, end.start() if end else len(text))
    for start in range(at, last):
        stop = name_at(text, start)
        if stop is None:
            continue
        yield text[start:stop]
        while text[stop : stop + 1] == "、" and (following := name_at(text, stop + 1)):
            yield text[stop + 1 : following]
            stop = following
        return


def is_bystander(text: str, start: int, end: int) -> bool:
    """Whether who is mentioned from `start` to `end` is here not accused of anything."""
    lead = CLAUSE_END.split(text[max(0, start - _NEAR) : start])[-1]
    tail = text[end : end + _NEAR]
    if _TOLD_LEAD.search(lead) and _TOLD_TAIL.match(tail):
        return True
    return bool(_LEADS.search(lead) or _TAIL.match(tail))


def is_only_related(text: str, end: int) -> bool:
    """Whether the words behind a mention are about a relative or a friend of whom it mentions."""
    return bool(_RELATIVE.match(text, end))
