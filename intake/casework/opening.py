"""Opening an item with all that was added to it and to its repeats, in memory. Audited.

Nothing here writes what a reporter wrote anywhere, but for digests under the desk's key.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from intake import audit
from intake.casework import news
from intake.casework.repeats import ItemFacts
from intake.casework.together import keeping_digests, passing_on
from intake.casework.together.item_reader import Reader
from intake.choices import Action
from intake.models import RepeatLink, StaffUser, Submission, Supplement
from intake.report.draft import Report, SupplementReport
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class OpenedSupplement:
    """What was added later, opened; `sent_to` is the item, or a repeat of it."""

    pk: UUID
    sent_to: Submission
    received_at: datetime
    report: SupplementReport
    is_new: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """An item as its desk may read it, at the moment of opening. It is never saved."""

    at: datetime
    report: Report
    supplements: tuple[OpenedSupplement, ...]
    # What it is compared by; a desk that helps compares nothing.
    facts: ItemFacts | None = None


def open(
    submission: Submission,
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
    passes_on: bool = True,
) -> Opened:
    """Opens an item and its supplements in memory, and records that it was opened.

    A desk that helps reads its copies. The item's own desk passes on what came in since, unless
    the caller is in a transaction in which nobody may be held up: then the next opening does.
    """
    reader, facts = Reader(submission, keyring), None
    with transaction.atomic():
        report = reader.report
        rows = [row for row in _supplements_of(submission, by) if reader.can_read(row)]
        supplements = tuple(
            OpenedSupplement(
                row.pk,
                row.submission,
                row.received_at,
                reader.supplement(row),
                reader.is_new(row),
            )
            for row in rows
        )
        audit.record(Action.OPEN, by=by, at=at, obj=submission, desk=reader.desk)
        if reader.helping:
            reader.note_opened(at=at)
        else:
            news.note_opened(rows, desk=submission.desk, by=by, at=at)
            facts = keeping_digests.renew(submission, keyring, report=report)
    if passes_on and reader.helping is None:
        passing_on.pass_on(submission, keyring, by=by, at=at)
    return Opened(at=at, report=report, supplements=supplements, facts=facts)


def _supplements_of(item: Submission, by: StaffUser) -> list[Supplement]:
    """Its own, and those of its repeats, which are sealed to the same desk."""
    repeats = RepeatLink.objects.live().filter(lead=item)
    seen = Submission.objects.visible_to(by).filter(pk__in=repeats.values("repeat"))
    rows = Supplement.objects.filter(Q(submission=item) | Q(submission__in=seen.values("pk")))
    shown = rows.select_related("submission__round").defer("submission__sealed")
    return list(shown.order_by("received_at", "id"))
