"""What a desk that helps reads: report, supplements and files, sealed once more to that desk."""

import logging
from collections.abc import Iterator

from intake import audit
from intake.filing.files_anew import sealed_anew
from intake.keeping import sealed_files
from intake.models import (
    Attachment,
    HelpingCopy,
    HelpingDesk,
    HelpingFile,
    Submission,
    Supplement,
)
from intake.sealing.sealing import seal
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import Keyring

logger = logging.getLogger(__name__)


class Copying:
    """One item for one of its helpers, by somebody who opens the item's desk.

    Raises NoDeskAccess, and NotGenuine for a desk whose key was exchanged.
    """

    def __init__(self, item: Submission, helping: HelpingDesk, keyring: Keyring) -> None:
        self._item = item
        self._helping = helping
        self._secret = keyring.desk_secret(item.desk)
        self._recipient = audit.recipient_of(helping.desk)

    def missing(self, *, passes_over_damaged: bool = False) -> Iterator[HelpingCopy | HelpingFile]:
        """Makes what the desk does not have yet. Raises CannotOpen, or leaves that part out."""
        copies = self._helping.copies
        added = copies.filter(supplement__isnull=False).values("supplement")
        files = self._helping.files.values("attachment")
        # The report is None; what was copied is left out by the database, with its sealed bytes.
        parts: list[Supplement | Attachment | None] = [
            *([] if copies.filter(supplement=None).exists() else [None]),
            *self._item.supplements.exclude(pk__in=added),
            *self._item.attachments.exclude(pk__in=files),
        ]
        for part in parts:
            try:
                yield self._copy_of(part)
            except CannotOpen:
                if not passes_over_damaged:
                    raise
                logger.exception("a part of item %s was not passed on", self._item.pk)

    def stale(self) -> Iterator[HelpingCopy]:
        """The copy of a report that was sealed anew since, as it must be; the caller saves it."""
        copies = self._helping.copies.filter(supplement=None)
        for copy in copies.exclude(source_digest=self._item.sealed_digest):
            self._seal_into(copy, self._item)
            yield copy

    def _copy_of(self, part: Supplement | Attachment | None) -> HelpingCopy | HelpingFile:
        if isinstance(part, Attachment):
            return self._file(part)
        copy = HelpingCopy(helping=self._helping, supplement=part)
        self._seal_into(copy, part or self._item)
        copy.save(force_insert=True)
        return copy

    def _file(self, row: Attachment) -> HelpingFile:
        try:
            name, digest = sealed_anew(
                row.sealed_file, self._secret, self._recipient, sealed_files.write_by
            )
        except FileNotFoundError as error:
            raise CannotOpen("the sealed file is gone") from error
        return HelpingFile.objects.create(
            helping=self._helping,
            attachment=row,
            sealed_file=name,
            sealed_sha256=digest,
        )

    def _seal_into(self, copy: HelpingCopy, source: Submission | Supplement) -> None:
        copy.sealed = self._again(bytes(source.sealed))
        copy.sealed_digest = audit.fingerprint(copy.sealed)
        copy.source_digest = source.sealed_digest

    def _again(self, sealed: bytes) -> bytes:
        return seal(open_sealed(sealed, self._secret), self._recipient)
