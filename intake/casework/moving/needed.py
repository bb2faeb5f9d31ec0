"""What a move must bring along: the facts that are judged first, and the words of the deed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.casework.moving.move_table import Need
from intake.choices import Handling, Nature
from intake.models import Submission


class Missing(Exception):
    """Something must be filled first: a sentence for each field; nothing was done."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__("、".join(sentences))
        self.sentences = dict(sentences)


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What a member filled in for a move. The words are sealed into the case file."""

    handling: str = ""
    opinion: str = ""
    reason: str = ""
    result: str = ""

    def words(self) -> dict[str, str]:
        """Of each field with words, by its name."""
        written = {one.name: getattr(self, one.name).strip() for one in fields(self)}
        return {name: words for name, words in written.items() if name != "handling" and words}


SENTENCES: dict[Need, Any] = {
    Need.HANDLING: _("请选拟办的处理方式。"),
    Need.OPINION: _("请写意见。"),
    Need.REASON: _("请写理由。"),
    Need.RESULT: _("请写办理结果。"),
}
# More than a page of paper; longer words belong into the case file's own fields.
LONGEST_WORDS_OF_A_DEED = 2000
_WORDS = (Need.OPINION, Need.REASON, Need.RESULT)


def missing_for(needs: tuple[Need, ...], item: Submission, given: Given) -> dict[str, str]:
    """A sentence for each field that a move of this item still lacks."""
    words, found = given.words(), {}
    for need in needs:
        if need is Need.JUDGED and (unjudged := not_judged(item)):
            found[need.value] = _("还没有甄别：%s。请先填好再办。") % "、".join(unjudged)
        is_unchosen = need is Need.HANDLING and given.handling not in Handling.values
        if is_unchosen or (need in _WORDS and need.value not in words):
            found[need.value] = str(SENTENCES[need])
    return found


def not_judged(item: Submission) -> list[str]:
    """What must be judged before anything is proposed, in words.

    The scope is not: 待核 is a judgement too, of a village whose town is inspected.
    """
    lacking = {
        "信访件性质": not item.nature,
        "主要问题": item.nature == Nature.ACCUSATION and item.main_problem_id is None,
    }
    return [words for words, lacks in lacking.items() if lacks]
