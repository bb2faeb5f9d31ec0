"""Who asks, and for which round: what every staff page starts from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, TypeVar, cast

from django.db.models import (
    BinaryField,
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.http import HttpRequest
from django.utils.timezone import get_current_timezone

from inspection import clock
from inspection.models import Round, Target, Team, WorkCalendarDay
from inspection.schedule import Calendar
from inspection.screen.asked import received_at
from intake.access import Deed, Desks
from intake.casework.rotating.known_to_others import is_still_to_rotate
from intake.choices import DeskKind
from intake.models import Desk, DeskAccess, DeskRotation, OwnFilters, StaffKey, StaffUser
from intake.report.check_code import check_code_of
from intake.staff.entering.sessions import is_still_in

Found = TypeVar("Found")


def member(request: HttpRequest) -> StaffUser:
    """The member of staff who makes this request."""
    return cast(StaffUser, request.user)


def still_in(request: HttpRequest) -> Callable[[], bool]:
    """Asked while an answer goes on: who logged out, or was shut out, is shown no more."""
    return lambda: is_still_in(request.session, member(request), real_at=clock.real_now())


def once(request: HttpRequest, name: str, find: Callable[[], Found]) -> Found:
    """Found once a request: frame, list, filters and search of one page all want to know."""
    kept = f"_once_{name}"
    if not hasattr(request, kept):
        setattr(request, kept, find())
    return cast(Found, getattr(request, kept))


def desks_of(request: HttpRequest) -> list[Desk]:
    """The desks that the member sees, newest round first, the office before its teams."""
    return once(request, "desks", lambda: _seen(desks_around(request)))


def targets_of(request: HttpRequest) -> list[Target]:
    """The bodies of the rounds of those desks, in the notices' order."""

    def find() -> list[Target]:
        rounds = {desk.round_id for desk in desks_of(request)}
        bodies = Target.objects.filter(team__round__in=rounds)
        return list(bodies.order_by("team__order", "order"))

    return once(request, "targets", find)


def calendar_of(request: HttpRequest) -> Calendar:
    """The calendar of working days."""
    return once(request, "calendar", WorkCalendarDay.calendar)


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
class Around:
    """A desk, whether the member sees what lies at it, and how many are able to open that.

    `is_watched` where the member is told what is amiss with it, and `is_complete` where every team
    of its round has a desk; `is_rotating` while its identity is being exchanged, and `is_known`
    where somebody who left may still know it.
    """

    desk: Desk
    is_seen: bool
    is_watched: bool
    holders: int
    is_complete: bool
    is_rotating: bool
    is_known: bool
    own_filters: bytes | None

    @property
    def is_able(self) -> bool:
        """Whether anybody could open it."""
        return self.holders > 0


def own_filters_of(request: HttpRequest) -> bytes | None:
    """What the member has saved of filters, still sealed: read with the desks, in their query."""
    return next((one.own_filters for one in desks_around(request) if one.own_filters), None)


def desks_around(request: HttpRequest) -> list[Around]:
    """The desks that the member sees, and those of the rounds that the member watches."""
    return once(request, "desks_around", lambda: _desks_around(member(request)))


def _desks_around(user: StaffUser) -> list[Around]:
    """One query; the team of a desk knows its round by it."""
    seen, watched = Desk.objects.visible_to(user).order_by(), watched_rounds(user).order_by()
    told = Desk.objects.filter(Q(pk__in=seen.values("pk")) | Q(round__in=watched.values("pk")))
    able = DeskAccess.objects.able().filter(desk=OuterRef("pk")).order_by()
    holders = able.annotate(how_many=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    rows: QuerySet[Any] = told.annotate(
        is_seen=Exists(seen.filter(pk=OuterRef("pk"))),
        is_watched=Exists(watched.filter(pk=OuterRef("round"))),
        holders=Subquery(holders.values("how_many")),
        is_rotating=Exists(DeskRotation.objects.running().filter(desk=OuterRef("pk"))),
        is_known=is_still_to_rotate(),
        is_short=Exists(Team.objects.filter(round=OuterRef("round"), desk=None)),
        own_filters=_own_filters(user),
    )
    found = []
    for row in rows.select_related("round", "team").defer("round__source_text"):
        if row.team:
            row.team.round = row.round
        filters = bytes(row.own_filters) if row.own_filters else None
        is_complete, about_keys = not row.is_short, (row.is_rotating, row.is_known)
        told_of = (row.is_seen, row.is_watched, row.holders, is_complete, *about_keys)
        found.append(Around(row, *told_of, filters))
    return found


def _own_filters(user: StaffUser) -> Case:
    """With the one desk that a clerk has, or the office's: a member of it sees very many."""
    own = DeskKind.TEAM if user.rules.desks is Desks.A_TEAMS else DeskKind.OFFICE
    sealed = OwnFilters.objects.filter(user=user).values("sealed")
    return Case(When(kind=own, then=Subquery(sealed)), output_field=BinaryField(null=True))


def _seen(around: list[Around]) -> list[Desk]:
    """Those that are seen, as `desks_of` gives them."""
    return sorted(
        (one.desk for one in around if one.is_seen),
        key=lambda desk: (desk.round.accepts_until, desk.round_id, desk.is_office),
        reverse=True,
    )


def _own_offices(user: StaffUser) -> "QuerySet[Desk]":
    return Desk.objects.of_offices().filter(accesses__user=user)


def round_of(request: HttpRequest) -> Round | None:
    """The round that the member works on: the own desk's, else the one on the front page."""

    def find() -> Round | None:
        desks = desks_of(request)
        return desks[0].round if desks else Round.objects.current(received_at(request))

    return once(request, "round", find)


def zone_of(request: HttpRequest) -> tzinfo:
    """Whose clocks count: the round's, or without one the site's."""
    round_ = round_of(request)
    return round_.zone if round_ else get_current_timezone()


def today_of(request: HttpRequest) -> date | None:
    """The day of the request by the clocks of that round; None without a round."""
    round_ = round_of(request)
    return received_at(request).astimezone(round_.zone).date() if round_ else None
