"""From one desk's seal into another's: an item with all that belongs to it, in memory."""

from collections.abc import Mapping

from django.db.models import Model

from intake import audit
from intake.filing.files_anew import FilesAnew
from intake.keeping import sealed_files
from intake.models import (
    Attachment,
    CaseFile,
    DeadlineExtension,
    DeadlinePause,
    Desk,
    HelpingOpinion,
    Submission,
    Supplement,
)
from intake.sealing.sealing import seal
from intake.sealing.unsealing import open_sealed


class Resealing:
    """Everything of one item, from one desk's seal into another's.

    `parts` are its supplements, attachments, case file and what helpers told its desk; the caller
    saves FIELDS of them, and the item.
    """

    FIELDS: Mapping[type[Model], tuple[str, ...]] = {
        Supplement: ("sealed", "sealed_digest", "opened_at"),
        Attachment: ("sealed_file", "sealed_sha256"),
        CaseFile: ("desk", "sealed", "sealed_digest", "sealed_reporter", "reporter_digest"),
        HelpingOpinion: ("sealed", "sealed_digest"),
    }

    def __init__(self, secret: str, to: Desk, files: FilesAnew) -> None:
        self._secret = secret
        self._to = to
        self._recipient = audit.recipient_of(to)
        self._files = files
        self._old_files: list[str] = []
        self.parts: list[Supplement | Attachment | CaseFile | HelpingOpinion] = []
        # Reasons stand beside the chain, so that they are no part of its event.
        self.reasons: list[DeadlinePause | DeadlineExtension] = []

    def everything_of(self, item: Submission) -> None:
        """The rows and files of an item; most of the new files were made ahead."""
        self.report(item)
        for supplement in item.supplements.all():
            self.supplement(supplement)
        for attachment in item.attachments.all():
            self.attachment(attachment)
        for case_file in item.case_files.filter(desk=item.desk_id):
            self.case_file(case_file)
        for opinion in HelpingOpinion.objects.filter(helping__submission=item):
            self.opinion(opinion)
        for row in (*item.pauses.all(), *item.extensions.all()):
            row.sealed_reason = self._again(bytes(row.sealed_reason))
            self.reasons.append(row)

    def report(self, item: Submission) -> None:
        item.sealed = self._again(bytes(item.sealed))
        item.sealed_digest = audit.fingerprint(item.sealed)

    def supplement(self, row: Supplement) -> None:
        row.sealed = self._again(bytes(row.sealed))
        row.sealed_digest = audit.fingerprint(row.sealed)
        # Nobody at the new desk has opened it.
        row.opened_at = None
        self.parts.append(row)

    def attachment(self, row: Attachment) -> None:
        self._old_files.append(row.sealed_file)
        new = self._files.one(row.sealed_file, self._secret, self._recipient)
        row.sealed_file, row.sealed_sha256 = new.name, new.sha256
        self.parts.append(row)

    def case_file(self, row: CaseFile) -> None:
        """It goes with the item, unless the new desk has written one of its own before."""
        is_there = CaseFile.objects.filter(submission=row.submission_id, desk=self._to)
        if row.desk_id != self._to.pk and is_there.exists():
            return
        row.desk = self._to
        row.sealed = self._again(bytes(row.sealed))
        row.sealed_digest = audit.fingerprint(row.sealed)
        row.sealed_reporter = self._again(bytes(row.sealed_reporter))
        row.reporter_digest = audit.fingerprint(row.sealed_reporter)
        self.parts.append(row)

    def opinion(self, row: HelpingOpinion) -> None:
        row.sealed = self._again(bytes(row.sealed))
        row.sealed_digest = audit.fingerprint(row.sealed)
        self.parts.append(row)

    def remove_old_files(self) -> None:
        """After the rows name the new ones, in one transaction with them."""
        for name in self._old_files:
            sealed_files.remove(name)

    def _again(self, sealed: bytes) -> bytes:
        return seal(open_sealed(sealed, self._secret), self._recipient)
