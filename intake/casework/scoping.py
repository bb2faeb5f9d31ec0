"""受理范围: whether an item is within what the round takes, as a clerk decides it. Audited."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake import audit
from intake.access import Deed
from intake.casework.versions import hold
from intake.choices import Action, Scope
from intake.models import StaffUser, Submission


def set_scope(
    submission: Submission, scope: Scope, *, version: int | None, by: StaffUser, at: datetime
) -> bool:
    """Says whether anything changed.

    Raises PermissionDenied for a role that does not judge the scope, Submission.DoesNotExist at a
    desk of somebody else, and ChangedMeanwhile where it is not the version that the page had.
    """
    if not by.may(Deed.SET_SCOPE):
        raise PermissionDenied
    with transaction.atomic():
        item = hold(submission.pk, by, version, at=at)
        before = item.scope
        if before == scope:
            return False
        item.scope = scope
        audit.record(
            Action.SET_SCOPE,
            by=by,
            at=at,
            obj=item,
            desk=item.desk,
            changed=[item],
            from_scope=before,
            scope=scope.value,
        )
        item.save(update_fields=["scope", "version"])
    return True
