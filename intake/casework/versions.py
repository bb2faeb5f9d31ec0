"""The version of an item: whoever changes one that is older than what there is now is told.

Every change that a clerk makes to an item or to its case file starts here and stores `version` with
whatever else it changes; each of their audit events names the column in its entry.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.models import StaffUser, Submission


class ChangedMeanwhile(Exception):
    """Somebody else saved first; nothing was saved now."""

    def __init__(self) -> None:
        super().__init__(_("您打开这一件以后，别人已经改过它。"))


def hold(
    item_id: UUID,
    by: StaffUser,
    version: int | None,
    *,
    at: datetime,
    as_helper: bool = False,
) -> Submission:
    """The item as it is now, locked until the commit, with the version that it will have then.

    Inside a transaction; `version` is what the page had, None for a deed that may follow upon any.
    With `as_helper` it lies at another desk, which the member's helps.
    Raises ChangedMeanwhile when it is not the version that the member saw, and
    Submission.DoesNotExist at a desk of somebody else.
    """
    # The audit's own lock comes first, because its holder may go on to lock this very row.
    audit.checkpoint(at=at)
    items = Submission.objects
    mine = items.helped_by(by) if as_helper else items.visible_to(by)
    locked = mine.select_for_update(no_key=True, of=("self",))
    item = locked.select_related("desk__team", "round").get(pk=item_id)
    if version is not None and item.version != version:
        raise ChangedMeanwhile
    item.version += 1
    return item
