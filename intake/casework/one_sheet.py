"""Reports that were sent on one sheet of the form with different content.

Somebody corrected what had been sent already, or sent two matters on one sheet; or another site
had planted the sheet. Whoever reads one of them at a desk is told of the others there, and of none
at another desk.
"""

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Substr

from intake.models import StaffUser, Submission
from intake.report.receipts import SHEET

# Follows every hex digit, in every order of characters.
_BEYOND = "g"


def has_others(user: StaffUser) -> Exists:
    """Of items: whether another at the same desk, which the member sees, came on the same sheet."""
    sheet = Substr(OuterRef("idempotency_key"), 1, SHEET)
    others = Submission.objects.visible_to(user).filter(
        round=OuterRef("round"),
        desk=OuterRef("desk"),
        idempotency_key__gte=sheet,
        idempotency_key__lt=Concat(sheet, Value(_BEYOND)),
    )
    return Exists(others.exclude(pk=OuterRef("pk")))


def others_of(item: Submission, user: StaffUser) -> "QuerySet[Submission]":
    """The other items at its desk that came on its sheet, without their content."""
    sheet = item.idempotency_key[:SHEET]
    same = Submission.objects.visible_to(user).filter(
        round=item.round_id,
        desk=item.desk_id,
        idempotency_key__gte=sheet,
        idempotency_key__lt=sheet + _BEYOND,
    )
    return same.exclude(pk=item.pk).select_related("round").defer("sealed")
