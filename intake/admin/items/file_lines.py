"""The files of an opened item as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from intake.admin.evidence.copies_beside import (
    CopiesBeside,
    cautions_of,
    kind_words,
    lines_of,
    page_of,
)
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.viewing_copies import has_copy
from intake.models import Attachment, Submission
from intake.report.draft import AttachmentNote
from intake.report.evidence import MARK_WORDS, Mark
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """A line of the list; no address where there is nothing to look at or to take out.

    `number` counts through the item, and tells two files of one name apart. `cautions` are what
    a clerk must know before opening it, `told` what is known of it, `state` how far its copies are.
    """

    number: int
    name: str
    size: int
    kind: str = ""
    cautions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    state: str = ""
    copy_url: str = ""
    # A picture is drawn at once; of all else the copies are made on their own page.
    copies_url: str = ""
    original_url: str = ""


def files_of(
    item: Submission,
    notes: Sequence[AttachmentNote],
    supplement: UUID | None = None,
    *,
    keyring: Keyring,
    before: int = 0,
) -> list[File]:
    """What came with the report or with one supplement, in the order in which it was chosen.

    `before` is how many files the item has before these. Of an item that opens: what is told of
    its files is sealed as it is.
    """
    rows = item.attachments.filter(supplement=supplement) if notes else []
    at = {row.position: row for row in rows}
    copies = CopiesBeside(at.values(), Reader(item, keyring)) if at else None
    return [
        _file(note, at.get(number), before + number, copies)
        for number, note in enumerate(notes, start=1)
    ]


def _file(
    note: AttachmentNote, row: Attachment | None, number: int, copies: CopiesBeside | None
) -> File:
    cautions = tuple(str(MARK_WORDS[Mark(mark)]) for mark in note.marks)
    known = File(number, note.name, note.size, kind=kind_words(note.kind), cautions=cautions)
    if row is None or copies is None:
        return known
    keys, told = [row.submission_id, row.pk], copies.told_of(row)
    return replace(
        known,
        cautions=tuple(dict.fromkeys((*cautions, *cautions_of(told)))),
        told=lines_of(told),
        state=copies.state_of(row),
        copies_url=page_of(row),
        copy_url=reverse("admin:intake_submission_view_copy", args=keys)
        if has_copy(row.kind)
        else "",
        original_url=reverse("admin:intake_submission_take_original", args=keys),
    )
