"""What a desk that helps reads: report, supplements and files, sealed once more to that desk."""

import logging
from collections.abc import Iterator
from contextlib import suppress

from django.db.models import QuerySet

from intake import audit
from intake.filing.files_anew import FilesAnew
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

    def __init__(
        self, item: Submission, helping: HelpingDesk, keyring: Keyring, anew: FilesAnew
    ) -> None:
        self._item = item
        self._helping = helping
        self._anew = anew
        self._secret = keyring.desk_secret(item.desk)
        self._recipient = audit.recipient_of(helping.desk)

    def is_needed(self) -> bool:
        """Whether the desk lacks anything, or has the words as they were once."""
        return bool(self._missing_parts()) or self._stale().exists()

    def ahead(self) -> None:
        """Seals the files that the desk lacks, before the transaction; what fails, fails there."""
        for part in self._missing_parts():
            if isinstance(part, Attachment):
                with suppress(CannotOpen):
                    self._anew.ahead(part.sealed_file, self._secret, self._recipient)

    def missing(self, *, passes_over_damaged: bool = False) -> Iterator[HelpingCopy | HelpingFile]:
        """Makes what the desk does not have yet. Raises CannotOpen, or leaves that part out."""
        for part in self._missing_parts():
            try:
                yield self._copy_of(part)
            except CannotOpen:
                if not passes_over_damaged:
                    raise
                logger.exception("a part of item %s was not passed on", self._item.pk)

    def stale(self) -> Iterator[HelpingCopy]:
        """The copy of a report that was sealed anew since, as it must be; the caller saves it."""
        for copy in self._stale():
            self._seal_into(copy, self._item)
            yield copy

    def _stale(self) -> "QuerySet[HelpingCopy]":
        copies = self._helping.copies.filter(supplement=None)
        return copies.exclude(source_digest=self._item.sealed_digest)

    def _missing_parts(self) -> list[Supplement | Attachment | None]:
        """The report is None; what was copied is left out by the database, with its bytes."""
        copies = self._helping.copies
        added = copies.filter(supplement__isnull=False).values("supplement")
        files = self._helping.files.values("attachment")
        return [
            *([] if copies.filter(supplement=None).exists() else [None]),
            *self._item.supplements.exclude(pk__in=added),
            *self._item.attachments.exclude(pk__in=files),
        ]

    def _copy_of(self, part: Supplement | Attachment | None) -> HelpingCopy | HelpingFile:
        if isinstance(part, Attachment):
            return self._file(part)
        copy = HelpingCopy(helping=self._helping, supplement=part)
        self._seal_into(copy, part or self._item)
        copy.save(force_insert=True)
        return copy

    def _file(self, row: Attachment) -> HelpingFile:
        new = self._anew.one(row.sealed_file, self._secret, self._recipient)
        return HelpingFile.objects.create(
            helping=self._helping,
            attachment=row,
            sealed_file=new.name,
            sealed_sha256=new.sha256,
        )

    def _seal_into(self, copy: HelpingCopy, source: Submission | Supplement) -> None:
        copy.sealed = self._again(bytes(source.sealed))
        copy.sealed_digest = audit.fingerprint(copy.sealed)
        copy.source_digest = source.sealed_digest

    def _again(self, sealed: bytes) -> bytes:
        return seal(open_sealed(sealed, self._secret), self._recipient)
