"""The events of an export: one for each round of which items are given out, with its desks."""

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from inspection.models import Round
from intake import audit
from intake.choices import Action
from intake.models import Desk, StaffUser, Submission


def record_export(
    items: "QuerySet[Submission]", said: dict[str, Any], *, by: StaffUser, at: datetime
) -> None:
    """So that who asks later who read an item finds the exports that it may be among.

    An export of nothing is recorded too.
    """
    chosen = Submission.objects.filter(pk__in=items.order_by().values("pk")).order_by()
    numbers = dict(chosen.values_list("desk").annotate(number=Count("pk")))
    desks = Desk.objects.filter(pk__in=numbers).select_related("team", "round").order_by("pk")
    by_round: dict[Round | None, list[Desk]] = {}
    for desk in desks:
        by_round.setdefault(desk.round, []).append(desk)
    for round_, some in (by_round or {None: []}).items():
        audit.record(
            Action.EXPORT_LEDGER,
            by=by,
            at=at,
            obj=round_,
            count=sum(numbers[desk.pk] for desk in some),
            where="、".join(str(desk) for desk in some),
            **said,
        )
