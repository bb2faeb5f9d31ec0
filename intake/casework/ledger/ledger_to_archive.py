"""Rows of the complete ledger of a round for its archive, piece by piece; audited like exports."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from intake.casework.ledger.exporting import NAME, Keys, rows_of
from intake.casework.ledger.ledger_columns import LedgerColumn, columns_of
from intake.casework.ledger.reading_items import LedgerReader
from intake.casework.ledger.recording_exports import record_export
from intake.choices import Edition, LedgerForm, ReporterPurpose
from intake.models import StaffUser, Submission
from intake.papers.sheets.flowing_workbook import FlowingWorkbook, Told
from intake.papers.sheets.sheet_columns import Value
from intake.staff.keyring import Keyring


def ledger_for_archive(
    items: "QuerySet[Submission]",
    keyring: Keyring,
    *,
    before: int = 0,
    by: StaffUser,
    at: datetime,
) -> Iterator[bytes]:
    """All these items, which come after so many; the reporter too. In the log before it begins."""
    keys = Keys.of(items)
    with transaction.atomic():
        said = {"edition": Edition.COMPLETE.value, "form": LedgerForm.TABLE.value}
        said["asked_for"] = ReporterPurpose.OTHER.value
        record_export(items, said, by=by, at=at)
    columns = columns_of(Edition.COMPLETE)
    reader = LedgerReader(keyring, by=by, at=at, with_reporter=True)
    book = FlowingWorkbook([one.sheet_column for one in columns], name=NAME, count=len(keys))
    told = Told()
    told.lines = [("件数", f"{len(keys)} 件"), ("版本", str(Edition.COMPLETE.label))]
    yield from book.pieces(_rows(keys, before, reader, columns), told)


def _rows(
    keys: Keys, before: int, reader: LedgerReader, columns: tuple[LedgerColumn, ...]
) -> Iterator[list[Value]]:
    done = before
    for lot in keys.lots():
        yield from rows_of(lot, done, reader, columns)
        done += len(lot)
