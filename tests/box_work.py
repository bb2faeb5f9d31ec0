"""What two people sign: boxes that were opened with their letters, and sealed matters."""

from datetime import datetime, timedelta
from typing import Any

from inspection.current import read
from inspection.models import DropBox, Round
from intake.casework import registering
from intake.casework.boxes import box_openings
from intake.casework.boxes.box_openings import Found
from intake.casework.sealed import sealed_matters
from intake.choices import Way
from intake.models import BoxOpening, SealedMatter, StaffUser, Submission
from tests.making import INSIDE, make_draft

OPENED = INSIDE - timedelta(hours=1)


def found(box: DropBox, **changes: Any) -> Found:
    """Three letters, numbered from one."""
    values: dict[str, Any] = {"opened_at": OPENED, "count": 3, "first_number": 1, "last_number": 3}
    return Found(drop_box=box, **{**values, **changes})


def open_box(
    box: DropBox, first: StaffUser, second: StaffUser | None = None, **changes: Any
) -> BoxOpening:
    """Recorded by the first, and confirmed by the second if there is one."""
    opening = box_openings.record(found(box, **changes), by=first, at=INSIDE)
    if second is None:
        return opening
    seen = box_openings.mark_of(opening)
    return box_openings.confirm(opening.pk, seen=seen, by=second, at=INSIDE)


def keep_sealed(round_: Round, by: StaffUser) -> SealedMatter:
    """A sealed matter that came yesterday, kept by who records it."""
    yesterday, number = (INSIDE - timedelta(days=1)).date(), sealed_matters.next_number(round_)
    return sealed_matters.keep(round_, yesterday, by, expected=number, by=by, at=INSIDE)


def put_in(opening: BoxOpening, *, at: datetime = INSIDE, **changes: Any) -> Submission:
    """A letter of this opening; `changes` are of what its clerk said."""
    return registering.take_in(
        make_draft(),
        published=read(Round.objects.get(pk=opening.round_id)),
        way=Way.BOX,
        opening=opening,
        received_at=at,
        **{"drop_box": opening.drop_box, **changes},
        by=opening.recorded_by,
    )
