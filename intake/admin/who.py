"""Who asks, and for which round: what every staff page starts from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from inspection.models import Round, Team, WorkCalendarDay
from inspection.schedule import Calendar
from inspection.screen.asked import received_at
from intake.access import Deed, Desks
from intake.choices import DeskKind
from intake.models import Desk, DeskAccess, StaffKey, StaffUser
from intake.report.check_code import check_code_of

Found = TypeVar("Found")


def member(request: HttpRequest) -> StaffUser:
    """The member of staff who makes this request."""
    return cast(StaffUser, request.user)


def once(request: HttpRequest, name: str, find: Callable[[], Found]) -> Found:
    """Found once a request: frame, list, filters and search of one page all want to know."""
    kept = f"_once_{name}"
    if not hasattr(request, kept):
        setattr(request, kept, find())
    return cast(Found, getattr(request, kept))


def desks_of(request: HttpRequest) -> list[Desk]:
    """The desks that the member sees, newest round first, the office before its teams."""
    return once(request, "desks", lambda: _visible_desks(member(request)))


def calendar_of(request: HttpRequest) -> Calendar:
    """The calendar of working days."""
    return once(request, "calendar", WorkCalendarDay.calendar)


def _visible_desks(user: StaffUser) -> list[Desk]:
    desks = Desk.objects.visible_to(user).select_related("round", "team__round")
    return sorted(
        desks.order_by("team__order"),
        key=lambda desk: (desk.round.accepts_until, desk.round_id, desk.is_office),
        reverse=True,
    )


def own_check_code(user: StaffUser) -> str:
    """What the member reads out before the office grants a desk; '' for roles without desks."""
    if user.rules.desks is Desks.NONE:
        return ""
    key = StaffKey.objects.filter(user=user).first()
    return check_code_of(key.recipient) if key else ""


def office_rounds(user: StaffUser) -> set[int]:
    """The rounds whose office this member belongs to: only their notices may be corrected."""
    if not user.may(Deed.CORRECT_NOTICE):
        return set()
    return set(_own_offices(user).values_list("round_id", flat=True))


def watched_rounds(user: StaffUser) -> "QuerySet[Round]":
    """The rounds of whose desks this member is told what is amiss."""
    if user.may(Deed.WATCH_EVERY_ROUND):
        return Round.objects.all()
    return Round.objects.filter(pk__in=_own_offices(user).values("round"))


@dataclass(frozen=True, slots=True)
class Watched:
    """A desk, whether the member sees what lies at it, and whether anybody is able to open that.

    `is_complete` where every team of its round has a desk.
    """

    desk: Desk
    is_seen: bool
    is_able: bool
    is_complete: bool


def watched_desks(user: StaffUser) -> list[Watched]:
    """The desks of those rounds, in one query."""
    seen = Desk.objects.visible_to(user).filter(pk=OuterRef("pk"))
    able = DeskAccess.objects.able().filter(desk=OuterRef("pk"))
    without = Team.objects.filter(round=OuterRef("round"), desk=None)
    desks = Desk.objects.filter(round__in=watched_rounds(user))
    told = desks.annotate(is_seen=Exists(seen), is_able=Exists(able), is_short=Exists(without))
    rows: QuerySet[Any] = told.select_related("round", "team").defer(
        "round__source_text", "sealed_identity"
    )
    return [Watched(row, row.is_seen, row.is_able, not row.is_short) for row in rows]


def _own_offices(user: StaffUser) -> "QuerySet[Desk]":
    return Desk.objects.filter(accesses__user=user, kind=DeskKind.OFFICE)


def round_of(request: HttpRequest) -> Round | None:
    """The round that the member works on: the own desk's, else the one on the front page."""
    desks = desks_of(request)
    return desks[0].round if desks else Round.objects.current(received_at(request))
