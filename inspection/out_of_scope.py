"""What a notice says is done with matters outside its round: one entry each. Pure."""

from enum import StrEnum
from typing import Any, Self

# A rule is looked up by its code alone, which a type checker takes for the making of one.
_LOOKED_UP: Any = None


class OutOfScope(StrEnum):
    """The codes are the contract's. `word` is the staff's, `sentence` the citizens' page's."""

    word: str
    sentence: str

    def __new__(cls, code: str, word: str = _LOOKED_UP, sentence: str = _LOOKED_UP) -> Self:
        rule = str.__new__(cls, code)
        rule._value_ = code
        rule.word = word
        rule.sentence = sentence
        return rule

    # What the rules of complaints ask of an office whose notice says nothing else, too.
    TRANSFER = "transfer", "移交有关部门", "不在本轮范围的，将按规定移交有关部门办理。"
    REFUSE = "refuse", "不予受理", "不在本轮范围的，公告写明不予受理，请向有关部门反映。"
    BODY = "body", "由被巡察单位处理", "不在本轮范围的，公告写明由被巡察单位处理。"
