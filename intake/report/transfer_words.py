"""What clerks write of a transfer: before it is sealed, and after it is opened.

As in `case_words`, no value shows in its repr what somebody wrote.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

from intake.report.documents import facts_in, not_a, to_bytes

# What a reader of a damaged document meets.
_FAULTS = (ValueError, KeyError, TypeError, AttributeError)
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
        facts = facts_in("transfer entry", opened)
        try:
            return cls(**facts)
        except _FAULTS as error:
            raise not_a("transfer entry", error) from None


@dataclass(frozen=True, slots=True, repr=False)
class ListNote:
    """The words of one deed, kept with its moment; `deed` is its code. None is ever changed."""

    at: datetime
    by: str
    deed: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class ListWords:
    """Who signed, and what was said: reasons of an objection, an answer, a result."""

    signer: str = ""
    notes: tuple[ListNote, ...] = ()

    def with_note(self, note: ListNote) -> "ListWords":
        return replace(self, notes=(*self.notes, note))

    def to_bytes(self) -> bytes:
        """The bytes to seal."""
        facts = asdict(self)
        for note in facts["notes"]:
            note["at"] = note["at"].isoformat()
        return to_bytes("transfer list", **facts)

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Raises UnreadableReport."""
        facts = facts_in("transfer list", opened)
        try:
            return cls(facts["signer"], tuple(_note(one) for one in facts["notes"]))
        except _FAULTS as error:
            raise not_a("transfer list", error) from None


def _note(facts: dict[str, Any]) -> ListNote:
    return ListNote(**{**facts, "at": datetime.fromisoformat(facts["at"])})


# The word of each field, for forms and papers.
ENTRY_FIELDS = {
    "abstract": "内容摘要",
    "accused": "被反映单位、人和职务",
    "materials": "材料和页数",
    "reason": "移交理由",
    "remark": "备注",
}
