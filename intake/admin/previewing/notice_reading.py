"""A text as read, with everything that a person decided about it so far."""

from dataclasses import dataclass
from typing import Self

from django.http.request import QueryDict

from inspection.loading import (
    CannotLoad,
    Outcome,
    StillInUse,
    find_round,
    open_errors,
    read_notice,
    rehearse,
)
from inspection.models import Round
from inspection.notice import Finding, Notice
from inspection.parsing.sources.tracing import Traced, trace
from inspection.revising.edits import Edits
from inspection.revising.revisable import WrongValue
from intake.admin.previewing.correcting_things import Decided, decided
from intake.admin.previewing.notice_form import NoticeForm
from intake.admin.previewing.saying_words import MEANING, SAY, TEAM, WORDS, say
from intake.admin.previewing.shown_reading import settled_fields


@dataclass(frozen=True, slots=True)
class Reading:
    """`round` is the one that this notice announced, if it is loaded already.

    `problem` says why the words that were selected cannot be what they were said to be.
    """

    text: str
    notice: Notice
    settled: dict[str, str]
    round: Round | None
    decided: Decided
    problem: str = ""

    @classmethod
    def of(cls, form: NoticeForm, post: QueryDict) -> Self:
        """With what was pressed. Raises NotANotice or BadSetting."""
        text, edits = form.cleaned_data["text"], form.cleaned_data["edits"]
        notice, settled = read_notice(text, form.settled())
        problem = ""
        if SAY in post:
            try:
                edits, days = _said(post, edits, notice, settled)
            except WrongValue as error:
                problem = str(error)
            else:
                notice, settled = read_notice(text, {**form.settled(), **days})
        press = decided(post, notice, edits)
        return cls(text, notice, settled, find_round(notice), press, problem)

    @property
    def edits(self) -> Edits:
        """All decisions so far."""
        return self.decided.edits

    @property
    def now(self) -> Notice:
        """The notice as it would be loaded."""
        return self.decided.revised.notice

    @property
    def corrected(self) -> Notice | None:
        """What a person made of it; None where it stands as it was read."""
        return self.now if self.edits else None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What nobody settled."""
        return open_errors(self.now, self.round)

    def traced(self) -> Traced:
        """Each field with its words, and who decided it."""
        return settled_fields(trace(self.text, self.now), self.decided.revised, self.edits)

    def rehearsed(self) -> tuple[Outcome | None, str]:
        """What loading would change, or why it is refused."""
        if self.errors:
            return None, ""
        try:
            return rehearse(self.notice, corrected=self.corrected, settled=self.settled), ""
        except (CannotLoad, StillInUse) as error:
            return None, str(error)


def _said(
    post: QueryDict, edits: Edits, notice: Notice, settled: dict[str, str]
) -> tuple[Edits, dict[str, str]]:
    year = settled.get("year") or (notice.round.notice_date or "X")[:4]
    known = year if year.isdecimal() else None
    return say(post.get(WORDS, ""), post.get(MEANING, ""), post.get(TEAM, ""), edits, known)
