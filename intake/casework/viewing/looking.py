"""Looking at copies that were made: which there are, and the event of the look."""

from collections.abc import Sequence
from datetime import datetime

from intake import audit
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.opening_files import which_file
from intake.choices import Action, CopySort
from intake.models import Attachment, CopyMaking, Desk, StaffUser, ViewingCopy


def making_of(attachment: Attachment, desk: Desk, first: int) -> CopyMaking | None:
    """The making of these pages for this desk, if anybody there has asked for it."""
    rows = CopyMaking.objects.filter(attachment=attachment, desk=desk, first=first)
    return rows.select_related("attachment").first()


def record(
    making: CopyMaking,
    copies: Sequence[ViewingCopy],
    *,
    reader: Reader,
    by: StaffUser,
    at: datetime,
) -> None:
    """One look at the page, whatever it then plays and winds back: what was there to be seen."""
    seen = [copy.sort for copy in copies if copy.sort != CopySort.TOLD]
    audit.record(
        Action.VIEW_EVIDENCE,
        by=by,
        at=at,
        obj=making.attachment.submission,
        desk=reader.desk,
        **which_file(making.attachment),
        shown=",".join(dict.fromkeys(seen)),
        first=making.first,
        shown_count=len(seen),
    )
