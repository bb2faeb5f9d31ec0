"""How many items the member's own desks hold, by status and scope; asked once a request."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.http import HttpRequest

from intake.admin.who import member, once
from intake.choices import Scope
from intake.models import StaffUser, Submission


@dataclass(frozen=True, slots=True)
class Tally:
    """Items by status, with the oldest of each, and those whose scope nobody has checked."""

    by_status: Counter[str]
    oldest: Mapping[str, datetime]
    unchecked: int

    @property
    def total(self) -> int:
        return self.by_status.total()


def tally_of(request: HttpRequest) -> Tally:
    """The counts of the member's own desks."""
    return once(request, "tally", lambda: _count(member(request)))


def _count(user: StaffUser) -> Tally:
    """One reading of the index on desk, status, scope and moment; no row is touched."""
    visible = Submission.objects.visible_to(user).order_by()
    told = visible.values_list("status", "scope")
    by_status: Counter[str] = Counter()
    oldest: dict[str, datetime] = {}
    unchecked = 0
    for status, scope, count, first in told.annotate(count=Count("*"), first=Min("received_at")):
        by_status[status] += count
        oldest[status] = min(first, oldest.get(status, first))
        unchecked += count if scope == Scope.UNCHECKED else 0
    return Tally(by_status, oldest, unchecked)
