"""Where a member reads an item: at its own desk, or at one that helps, out of its copies."""

from datetime import datetime
from functools import cached_property

from intake.casework.together.helped_items import own_helping
from intake.models import Attachment, Desk, HelpingCopy, HelpingDesk, Submission, Supplement
from intake.report.draft import Report, SupplementReport
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import Keyring, NoDeskAccess


class Reader:
    """One item, as the keys in a keyring open it. Raises NoDeskAccess where they open neither."""

    def __init__(self, item: Submission, keyring: Keyring) -> None:
        self._item = item
        # By what it lies at another desk and is read nevertheless; None at its own.
        self.helping: HelpingDesk | None = None
        try:
            self.secret = keyring.desk_secret(item.desk)
        except NoDeskAccess:
            self.helping = _helping(item, keyring)
            if self.helping is None:
                raise
            self.secret = keyring.desk_secret(self.helping.desk)

    @property
    def desk(self) -> Desk:
        """Whose case file is meant, and at which desk an event happens."""
        return self.helping.desk if self.helping else self._item.desk

    @cached_property
    def report(self) -> Report:
        """Raises CannotOpen or UnreadableReport."""
        sealed = self._copy_of(None).sealed if self.helping else self._item.sealed
        return Report.from_bytes(open_sealed(bytes(sealed), self.secret))

    def supplement(self, row: Supplement) -> SupplementReport:
        """Raises CannotOpen or UnreadableReport; one that was not passed on does not open."""
        sealed = self._copy_of(row.pk).sealed if self.helping else row.sealed
        return SupplementReport.from_bytes(open_sealed(bytes(sealed), self.secret))

    def can_read(self, row: Supplement) -> bool:
        """Whether it was passed on; at the item's own desk everything is there."""
        return self.helping is None or row.pk in self._copies

    def is_new(self, row: Supplement) -> bool:
        """Whether nobody at this desk has opened it."""
        return row.is_new if self.helping is None else self._copy_of(row.pk).opened_at is None

    def file(self, row: Attachment) -> tuple[str, str]:
        """The name of its sealed file, and the digest that this must have."""
        if self.helping is None:
            return row.sealed_file, row.sealed_sha256
        copy = self.helping.files.filter(attachment=row).first()
        if copy is None:
            raise CannotOpen("the file was not passed on")
        return copy.sealed_file, copy.sealed_sha256

    def note_opened(self, *, at: datetime) -> None:
        """The helping desk has seen its copies now."""
        if self.helping:
            HelpingCopy.objects.unopened().filter(helping=self.helping).update(opened_at=at)

    @cached_property
    def _copies(self) -> dict[object, HelpingCopy]:
        """Those of the helping desk, by what they are of; the report's is under None."""
        copies = self.helping.copies.all() if self.helping else ()
        return {copy.supplement_id: copy for copy in copies}

    def _copy_of(self, key: object) -> HelpingCopy:
        if key not in self._copies:
            raise CannotOpen("it was not passed on")
        return self._copies[key]


def _helping(item: Submission, keyring: Keyring) -> HelpingDesk | None:
    mine = own_helping(keyring.user).filter(submission=item)
    return mine.select_related("desk__team", "desk__round", "added_by").first()
