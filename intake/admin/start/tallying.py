"""How many items the member's own desks hold, by status and scope; asked once a request."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest

from intake.admin.who import member
from intake.choices import Scope
from intake.models import Submission

_REMEMBERED = "_tally"


@dataclass(frozen=True, slots=True)
class Tally:
    """Items by status, in all, and those whose scope nobody has checked."""

    by_status: Counter[str]
    unchecked: int

    @property
    def total(self) -> int:
        return self.by_status.total()


def tally_of(request: HttpRequest) -> Tally:
    """The counts of the member's own desks."""
    remembered: Tally | None = getattr(request, _REMEMBERED, None)
    if remembered is None:
        remembered = _count(request)
        setattr(request, _REMEMBERED, remembered)
    return remembered


def _count(request: HttpRequest) -> Tally:
    """One reading of the index on desk, status and scope; no row is touched."""
    visible = Submission.objects.visible_to(member(request)).order_by()
    counted = visible.values_list("status", "scope").annotate(count=Count("*"))
    by_status: Counter[str] = Counter()
    unchecked = 0
    for status, scope, count in counted:
        by_status[status] += count
        unchecked += count if scope == Scope.UNCHECKED else 0
    return Tally(by_status, unchecked)
