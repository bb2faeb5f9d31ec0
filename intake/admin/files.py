"""The files of an opened item as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from intake.draft import AttachmentNote
from intake.models import Attachment, Submission
from intake.viewing import has_copy


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """A line of the list; no address where there is nothing to look at or to take out."""

    name: str
    size: int
    copy_url: str = ""
    original_url: str = ""


def files_of(
    item: Submission, notes: Sequence[AttachmentNote], supplement: UUID | None = None
) -> list[File]:
    """What came with the report or with one supplement, in the order in which it was chosen."""
    rows = item.attachments.filter(supplement=supplement) if notes else []
    at = {row.position: row for row in rows}
    return [_file(note, at.get(number)) for number, note in enumerate(notes, start=1)]


def _file(note: AttachmentNote, row: Attachment | None) -> File:
    if row is None:
        return File(note.name, note.size)
    keys = [row.submission_id, row.pk]
    return File(
        name=note.name,
        size=note.size,
        copy_url=reverse("admin:intake_submission_view_copy", args=keys)
        if has_copy(row.kind)
        else "",
        original_url=reverse("admin:intake_submission_take_original", args=keys),
    )
