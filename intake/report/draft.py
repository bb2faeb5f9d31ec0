"""What a citizen typed, before it is sealed, and the same facts after it is opened.

The sealed form is JSON in UTF-8 with a version. None of these values shows in its repr
what a citizen wrote: a traceback or a log line that prints one gives nothing away.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Self, TypeVar

from intake.report import evidence
from intake.report.contents import BytesContent, Content
from intake.report.documents import read, to_bytes
from intake.report.on_paper.paper_facts import NOTHING_NOTED, PaperFacts

UNLISTED = "unlisted"

Identity = Literal["anonymous", "named"]
Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file as it was sent; `kind` is what its content shows it to be ('jpeg').

    `marks` are what a clerk must know before opening it ('locked', 'macros').
    """

    name: str
    kind: str
    content: Content
    marks: tuple[str, ...] = ()

    @classmethod
    def of_bytes(cls, name: str, kind: str, content: bytes, *, marks: tuple[str, ...] = ()) -> Self:
        """A file that stands in memory."""
        return cls(name, kind, BytesContent(content), marks)

    @property
    def size(self) -> int:
        """In bytes."""
        return self.content.size

    @property
    def sha256(self) -> str:
        """Of the content, in hex."""
        return self.content.sha256


# Without slots: what is made of all the words is made once.
@dataclass(frozen=True, repr=False)
class Draft:
    """A report as the form hands it over: checked, not yet routed, sealed or stored."""

    narrative: str
    nonce: str
    target_code: str | None = None
    unlisted: bool = False
    place: str = ""
    about_inspectors: bool = False
    about_office: bool = False
    category: str = ""
    subject: str = ""
    happened: str = ""
    attachments: tuple[Attachment, ...] = ()
    identity: Identity = "anonymous"
    reporter_name: str = ""
    reporter_phone: str = ""
    withhold_identity: bool = False
    agree_sensitive: bool = False
    # Of what a clerk registers; it stands in no report of a citizen.
    paper: PaperFacts = NOTHING_NOTED

    @cached_property
    def content(self) -> str:
        """A digest of all that was sent, words and files."""
        return _sha256(self.to_report())

    def to_report(self) -> bytes:
        """The bytes to seal. Who chose to be anonymous leaves no name and no phone."""
        return self._report

    @cached_property
    def _report(self) -> bytes:
        is_named = self.identity == "named"
        return to_bytes(
            "report",
            target_code=self.target_code,
            unlisted=self.unlisted,
            place=self.place,
            about_inspectors=self.about_inspectors,
            category=self.category,
            subject=self.subject,
            happened=self.happened,
            narrative=self.narrative,
            attachments=_notes(self.attachments),
            identity=self.identity,
            reporter_name=self.reporter_name if is_named else "",
            reporter_phone=self.reporter_phone if is_named else "",
            withhold_identity=self.withhold_identity,
            agree_sensitive=self.agree_sensitive,
            # Reports of before this was asked, sent again, stay the same to the byte.
            **({"about_office": True} if self.about_office else {}),
            **({"paper": self.paper.as_document()} if self.paper else {}),
        )


@dataclass(frozen=True, slots=True, repr=False)
class SupplementDraft:
    """What is added to a report later, under its receipt's code."""

    narrative: str
    attachments: tuple[Attachment, ...] = ()

    @property
    def content(self) -> str:
        """A digest of all that was sent, words and files."""
        return _sha256(self.to_bytes())

    def to_bytes(self) -> bytes:
        return to_bytes(
            "supplement", narrative=self.narrative, attachments=_notes(self.attachments)
        )


@dataclass(frozen=True, slots=True, repr=False)
class AttachmentNote:
    """What a report says about a file that came with it; the file is sealed on its own.

    `sha256` (hex) is of the content as it was sent: the digest of the sealed report, which the
    receipt carries, covers the file by it. Reports of before it was noted have none, and no
    `marks`: what a clerk must know before opening the file ('locked', 'macros').
    """

    name: str
    kind: str
    size: int
    sha256: str = ""
    marks: tuple[str, ...] = ()

    @classmethod
    def from_document(cls, note: dict[str, Any]) -> Self:
        """As it stands in the sealed report."""
        return cls(**{**note, "marks": tuple(note.get("marks", ()))})

    def is_about(self, sha256: str) -> bool:
        """Whether a file of this digest can be the one that was sent; an old note accuses none."""
        return self.sha256 in ("", sha256)


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """An opened report, for the staff who may read it. It is never saved."""

    target_code: str | None
    unlisted: bool
    place: str
    about_inspectors: bool
    category: str
    subject: str
    happened: str
    narrative: str
    attachments: tuple[AttachmentNote, ...]
    identity: Identity
    reporter_name: str
    reporter_phone: str
    withhold_identity: bool
    agree_sensitive: bool
    about_office: bool = False
    paper: PaperFacts = NOTHING_NOTED

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        return _from_bytes(cls, "report", opened)

    @property
    def told(self) -> str:
        """The words; of who wrote none, where else it is told."""
        return self.narrative or _told_by(self.attachments)


@dataclass(frozen=True, slots=True, repr=False)
class SupplementReport:
    """An opened supplement."""

    narrative: str
    attachments: tuple[AttachmentNote, ...]

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        return _from_bytes(cls, "supplement", opened)

    @property
    def told(self) -> str:
        """The words; of who wrote none, where else it is told."""
        return self.narrative or _told_by(self.attachments)


def _told_by(attachments: tuple[AttachmentNote, ...]) -> str:
    if not attachments:
        return ""
    return "（见录音）" if evidence.has_sound(one.kind for one in attachments) else "（见材料）"


def read_choice(choice: str) -> tuple[str | None, bool]:
    """The form's `target` as (target code, whether the citizen said that it is not listed)."""
    return (None, choice == UNLISTED) if choice in ("", UNLISTED) else (choice, False)


def _notes(attachments: tuple[Attachment, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": a.name,
            "kind": a.kind,
            "size": a.size,
            "sha256": a.sha256,
            "marks": list(a.marks),
        }
        for a in attachments
    ]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _from_bytes(cls: type[Facts], what: str, opened: bytes) -> Facts:
    """The facts in `opened`; UnreadableReport, without its words, when it holds no `what`."""

    def made(document: dict[str, Any]) -> Facts:
        notes = document["attachments"]
        document["attachments"] = tuple(AttachmentNote.from_document(note) for note in notes)
        if "paper" in document:
            document["paper"] = PaperFacts.from_document(document["paper"])
        return cls(**document)

    return read(what, opened, made)
