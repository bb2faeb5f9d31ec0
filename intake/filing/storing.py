"""Storing what was sealed: the files first, then the rows that name them, all or nothing."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django.db import connection, transaction

from intake import audit
from intake.models import Attachment, Desk, Submission, Supplement
from intake.report import draft as drafts
from intake.sealing import sealed_files
from intake.sealing.sealing import FileSealer


class DeskChanged(RuntimeError):
    """The report went to another desk meanwhile: what is added must be sealed to that one."""


def store(
    item: Submission | Supplement, attachments: Sequence[drafts.Attachment], desk: Desk
) -> None:
    """Stores an item, sealed to a desk, with its attachments.

    Whatever it raises, nothing half is left. Raises DeskChanged for a supplement only.
    """
    rows: list[Attachment] = []
    recipient = audit.recipient_of(desk)
    is_inserted = False
    try:
        for position, attachment in enumerate(attachments, start=1):
            rows.append(_seal_file(item, attachment, position, recipient))
        is_one_statement = isinstance(item, Submission) and not rows
        with _transaction(is_one_statement=is_one_statement):
            if isinstance(item, Supplement):
                _hold(item.submission_id, desk)
            item.save(force_insert=True)
            if rows:
                Attachment.objects.bulk_create(rows)
            is_inserted = True
    except BaseException:
        # When the commit itself failed, nobody knows whether the rows stand: files stay then,
        # and retention.sweeping removes them later if no row names them.
        if not is_inserted:
            for row in rows:
                sealed_files.remove(row.sealed_file)
        raise


def _transaction(*, is_one_statement: bool) -> AbstractContextManager[None]:
    """One INSERT is a transaction by itself: BEGIN and COMMIT would cost two more round trips.

    Inside a caller's transaction it needs a savepoint, so that a repeat does not break that one.
    """
    if is_one_statement and not connection.in_atomic_block:
        return nullcontext()
    return transaction.atomic()


def _hold(submission_id: UUID, desk: Desk) -> None:
    """Keeps the one row that is added to at its desk until the end of the transaction."""
    row = Submission.objects.select_for_update().only("desk_id").get(pk=submission_id)
    if row.desk_id != desk.pk:
        raise DeskChanged


def _seal_file(
    item: Submission | Supplement, attachment: drafts.Attachment, position: int, recipient: str
) -> Attachment:
    sealer = FileSealer(attachment.content, recipient)
    owner = (
        {"submission_id": item.submission_id, "supplement_id": item.pk}
        if isinstance(item, Supplement)
        else {"submission_id": item.pk}
    )
    sealed_file = sealed_files.write_by(sealer.into)
    return Attachment(
        **owner,
        position=position,
        sealed_file=sealed_file,
        size=attachment.size,
        kind=attachment.kind,
        received_digest=sealer.sha256,
        sealed_sha256=sealer.sha256,
    )
