"""Taking an original out, however large: verified as a whole, then given piece by piece. Audited.

A sealed file that was cut off gives its first pieces before it fails. So all of it is read once,
and forgotten, before the event and before the first byte leaves.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from intake import audit
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.opening_files import (
    note_of,
    number_of,
    refuse_another,
    verified,
    which_file,
)
from intake.choices import Action, Purpose
from intake.models import Attachment, StaffUser
from intake.sealing.opening_anywhere import OpenedAnywhere
from intake.sealing.opening_streams import digest_of_opened
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class Taken:
    """A file as it was sent; `opened` is to be read and closed, `number` as of an OpenedFile."""

    name: str
    kind: str
    opened: OpenedAnywhere
    number: int = 0


def take(
    attachment: Attachment, keyring: Keyring, *, purpose: Purpose, by: StaffUser, at: datetime
) -> Taken:
    """Raises CannotOpen for a file that is damaged, another one or gone, and records nothing."""
    item = attachment.submission
    reader = Reader(item, keyring)
    note = note_of(attachment, reader)
    name, digest = reader.file(attachment)
    sealed = verified(name, digest)
    try:
        refuse_another(note, digest_of_opened(sealed, reader.secret))
        opened = OpenedAnywhere(sealed, reader.secret)
    except CannotOpen:
        sealed.close()
        raise
    told = {**which_file(attachment), "purpose": purpose.value}
    with transaction.atomic():
        audit.record(Action.TAKE_ORIGINAL, by=by, at=at, obj=item, desk=reader.desk, **told)
    return Taken(note.name, attachment.kind, opened, number_of(attachment, reader))
