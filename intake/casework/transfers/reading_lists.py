"""Opening a list with all that clerks wrote for it, in memory. Audited."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from intake import audit
from intake.casework.transfers import abstracts, list_moves
from intake.casework.transfers.held_lists import entries_of, sees_all
from intake.casework.transfers.list_faults import unready
from intake.choices import Action
from intake.models import StaffUser, TransferEntry, TransferList
from intake.report.transfer_words import EntryWords, ListWords
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class OpenedEntry:
    """An item of the list, with its abstract, and what keeps it from being approved."""

    entry: TransferEntry
    words: EntryWords
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class OpenedList:
    """A list as its desk may read it, at the moment of opening. It is never saved."""

    words: ListWords
    entries: tuple[OpenedEntry, ...]
    went_out: int


def open_list(row: TransferList, keyring: Keyring, *, by: StaffUser, at: datetime) -> OpenedList:
    """Opens everything, and records that it was opened."""
    with transaction.atomic():
        opened = tuple(
            OpenedEntry(
                entry, abstracts.words_of(entry, row, keyring), tuple(unready(row, [entry]))
            )
            for entry in entries_of(row, by)
        )
        audit.record(Action.OPEN_LIST, by=by, at=at, obj=row, desk=row.desk)
    out = row.entries.visible_to(by).filter(is_out=True).count()
    words = list_moves.words_of(row, keyring)
    if not sees_all(row.entries.all(), by):
        # The words of a deed may tell of any item of the list.
        words = ListWords(words.signer)
    return OpenedList(words, opened, out)
