"""摘要: what a receiver reads of an item, in the clerk's own words, never the original. Audited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from intake import audit
from intake.casework import case_files
from intake.casework.together.item_facts import open_report
from intake.casework.transfers.held_lists import (
    hold_list,
    matter_of,
    taker_of,
    why_not_there,
)
from intake.casework.transfers.list_table import MAKES
from intake.casework.transfers.receiving import Matter, hides_identity
from intake.choices import Action, ListKind, ListState
from intake.models import StaffUser, Submission, TransferEntry, TransferList
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import KnownReporter
from intake.report.transfer_words import ENTRY_FIELDS, LONGEST_ABSTRACT, LONGEST_LINE, EntryWords
from intake.sealing.sealing import seal
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

# So much of the original in one piece is no abstract of it.
_COPIED = 60
_COLUMNS = ("item_version", "without_identity", "written_by", "written_at", "sealed_digest")


class CannotWrite(ValueError):
    """The abstract cannot stand like this: a sentence for each field."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__("、".join(sentences))
        self.sentences = sentences


def write(
    list_id: UUID,
    entry_key: int,
    words: EntryWords,
    *,
    version: int,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
) -> TransferEntry:
    """Seals the abstract to the list's desk; the item is taken as it is now.

    Raises CannotWrite, ListChangedMeanwhile, and DoesNotExist at a desk of somebody else.
    """
    with transaction.atomic():
        row = hold_list(list_id, by, version, at=at)
        if not by.may(MAKES[row.kind]):
            raise PermissionDenied
        entry = row.entries.on_the_list().get(pk=entry_key)
        item = _seen_by(by).get(pk=entry.submission_id)
        known = _Known.of(item, keyring)
        _refuse(words, row, item, known)
        entry.item_version = item.version
        entry.written_by, entry.written_at = by, at
        entry.sealed = seal(words.to_bytes(), audit.recipient_of(row.desk))
        entry.sealed_digest = audit.fingerprint(entry.sealed)
        entry.without_identity = _is_withheld(row, item, known)
        audit.record(
            Action.WRITE_ABSTRACT,
            by=by,
            at=at,
            obj=item,
            desk=item.desk,
            changed=[entry, row],
            receiver=str(row.receiver),
            identity="without" if entry.without_identity else "with",
        )
        entry.save(update_fields=[*_COLUMNS, "sealed"])
        row.save(update_fields=["version"])
    return entry


def _seen_by(user: StaffUser) -> QuerySet[Submission]:
    return Submission.objects.visible_to(user).select_related("round", "desk__team")


def words_of(entry: TransferEntry, row: TransferList, keyring: Keyring) -> EntryWords:
    """What stands there, opened in memory."""
    secret = keyring.desk_secret(row.desk)
    return EntryWords.from_bytes(open_sealed(bytes(entry.sealed), secret))


def proposed_words(item: Submission, keyring: Keyring) -> EntryWords:
    """What the case file already says, for a form that nobody has filled in yet."""
    case = case_files.open(item, keyring).words
    accused = "；".join(
        " ".join(part for part in (one.body, one.name, one.post) if part) for one in case.accused
    )
    return EntryWords(abstract=case.abstract, accused=accused, materials=case.materials)


@dataclass(frozen=True, slots=True, repr=False)
class _Known:
    """The item, opened once: what was reported, and what its desk wrote of it."""

    report: Report
    case: case_files.OpenedCase

    @classmethod
    def of(cls, item: Submission, keyring: Keyring) -> Self:
        report = open_report(item, keyring.desk_secret(item.desk))
        return cls(report, case_files.open(item, keyring))

    def matter_of(self, item: Submission) -> Matter:
        return matter_of(item, self.case.words, self.report)


def _is_withheld(row: TransferList, item: Submission, known: _Known) -> bool:
    """The reporter's own choice, and the rule for whoever may know no name."""
    matter, taker = known.matter_of(item), taker_of(row.receiver)
    return hides_identity(matter, taker, ListKind(row.kind)) or known.report.withhold_identity


def _refuse(words: EntryWords, row: TransferList, item: Submission, known: _Known) -> None:
    if row.state != ListState.DRAFT:
        raise CannotWrite({"": f"这份清单已经“{row.get_state_display()}”，不能再改摘要。"})
    found = dict(_too_long(words))
    if reasons := why_not_there(item, known.matter_of(item), row.receiver, row.kind):
        found[""] = f"{''.join(reasons)}请移出清单。"
    if not words.abstract.strip():
        found["abstract"] = "请写摘要。"
    elif _is_copied(words.abstract, known.report.narrative):
        found["abstract"] = "摘要里有一大段是原文。请用自己的话改写，原文不移交。"
    if _is_withheld(row, item, known):
        found |= _telling(words, known)
    if found:
        raise CannotWrite(found)


def _too_long(words: EntryWords) -> Iterator[tuple[str, str]]:
    for name in ENTRY_FIELDS:
        most = LONGEST_ABSTRACT if name == "abstract" else LONGEST_LINE
        if len(getattr(words, name)) > most:
            yield name, f"最多写 {most} 个字。"


def _telling(words: EntryWords, opened: _Known) -> dict[str, str]:
    """Each field in which a name or a number stands that may not go along."""
    reporter = KnownReporter.of(opened.report, opened.case.reporter)
    known = [part for part in map(_bare, reporter.told) if len(part) > 1]
    sentence = "这一件不附姓名和电话，这里却写着反映人的姓名、电话或者住址。请删掉。"
    return {
        name: sentence
        for name in ENTRY_FIELDS
        if any(part in _bare(getattr(words, name)) for part in known)
    }


def _is_copied(abstract: str, original: str) -> bool:
    """Whether a long piece of the original stands in it, however the lines are broken."""
    mine, theirs = _bare(abstract), _bare(original)
    most = min(_COPIED, len(theirs))
    # A report of a few words can hardly be put otherwise.
    if most < _COPIED // 2:
        return False
    return any(mine[at : at + most] in theirs for at in range(len(mine) - most + 1))


def _bare(words: str) -> str:
    return "".join(words.split())
