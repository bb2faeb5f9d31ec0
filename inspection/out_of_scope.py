"""What a notice says is done with matters outside its round: one entry each. Pure."""

from dataclasses import dataclass

from inspection.coded import Coded


@dataclass(frozen=True)
class OutOfScopeFacts:
    """`word` is the staff's, `sentence` the citizens' page's."""

    word: str
    sentence: str


class OutOfScope(Coded):
    """The codes are the contract's."""

    facts: OutOfScopeFacts

    # What the rules of complaints ask of an office whose notice says nothing else, too.
    TRANSFER = (
        "transfer",
        OutOfScopeFacts("移交有关部门", "不在本轮范围的，将按规定移交有关部门办理。"),
    )
    REFUSE = (
        "refuse",
        OutOfScopeFacts("不予受理", "不在本轮范围的，公告写明不予受理，请向有关部门反映。"),
    )
    BODY = (
        "body",
        OutOfScopeFacts("由被巡察单位处理", "不在本轮范围的，公告写明由被巡察单位处理。"),
    )
