"""Storing what was sealed: the files first, then the rows that name them, all or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from intake import audit
from intake.keeping.new_files import NewFiles, new_files
from intake.models import Attachment, Desk, Submission, Supplement
from intake.report import draft as drafts
from intake.sealing.sealing import FileSealer


class DeskChanged(RuntimeError):
    """The report went to another desk meanwhile: what is added must be sealed to that one."""


@dataclass(frozen=True, slots=True)
class WithFiles:
    """An item whose files are sealed to a desk already, and which is no row yet."""

    item: Submission | Supplement
    desk: Desk
    rows: list[Attachment]
    files: NewFiles

    def store(self) -> None:
        """Stores it in one transaction. Raises DeskChanged for a supplement only."""
        is_one_statement = isinstance(self.item, Submission) and not self.rows
        with _transaction(is_one_statement=is_one_statement):
            if isinstance(self.item, Supplement):
                _hold(self.item.submission_id, self.desk)
            self.item.save(force_insert=True)
            if self.rows:
                Attachment.objects.bulk_create(self.rows)
            self.files.are_named()


def store(
    item: Submission | Supplement, attachments: Sequence[drafts.Attachment], desk: Desk
) -> None:
    """Stores an item, sealed to a desk, with its attachments.

    Whatever it raises, nothing half is left. Raises DeskChanged for a supplement only.
    """
    with with_files(item, attachments, desk) as sealed:
        sealed.store()


@contextmanager
def with_files(
    item: Submission | Supplement, attachments: Sequence[drafts.Attachment], desk: Desk
) -> Iterator[WithFiles]:
    """Seals the files; leaving the block without having stored the item takes them away."""
    if not attachments:
        yield WithFiles(item, desk, [], NewFiles())
        return
    recipient = audit.recipient_of(desk)
    with new_files() as files:
        rows = [
            _seal_file(files, item, attachment, position, recipient)
            for position, attachment in enumerate(attachments, start=1)
        ]
        yield WithFiles(item, desk, rows, files)


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
    files: NewFiles,
    item: Submission | Supplement,
    attachment: drafts.Attachment,
    position: int,
    recipient: str,
) -> Attachment:
    sealer = FileSealer(attachment.content, recipient)
    owner = (
        {"submission_id": item.submission_id, "supplement_id": item.pk}
        if isinstance(item, Supplement)
        else {"submission_id": item.pk}
    )
    sealed_file = files.write_by(sealer.into)
    return Attachment(
        **owner,
        position=position,
        sealed_file=sealed_file,
        size=attachment.size,
        kind=attachment.kind,
        received_digest=sealer.sha256,
        sealed_sha256=sealer.sha256,
    )
