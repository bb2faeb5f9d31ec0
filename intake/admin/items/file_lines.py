"""The files of an opened item as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from intake.casework.viewing.viewing_copies import has_copy
from intake.models import Attachment, Submission
from intake.report.draft import AttachmentNote
from intake.report.evidence import MARK_WORDS, Mark


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """A line of the list; no address where there is nothing to look at or to take out.

    `number` counts through the item, and tells two files of one name apart. `cautions` are what
    a clerk must know before opening it.
    """

    number: int
    name: str
    size: int
    cautions: tuple[str, ...] = ()
    copy_url: str = ""
    original_url: str = ""


def files_of(
    item: Submission,
    notes: Sequence[AttachmentNote],
    supplement: UUID | None = None,
    *,
    before: int = 0,
) -> list[File]:
    """What came with the report or with one supplement, in the order in which it was chosen.

    `before` is how many files the item has before these.
    """
    rows = item.attachments.filter(supplement=supplement) if notes else []
    at = {row.position: row for row in rows}
    return [
        _file(note, at.get(number), before + number) for number, note in enumerate(notes, start=1)
    ]


def _file(note: AttachmentNote, row: Attachment | None, number: int) -> File:
    cautions = tuple(str(MARK_WORDS[Mark(mark)]) for mark in note.marks)
    if row is None:
        return File(number, note.name, note.size, cautions)
    keys = [row.submission_id, row.pk]
    return File(
        number=number,
        name=note.name,
        size=note.size,
        cautions=cautions,
        copy_url=reverse("admin:intake_submission_view_copy", args=keys)
        if has_copy(row.kind)
        else "",
        original_url=reverse("admin:intake_submission_take_original", args=keys),
    )
