"""Taking an original out, however large: verified as a whole, then given piece by piece. Audited.

The event stands before the first byte leaves.
"""

from datetime import datetime

from django.db import transaction

from intake import audit
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.opening_files import OpenedFile, opened_whole, which_file
from intake.choices import Action, Purpose
from intake.models import Attachment, StaffUser
from intake.staff.keyring import Keyring


def take(
    attachment: Attachment, keyring: Keyring, *, purpose: Purpose, by: StaffUser, at: datetime
) -> OpenedFile:
    """Raises CannotOpen for a file that is damaged, another one or gone, and records nothing."""
    item = attachment.submission
    reader = Reader(item, keyring)
    found = opened_whole(attachment, reader)
    told = {**which_file(attachment), "purpose": purpose.value}
    with transaction.atomic():
        audit.record(Action.TAKE_ORIGINAL, by=by, at=at, obj=item, desk=reader.desk, **told)
    return found
