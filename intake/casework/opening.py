"""Opening an item with all that was added to it, in memory. Audited.

Nothing here writes what a reporter wrote anywhere.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from intake import audit
from intake.casework import news
from intake.choices import Action
from intake.models import StaffUser, Submission
from intake.report.draft import Report, SupplementReport
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class OpenedSupplement:
    """What was added later, opened."""

    pk: UUID
    received_at: datetime
    report: SupplementReport
    is_new: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """An item as its desk may read it, at the moment of opening. It is never saved."""

    at: datetime
    report: Report
    supplements: tuple[OpenedSupplement, ...]


def open(submission: Submission, keyring: Keyring, *, by: StaffUser, at: datetime) -> Opened:
    """Opens an item and its supplements in memory, and records that it was opened."""
    secret = keyring.desk_secret(submission.desk)
    with transaction.atomic():
        report = Report.from_bytes(open_sealed(bytes(submission.sealed), secret))
        rows = list(submission.supplements.all())
        supplements = tuple(
            OpenedSupplement(
                row.pk,
                row.received_at,
                SupplementReport.from_bytes(open_sealed(bytes(row.sealed), secret)),
                row.is_new,
            )
            for row in rows
        )
        audit.record(Action.OPEN, by=by, at=at, obj=submission, desk=submission.desk)
        news.note_opened(rows, desk=submission.desk, by=by, at=at)
    return Opened(at=at, report=report, supplements=supplements)
