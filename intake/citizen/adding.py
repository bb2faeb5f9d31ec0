"""What the holder of a receipt can do with its code: see that it arrived, and add to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import OuterRef, QuerySet, Subquery

from inspection.models import Round
from inspection.schedule import Window
from intake import audit
from intake.arriving.ahead.waiting_content import Gone
from intake.citizen.receipt_keys import code_of, receipt_digest, sent_key
from intake.citizen.submitting import stored_reports, window_of_stored
from intake.filing.storing import DeskChanged, store
from intake.keeping.both_hosts.confirming import settle
from intake.models import RoundPurge, Submission, Supplement
from intake.report.acceptance import WindowClosed
from intake.report.draft import SupplementDraft
from intake.sealing.sealing import seal


class UnknownCode(LookupError):
    """No report has this receipt; it does not say which code was asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a receipt tells: when the report was received, and until when it can be added to.

    `digest` is the SHA-256 of what was sealed then. At `removed_at` the round's end destroyed it.
    """

    received_at: datetime
    round: Round
    window: Window
    digest: str
    removed_at: datetime | None = None

    def takes_supplements(self, at: datetime) -> bool:
        return self.removed_at is None and self.window.contains(at)


@dataclass(frozen=True, slots=True)
class Added:
    """A supplement that is safely stored."""

    received_at: datetime
    is_repeat: bool = False


def look_up(code: str) -> Found:
    """What is known of a receipt's code, in one query. Raises UnknownCode."""
    return _found(_submission(code))


def is_known(nonce: str, content: str) -> bool:
    """Whether this content was sent and stored before on this sheet, to report or to add."""
    key = sent_key(nonce, content)
    reports = Submission.objects.filter(receipt_digest=receipt_digest(code_of(nonce, content)))
    return reports.exists() or Supplement.objects.filter(idempotency_key=key).exists()


def supplement(code: str, draft: SupplementDraft, *, nonce: str, at: datetime) -> Added:
    """Adds to a report; the same sheet with the same content adds nothing.

    Raises UnknownCode or WindowClosed; Gone for files that another has; OSError or a
    DatabaseError when it was not stored.
    """
    submission = _submission(code)
    key = sent_key(nonce, draft.content)
    found = _found(submission)
    if not found.takes_supplements(at):
        return _repeated(submission, key) or _refuse(found.window)
    try:
        _add(submission, draft, key=key, at=at)
    except (IntegrityError, Gone):
        repeated = _repeated(submission, key)
        if repeated is None:
            raise
        return repeated
    except DeskChanged:
        return supplement(code, draft, nonce=nonce, at=at)
    return Added(at)


def _add(submission: Submission, draft: SupplementDraft, *, key: str, at: datetime) -> None:
    sealed = seal(draft.to_bytes(), audit.recipient_of(submission.desk))
    fingerprint = audit.fingerprint(sealed)
    item = Supplement(
        submission_id=submission.pk,
        received_at=at,
        idempotency_key=key,
        sealed=sealed,
        received_digest=fingerprint,
        sealed_digest=fingerprint,
    )
    store(item, draft.attachments, submission.desk)


def _submission(code: str) -> Submission:
    try:
        return _with_removal().get(receipt_digest=receipt_digest(code))
    except Submission.DoesNotExist as error:
        raise UnknownCode from error


def _with_removal() -> QuerySet[Submission]:
    """Stored reports, with the moment from which nobody could open them any more."""
    purges = RoundPurge.objects.filter(round=OuterRef("round")).values("started_at")
    return stored_reports().annotate(removed_at=Subquery(purges[:1]))


def _found(submission: Submission) -> Found:
    window, digest = window_of_stored(submission), submission.received_digest
    removed_at: datetime | None = getattr(submission, "removed_at", None)
    return Found(submission.received_at, submission.round, window, digest, removed_at)


def _repeated(submission: Submission, key: str) -> Added | None:
    earlier = submission.supplements.filter(idempotency_key=key)
    received_at = earlier.values_list("received_at", flat=True).first()
    if received_at is None:
        return None
    settle()
    return Added(received_at, is_repeat=True)


def _refuse(window: Window) -> Added:
    raise WindowClosed(window)
