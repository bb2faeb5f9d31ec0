"""What an item's page says of the desks and members that work on it, or may not."""

from typing import Any

from intake.access import Deed
from intake.casework.together.recusing import live_recusals_of
from intake.models import StaffUser, Submission


def desks_context(item: Submission, user: StaffUser) -> dict[str, Any]:
    """What `_desks.html` asks for; of recusals only the office is told."""
    may_recuse = user.may(Deed.RECUSE)
    return {
        "may_recuse": may_recuse,
        "kept_out": [row.user.told_apart for row in live_recusals_of(item)] if may_recuse else [],
    }
