"""What clerks write of a transfer: before it is sealed, and after it is opened.

As in `case_words`, no value shows in its repr what somebody wrote.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

from intake.report.documents import read, to_bytes, with_moments

LONGEST_ABSTRACT = 2000
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True, repr=False)
class EntryWords:
    """One item as the receiver reads of it; never the original."""

    abstract: str = ""
    accused: str = ""
    materials: str = ""
    reason: str = ""
    remark: str = ""

    def to_bytes(self) -> bytes:
        """The bytes to seal."""
        return to_bytes("transfer entry", **asdict(self))

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Raises UnreadableReport."""
        return read("transfer entry", opened, lambda facts: cls(**facts))


@dataclass(frozen=True, slots=True, repr=False)
class ListNote:
    """The words of one deed, kept with its moment; `deed` is its code. None is ever changed.

    `about` names the items that it is about, where it is not about all.
    """

    at: datetime
    by: str
    deed: str
    words: str
    about: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ListWords:
    """Who signed, and what was said: reasons of an objection, an answer, a result."""

    signer: str = ""
    notes: tuple[ListNote, ...] = ()

    def with_note(self, note: ListNote) -> "ListWords":
        return replace(self, notes=(*self.notes, note))

    def to_bytes(self) -> bytes:
        """The bytes to seal."""
        notes = [_without_an_empty(asdict(note), "about") for note in self.notes]
        return to_bytes("transfer list", signer=self.signer, notes=notes)

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Raises UnreadableReport."""
        return read("transfer list", opened, cls._from)

    @classmethod
    def _from(cls, facts: dict[str, Any]) -> Self:
        notes = tuple(ListNote(**one) for one in with_moments(facts["notes"]))
        return cls(facts["signer"], notes)


def _without_an_empty(facts: dict[str, Any], name: str) -> dict[str, Any]:
    """Lists of before the field was asked for are sealed again as they were."""
    return {key: value for key, value in facts.items() if value or key != name}


# The word of each field, for forms and papers.
ENTRY_FIELDS = {
    "abstract": "内容摘要",
    "accused": "被反映单位、人和职务",
    "materials": "材料和页数",
    "reason": "移交理由",
    "remark": "备注",
}
