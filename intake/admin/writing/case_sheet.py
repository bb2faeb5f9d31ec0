"""The form of the case file, as it was opened, as it was typed, or after somebody else saved."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http.request import QueryDict

from intake.admin.writing.case_form import (
    WordsForm,
    accused_in,
    are_different_people,
    number_in,
    rows_of,
)
from intake.admin.writing.decided_fields import Deciding, Line, Meanwhile
from intake.casework.case_files import CaseChangedMeanwhile, OpenedCase, Seen
from intake.report.case_comparing import Difference
from intake.report.case_words import ACCUSED_FIELDS, TYPED_FIELDS, CaseWords
from intake.report.documents import UnreadableReport

# What the page had shown, and where others changed it since, what it had shown before that.
SHOWN, SHOWN_BEFORE, VERSION = "initial-case", "initial-case-before", "initial-version"


class CaseSheet:
    """The form with its rows of accused, and what others changed since it was opened."""

    def __init__(self, words: WordsForm, rows: Any, shown: CaseWords | None, version: int) -> None:
        self.words = words
        self.rows = rows
        self.shown = shown
        self.version = version
        self.main = 0
        self.before: CaseWords | None = None
        self.deciding = Deciding()

    @classmethod
    def opened(cls, case: OpenedCase) -> "CaseSheet":
        return cls(*_filled_in(case.words), case.words, case.version)

    @classmethod
    def typed(cls, data: QueryDict) -> "CaseSheet":
        """What came with the form, whether or not it is right."""
        sheet = cls(
            WordsForm(data, label_suffix=""),
            rows_of(data),
            _carried(data, SHOWN),
            number_in(data.get(VERSION, "")),
        )
        sheet.main = number_in(data.get("main", ""))
        sheet.before = _carried(data, SHOWN_BEFORE)
        sheet.deciding = Deciding.typed(data, TYPED_FIELDS)
        return sheet

    @classmethod
    def after(cls, changed: CaseChangedMeanwhile, typed: "CaseSheet") -> "CaseSheet":
        """Everything that was typed, over what stands now."""
        note = typed.words.cleaned_data["note"]
        sheet = cls(*_filled_in(changed.mine, note), changed.theirs, changed.version)
        sheet.before, sheet.deciding = typed.shown, Deciding(changed.found)
        return sheet

    def is_valid(self) -> bool:
        """Also whether each field that two changed is decided; the errors stand at the fields."""
        are_right = [self.rows.is_valid(), are_different_people(self.rows)]
        is_right = all([self.words.is_valid(), *are_right])
        if not is_right or self.shown is None or self.before is None:
            return is_right
        mine = self._typed_words()
        fields = TYPED_FIELDS
        return self.deciding.is_done(fields, before=self.before, theirs=self.shown, mine=mine)

    def has_errors(self) -> bool:
        """Whether it was sent and refused; what was only put back is not judged."""
        return bool(self.deciding.undecided or self.words.errors or any(self.rows.errors))

    def seen(self) -> Seen:
        return Seen(self.version, self.shown)

    def case_words(self) -> CaseWords:
        """Of a valid form."""
        return replace(self._typed_words(), **self.deciding.theirs())

    def note(self) -> str:
        return str(self.words.cleaned_data["note"])

    @property
    def found(self) -> list[Difference]:
        """What others changed since the page was opened."""
        return self.deciding.found

    def accused_meanwhile(self) -> Meanwhile | None:
        return self.deciding.meanwhile("accused")

    def lines(self) -> Iterator[Line]:
        return self.deciding.lines(self.words)

    def hidden(self) -> Iterator[tuple[str, str]]:
        """What the page has to bring along, so that nothing is overwritten unseen."""
        yield VERSION, str(self.version)
        for name, words in ((SHOWN, self.shown), (SHOWN_BEFORE, self.before)):
            if words is not None:
                yield name, replace(words, notes=()).to_bytes().decode()

    def _typed_words(self) -> CaseWords:
        accused = accused_in(self.rows, self.main)
        texts = {name: self.words.cleaned_data[name] for name in TYPED_FIELDS if name != "accused"}
        return CaseWords(accused=accused, **texts)


def _filled_in(words: CaseWords, note: str = "") -> tuple[WordsForm, Any]:
    texts = {name: getattr(words, name) for name in TYPED_FIELDS if name != "accused"}
    initial = [{name: getattr(one, name) for name in ACCUSED_FIELDS} for one in words.accused]
    return WordsForm(initial={**texts, "note": note}, label_suffix=""), rows_of(initial=initial)


def _carried(data: QueryDict, name: str) -> CaseWords | None:
    try:
        return CaseWords.from_bytes(data.get(name, "").encode())
    except UnreadableReport:
        return None
