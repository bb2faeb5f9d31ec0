"""What clerks write about an item: before it is sealed, and after it is opened.

The reporter's data are a value of their own, which is sealed apart. As in `draft`, no value shows
in its repr what somebody wrote.
"""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Self

from intake.report.documents import read, to_bytes, with_moments


@dataclass(frozen=True, slots=True, repr=False)
class Accused:
    """被反映人; rank and political status by their codes."""

    name: str = ""
    post: str = ""
    body: str = ""
    rank: str = ""
    political: str = ""

    def __bool__(self) -> bool:
        """Whether anything is known of them."""
        return any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True, repr=False)
class CaseNote:
    """A reason, opinion or remark of one deed, kept with its moment; none is ever changed.

    `by` is the name of the clerk as it was, `kind` a code of the closed list of notes.
    """

    at: datetime
    by: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class CaseWords:
    """The case file but for the reporter. The first of the accused is the main one."""

    accused: tuple[Accused, ...] = ()
    abstract: str = ""
    proposal: str = ""
    approval: str = ""
    result: str = ""
    origin_detail: str = ""
    original_number: str = ""
    materials: str = ""
    notes: tuple[CaseNote, ...] = ()

    def __post_init__(self) -> None:
        """An empty row of the form is nobody."""
        object.__setattr__(self, "accused", tuple(one for one in self.accused if one))

    @property
    def main_accused(self) -> Accused | None:
        """Exactly one where there is any."""
        return self.accused[0] if self.accused else None

    def with_note(self, note: CaseNote) -> "CaseWords":
        return replace(self, notes=(*self.notes, note))

    def to_bytes(self) -> bytes:
        """The bytes to seal."""
        return to_bytes("case", **asdict(self))

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Raises UnreadableReport."""
        return read("case", opened, cls._from)

    @classmethod
    def _from(cls, facts: dict[str, Any]) -> Self:
        accused = tuple(Accused(**_texts(one)) for one in facts.pop("accused"))
        notes = tuple(CaseNote(**one) for one in with_moments(facts.pop("notes")))
        return cls(accused=accused, notes=notes, **_texts(facts))


@dataclass(frozen=True, slots=True, repr=False)
class Reporter:
    """反映人, as a clerk registered them from paper or by telephone.

    `replaces`: the clerk saw what was noted when it came in, and this stands in its place, so that
    what was mistyped then is gone. What citizens wrote of themselves nothing replaces.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    signers: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()
    replaces: bool = False

    def __post_init__(self) -> None:
        for several in ("signers", "representatives"):
            names = tuple(name for name in getattr(self, several) if name)
            object.__setattr__(self, several, names)

    def to_bytes(self) -> bytes:
        """The bytes to seal."""
        facts = asdict(self)
        # What was sealed before these two fields were has neither, and stays the same bytes.
        for later in ("representatives", "replaces"):
            if not facts[later]:
                del facts[later]
        return to_bytes("reporter", **facts)

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Raises UnreadableReport."""
        return read("reporter", opened, cls._from)

    @classmethod
    def _from(cls, facts: dict[str, Any]) -> Self:
        several = {name: tuple(facts.get(name, ())) for name in ("signers", "representatives")}
        return cls(**{**facts, **several})


def _texts(facts: dict[str, Any]) -> dict[str, str]:
    """Raises TypeError for what is no text: the document may have been through a browser."""
    if not all(isinstance(value, str) for value in facts.values()):
        raise TypeError("a field is a text")
    return facts


# The word of each field, for forms, papers and the audit, which says these and no content.
CASE_FIELDS = {
    "accused": "被反映人",
    "abstract": "内容摘要",
    "proposal": "拟办意见",
    "approval": "审批意见",
    "result": "办理结果",
    "origin_detail": "来源细目",
    "original_number": "原编号",
    "materials": "随件材料",
}
# The opinion of an approval is written by that deed alone.
TYPED_FIELDS = tuple(name for name in CASE_FIELDS if name != "approval")
REPORTER_FIELDS = {
    "name": "反映人姓名",
    "phone": "联系电话",
    "address": "住址或单位",
    "signers": "联名人",
    "representatives": "来访代表",
}
ACCUSED_FIELDS = {
    "name": "姓名",
    "post": "职务",
    "body": "所在单位",
    "rank": "职级",
    "political": "政治面貌",
}
