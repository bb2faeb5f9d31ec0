"""Places in sentences: where one begins and ends, and lists of them taken apart."""

import re

from inspection.parsing.words.box_words import NO_PLACE, PLACE_END

_NO_PLACE = re.compile(NO_PLACE)
_PLACE_END = re.compile(PLACE_END)
_IN = re.compile(r"(?:^|(?<=[,;。:、(])|(?<=[并时还将组别另已均期间可以们,]))(?:在|于|向|到)")
_TAIL = re.compile(r"(?:等处|等地|等位置|等|处)?(?:分别|各|均|统一|都)*$")
# 处 is a word of its own in 还书处, as it is in 办事处.
_OWN_PLACE_WORD = re.compile(
    r"[还售领取缴收借登问导分]\w?处$|(?:办事|管理|办公|接待|服务|登记|挂号|收费)处$"
)
_PLACE_TAIL = re.compile(r"(?:分别|各|均|统一|都)*$")
_AMOUNT = re.compile(r"(?:共)?(?:\d{1,3}|[一二三四五六七八九十两])个?$")
_LEAD = re.compile(r"^(?:分别|各|均|并|同时|还|另外?|专门|以及|和(?!平)|及|位于|设在|设于|在)+")


def place_before(text: str) -> str | None:
    """The place with which a text ends, 'in' left out; None where no place is named."""
    return places_before(text) or None


def places_before(text: str) -> str:
    """The words of the place or places with which a text ends; '' without one."""
    text = _AMOUNT.sub("", text.rstrip(" ,"))
    text = re.split(r"[。;]", text)[-1]
    found = list(_IN.finditer(text))
    words = text[found[-1].end() :] if found else text.split(",")[-1]
    whole = _LEAD.sub("", words.strip(" ,、:"))
    words = _PLACE_TAIL.sub("", whole) if _OWN_PLACE_WORD.search(whole) else _TAIL.sub("", whole)
    if not found and (len(words) < 4 or not _PLACE_END.search(words)):
        return ""
    return "" if _NO_PLACE.search(words) or len(words) < 3 else words


def is_place(words: str) -> bool:
    """Whether words can be a place of their own, not one in every body."""
    return 2 < len(words) < 80 and not _NO_PLACE.search(words)


def cut_outside(text: str, marks: str) -> list[str]:
    """A text cut at each of some marks that stand in no brackets or quotes."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "(“") - (char in ")”")
        depth = max(depth, 0)
        if char in marks and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def trimmed(value: str) -> str:
    """Without marks at its ends; a closing bracket stays where it belongs to an opening one."""
    value = value.strip(" ,;。、:“”—–-")
    if value.endswith(")") and value.count("(") < value.count(")"):
        value = value[:-1].rstrip()
    if value.endswith("("):
        value = value[:-1].rstrip()
    if value.startswith("(") and value.endswith(")") and value.count("(") == 1:
        value = value[1:-1]
    return value
