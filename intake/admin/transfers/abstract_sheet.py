"""The form of an abstract, with what somebody else saved since it was opened, field by field."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

from django.http.request import QueryDict

from intake.admin.transfers.list_forms import AbstractForm
from intake.admin.writing.decided_fields import Deciding, Line
from intake.report.case_comparing import differences, merged
from intake.report.documents import UnreadableReport
from intake.report.transfer_words import ENTRY_FIELDS, EntryWords

# What the page had shown, and after a refusal, what it had shown before that.
SHOWN, SHOWN_BEFORE = "initial-entry", "initial-entry-before"


class AbstractSheet:
    """`shown` is what stands; `before` what the first page showed, where another saved since."""

    def __init__(self, form: AbstractForm, shown: EntryWords | None) -> None:
        self.form = form
        self.shown = shown
        self.before: EntryWords | None = None
        self.deciding = Deciding()

    @classmethod
    def opened(cls, words: EntryWords, stands: EntryWords) -> Self:
        """`words` are those of the form, which may only be proposed yet."""
        return cls(AbstractForm(words), stands)

    @classmethod
    def typed(cls, data: QueryDict) -> Self:
        sheet = cls(AbstractForm(data=data), _carried(data, SHOWN))
        sheet.before = _carried(data, SHOWN_BEFORE)
        sheet.deciding = Deciding.typed(data, ENTRY_FIELDS)
        return sheet

    def is_valid(self) -> bool:
        """Also whether each field that two changed is decided."""
        if not self.form.is_valid() or self.shown is None or self.before is None:
            return self.form.is_valid()
        mine = self.form.words()
        fields = ENTRY_FIELDS
        return self.deciding.is_done(fields, before=self.before, theirs=self.shown, mine=mine)

    def words(self) -> EntryWords:
        """Of a valid sheet."""
        return replace(self.form.words(), **self.deciding.theirs())

    def over(self, theirs: EntryWords) -> "AbstractSheet":
        """Everything that was typed in this valid sheet, over what stands now."""
        mine = self.words()
        found = differences(ENTRY_FIELDS, before=self.shown, theirs=theirs, mine=mine)
        sheet = AbstractSheet(AbstractForm(merged(found, mine=mine)), theirs)
        sheet.before, sheet.deciding = self.shown or EntryWords(), Deciding(found)
        return sheet

    def lines(self) -> Iterator[Line]:
        return self.deciding.lines(self.form)

    def hidden(self) -> Iterator[tuple[str, str]]:
        """What the page has to bring along, so that nothing is overwritten unseen."""
        for name, words in ((SHOWN, self.shown), (SHOWN_BEFORE, self.before)):
            if words is not None:
                yield name, words.to_bytes().decode()


def _carried(data: QueryDict, name: str) -> EntryWords | None:
    try:
        return EntryWords.from_bytes(data.get(name, "").encode())
    except UnreadableReport:
        return None
