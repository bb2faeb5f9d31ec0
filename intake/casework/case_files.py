"""办理卷: opening and saving what the clerks of a desk write about an item. Audited.

The item's page opens it together with the report, under one event. The reporter's data are opened
alone, in `reporters`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake import audit
from intake.access import Deed
from intake.casework.case_and_item import refuse_another_proposal, set_rank
from intake.casework.together import keeping_digests
from intake.casework.together.item_reader import Reader
from intake.casework.versions import hold
from intake.casework.writing.seen_case import (
    CaseChangedMeanwhile,
    Seen,
    refuse_an_older_reporter,
    refuse_what_is_older,
)
from intake.choices import Action, NoteKind
from intake.models import CaseFile, Desk, StaffUser, Submission
from intake.report.case_comparing import (
    changed_fields,
    filled,
)
from intake.report.case_words import (
    CASE_FIELDS,
    REPORTER_FIELDS,
    TYPED_FIELDS,
    CaseNote,
    CaseWords,
    Reporter,
)
from intake.sealing.sealing import seal
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

__all__ = [
    "CaseChangedMeanwhile",
    "OpenedCase",
    "Seen",
    "add_note",
    "amend",
    "open",
    "save",
    "take_over",
]

_FIELDS = ("version", "sealed", "sealed_digest", "sealed_reporter", "reporter_digest")


@dataclass(frozen=True, slots=True, repr=False)
class OpenedCase:
    """A case file in memory; version 0 where nobody has saved one. `desk` is whose it is."""

    words: CaseWords
    reporter: Reporter
    desk: Desk
    row: CaseFile | None = None

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0


def open(item: Submission, keyring: Keyring) -> OpenedCase:
    """That of the item's desk, or the helper's own. Opening the item is the event."""
    reader = Reader(item, keyring)
    row = item.case_files.filter(desk=reader.desk).select_related("saved_by").first()
    if row is None:
        return OpenedCase(CaseWords(), Reporter(), reader.desk)
    return OpenedCase(
        CaseWords.from_bytes(open_sealed(bytes(row.sealed), reader.secret)),
        Reporter.from_bytes(open_sealed(bytes(row.sealed_reporter), reader.secret)),
        reader.desk,
        row,
    )


def save(
    item: Submission,
    keyring: Keyring,
    *,
    words: CaseWords | None = None,
    reporter: Reporter | None = None,
    note: str = "",
    seen: Seen,
    by: StaffUser,
    at: datetime,
) -> int:
    """Replaces the words, the reporter's data, or both; gives the version of the case file.

    A desk that helps saves its own, and changes nothing of the item.
    The notes stay, and the opinion of the approval; a new `note` is added. Raises
    CaseChangedMeanwhile when somebody else changed a field since, ProposalStands where it waits for
    approval, and PermissionDenied for a role that writes none.
    """
    if not by.may(Deed.WRITE_CASE):
        raise PermissionDenied
    with transaction.atomic():
        is_helper = Submission.objects.helped_by(by).filter(pk=item.pk).exists()
        held = hold(item.pk, by, None, at=at, as_helper=is_helper)
        stands = open(held, keyring)
        after = stands
        if words is not None:
            refuse_what_is_older(TYPED_FIELDS, stands.version, seen, stands.words, words)
            if not is_helper:
                refuse_another_proposal(held, stands.words, words)
            after = replace(after, words=_with_typed(stands.words, words))
        if note:
            remark = CaseNote(at, by.told_apart, NoteKind.REMARK.value, note)
            after = replace(after, words=after.words.with_note(remark))
        if reporter is not None:
            refuse_an_older_reporter(stands.version, seen, stands.reporter, reporter)
            after = replace(after, reporter=reporter)
        version = _write(held, stands, after, by=by, at=at, is_own_deed=not is_helper)
        if version != stands.version and not is_helper:
            keeping_digests.renew(held, keyring)
        return version


def _with_typed(stands: CaseWords, words: CaseWords) -> CaseWords:
    """What a form asks for, beside what no form does."""
    return replace(stands, **{name: getattr(words, name) for name in TYPED_FIELDS})


def add_note(
    item: Submission, keyring: Keyring, *, kind: NoteKind, words: str, by: StaffUser, at: datetime
) -> None:
    """Keeps the words of a deed, inside its transaction; the deed itself raises the version."""
    amend(item, keyring, by=by, at=at, note=(kind, words))


def amend(
    item: Submission,
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
    note: tuple[NoteKind, str] | None = None,
    is_own_deed: bool = False,
    **fields: Any,
) -> None:
    """What another deed writes into fields of the words, inside its own transaction.

    That deed holds the item (`versions.hold`) and raises its version or leaves it to `is_own_deed`.
    """
    stands = open(item, keyring)
    words = replace(stands.words, **fields)
    if note is not None:
        kind, said = note
        words = words.with_note(CaseNote(at, by.told_apart, kind.value, said))
    _write(item, stands, replace(stands, words=words), by=by, at=at, is_own_deed=is_own_deed)


def take_over(
    item: Submission, keyring: Keyring, before: OpenedCase, *, by: StaffUser, at: datetime
) -> None:
    """The new desk wrote a case file of its own while it helped: what the old one said goes in.

    Inside the deed that sends the item there. What the new desk itself wrote stays.
    """
    own = open(item, keyring)
    if own.row is None or before.row is None or own.row.pk == before.row.pk:
        return
    notes = tuple(sorted((*before.words.notes, *own.words.notes), key=lambda note: note.at))
    words = replace(filled(own.words, before.words, CASE_FIELDS), notes=notes)
    reporter = filled(own.reporter, before.reporter, (*REPORTER_FIELDS, "replaces"))
    after = replace(own, words=words, reporter=reporter)
    _write(item, own, after, by=by, at=at, is_own_deed=False)


def _write(
    item: Submission,
    stands: OpenedCase,
    after: OpenedCase,
    *,
    by: StaffUser,
    at: datetime,
    is_own_deed: bool,
) -> int:
    """Seals and stores, after its event; nothing happens where nothing changed."""
    changed = changed_fields((*CASE_FIELDS, "notes"), stands.words, after.words)
    fields = [*changed, *(f"reporter_{name}" for name in _told_of_reporter(stands, after))]
    if not fields:
        return stands.version
    row = stands.row or CaseFile(submission=item, desk=stands.desk, version=0)
    is_new = stands.row is None
    _seal_into(row, after)
    row.version, row.saved_by, row.saved_at = row.version + 1, by, at
    if is_new:
        row.save(force_insert=True)
    rows = [item] if is_own_deed else []
    is_ranked = is_own_deed and "accused" in changed
    ranks: dict[str, Any] = set_rank(item, stands.words, after.words) if is_ranked else {}
    audit.record(
        Action.SAVE_CASE,
        by=by,
        at=at,
        obj=item,
        desk=stands.desk,
        made=[row] if is_new else [],
        changed=rows if is_new else [*rows, row],
        fields=",".join(fields),
        **ranks,
    )
    if is_own_deed:
        item.save(update_fields=["version", "rank"])
    if not is_new:
        row.save(update_fields=[*_FIELDS, "saved_by", "saved_at"])
    return row.version


def _told_of_reporter(stands: OpenedCase, after: OpenedCase) -> list[str]:
    """What changed of it; all where it begins to stand for what was noted at registering."""
    if after.reporter.replaces and not stands.reporter.replaces:
        return list(REPORTER_FIELDS)
    return list(changed_fields(REPORTER_FIELDS, stands.reporter, after.reporter))


def _seal_into(row: CaseFile, after: OpenedCase) -> None:
    recipient = audit.recipient_of(row.desk)
    row.sealed = seal(after.words.to_bytes(), recipient)
    row.sealed_digest = audit.fingerprint(row.sealed)
    row.sealed_reporter = seal(after.reporter.to_bytes(), recipient)
    row.reporter_digest = audit.fingerprint(row.sealed_reporter)
