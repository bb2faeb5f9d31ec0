"""How many items the member's own desks hold, by status, scope and day; asked once a request."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, IntegerField, Min, Value, When
from django.http import HttpRequest

from inspection.models import Round
from inspection.schedule import ONE_DAY
from inspection.screen.asked import received_at
from intake.admin.who import member, once, round_of
from intake.choices import Scope
from intake.models import StaffUser, Submission

DAYS_COUNTED = 21
TELL_MORE = ("admin:index", "admin:intake_submission_changelist")


@dataclass(frozen=True, slots=True)
class Tally:
    """Items by status, with the oldest of each, and those whose scope nobody has checked.

    `by_day` has each of the last days up to today, in their order.
    """

    by_status: Counter[str]
    oldest: Mapping[str, datetime]
    unchecked: int
    by_day: Mapping[date, int]

    @property
    def total(self) -> int:
        return self.by_status.total()


def tally_of(request: HttpRequest) -> Tally:
    """The counts of the member's own desks."""
    return once(
        request,
        "tally",
        lambda: _count(member(request), round_of(request), received_at(request)),
    )


def total_of(request: HttpRequest) -> int:
    """How many items the member's own desks hold: every page says it, and most say no more."""

    def count() -> int:
        return Submission.objects.visible_to(member(request)).order_by().count()

    return tally_of(request).total if _tells_more(request) else once(request, "total", count)


def _tells_more(request: HttpRequest) -> bool:
    """The start page and the list of items count them all by day and status anyway."""
    match = request.resolver_match
    return match is not None and match.view_name in TELL_MORE


def _count(user: StaffUser, round_: Round | None, at: datetime) -> Tally:
    """One reading of the index on desk, status, scope and moment; no row is touched."""
    days = _last_days(round_, at)
    visible = Submission.objects.visible_to(user).order_by().annotate(place=_place(round_, days))
    told = visible.values_list("status", "scope", "place")
    by_status: Counter[str] = Counter()
    oldest: dict[str, datetime] = {}
    by_day = dict.fromkeys(days, 0)
    unchecked = 0
    for status, scope, at_day, count, first in told.annotate(
        count=Count("*"), first=Min("received_at")
    ):
        by_status[status] += count
        oldest[status] = min(first, oldest.get(status, first))
        unchecked += count if scope == Scope.UNCHECKED else 0
        if 0 <= at_day < len(days):
            by_day[days[at_day]] += count
    return Tally(by_status, oldest, unchecked, by_day)


def _last_days(round_: Round | None, at: datetime) -> list[date]:
    if round_ is None:
        return []
    today = at.astimezone(round_.zone).date()
    return [today - timedelta(days=back) for back in range(DAYS_COUNTED - 1, -1, -1)]


def _place(round_: Round | None, days: list[date]) -> Case:
    """Which of the days an item came on, between midnights of the zone; all before are told first,
    since most are."""
    if round_ is None:
        return Case(default=Value(-1), output_field=IntegerField())
    bounds = [datetime.combine(day, time(0), round_.zone) for day in (*days, days[-1] + ONE_DAY)]
    before = [When(received_at__lt=bound, then=Value(n - 1)) for n, bound in enumerate(bounds)]
    return Case(*before, default=Value(len(days)), output_field=IntegerField())
