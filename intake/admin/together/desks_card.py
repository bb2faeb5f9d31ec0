"""What an item's page says of the desks and members that work on it, or may not."""

from dataclasses import dataclass
from typing import Any

from intake.access import Deed
from intake.admin.items.item_lines import moment
from intake.casework.together.helped_items import live_helpers_of
from intake.casework.together.opinions import OpenedOpinion, opinions_of
from intake.casework.together.recusing import live_recusals_of
from intake.models import StaffUser, Submission
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Helper:
    """A desk that helps: since when, and when it last saved its own case file."""

    desk: str
    since: str
    saved: str


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What a helper told the lead."""

    heading: str
    words: str


def desks_context(item: Submission, user: StaffUser, keyring: Keyring | None) -> dict[str, Any]:
    """What `_desks.html` asks for; of recusals only the office is told."""
    may_recuse = user.may(Deed.RECUSE)
    helpers = list(live_helpers_of(item))
    saved = dict(item.case_files.values_list("desk", "saved_at")) if helpers else {}
    zone = item.round.zone
    return {
        "may_add_helpers": user.may(Deed.ADD_HELPER),
        "helpers": [
            Helper(
                str(row.desk),
                moment(row.added_at, zone),
                moment(saved[row.desk_id], zone) if row.desk_id in saved else "",
            )
            for row in helpers
        ],
        "opinions": [_told(item, one) for one in opinions_of(item, keyring)] if keyring else [],
        "may_recuse": may_recuse,
        "kept_out": [row.user.told_apart for row in live_recusals_of(item)] if may_recuse else [],
    }


def _told(item: Submission, one: OpenedOpinion) -> Told:
    row = one.row
    at = moment(row.given_at, item.round.zone)
    return Told(f"{row.helping.desk} {row.given_by} {at}", one.words)
