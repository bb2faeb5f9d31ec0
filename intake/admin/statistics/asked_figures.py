"""What the address of the statistics asks for: a round, days, a form. Anything else is a 400."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from inspection.admin.offered import NoLongerOffered, NotOffered, refuse_what_is_no_text
from inspection.models import Round
from inspection.schedule import ONE_DAY
from inspection.screen.asked import received_at
from intake.admin.finding.counted_filters import (
    FIRST_YEAR,
    FROM,
    LAST_YEAR,
    UNTIL,
    day_of,
    rounds_of,
)
from intake.admin.who import targets_of
from intake.casework.figures.figure_sheet import RoundAsked, code_of
from intake.casework.figures.spans import Span
from intake.casework.figures.taking_figures import PRINT, XLSX
from intake.models import Desk

ROUND, FORM, ROWS, MADE_FOR = "round", "format", "rows", "for"
ONLY_TEAMS = "teams"
UNREADABLE = "“%s”不是能用的日期。请写成 2025-04-15 这样，年份从 %d 到 %d。"
TURNED_ROUND = "开始的日子在结束的日子后面，没有可以统计的。请把两个日期换过来。"
NOT_OVER = (
    "给一个组的只数到昨天为止：今天还会来件，几份一相减就看得出是哪几件。请选昨天以前的日子。"
)
NO_DESK = "您还没有受理席的授权，没有可以统计的信访件。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`problem` is the sentence that says why there are no figures; '' where there are."""

    rounds: tuple[Round, ...]
    asked: RoundAsked | None
    before: RoundAsked | None
    span: Span
    form: str = ""
    problem: str = ""
    only_teams: bool = False
    made_for: str = ""

    @property
    def editions(self) -> list[tuple[str, str]]:
        """The desks of teams for which an edition can be made, by whoever sees several desks."""
        desks = self.asked.desks if self.asked else ()
        teams = [(code_of(desk), str(desk)) for desk in desks if desk.team]
        return teams if any(desk.is_office for desk in desks) else []


def wanted_of(request: HttpRequest) -> Wanted:
    """Raises NotOffered for what no link and no field of the page asks."""
    refuse_what_is_no_text(request.GET)
    form, rows = request.GET.get(FORM, ""), request.GET.get(ROWS, "")
    is_known = form in ("", XLSX, PRINT) and rows in ("", ONLY_TEAMS)
    if set(request.GET) - {FROM, UNTIL, ROUND, FORM, ROWS, MADE_FOR} or not is_known:
        raise NotOffered("beside figures")
    seen = {round_: desks for round_, desks in rounds_of(request).items() if desks}
    rounds = tuple(seen)
    place = _place(request, rounds)
    if place is None:
        return Wanted(rounds, None, None, Span(), problem=NO_DESK)
    asked = _asked(request, rounds[place], seen)
    earlier = rounds[place + 1 :]
    before = _asked(request, earlier[0], seen) if earlier else None
    try:
        span = _span(request)
    except ValueError as error:
        return Wanted(rounds, asked, before, Span(), problem=str(error))
    made_for = request.GET.get(MADE_FOR, "")
    if made_for:
        yesterday = received_at(request).astimezone(rounds[place].zone).date() - ONE_DAY
        if span.first and span.first > yesterday:
            return Wanted(rounds, asked, before, Span(), problem=NOT_OVER)
        span = span.until(yesterday)
    wanted = Wanted(
        rounds,
        asked,
        before,
        span,
        form,
        only_teams=rows == ONLY_TEAMS,
        made_for=made_for,
    )
    if wanted.made_for and wanted.made_for not in dict(wanted.editions):
        raise NoLongerOffered(MADE_FOR)
    return wanted


def _place(request: HttpRequest, rounds: tuple[Round, ...]) -> int | None:
    """Which of them is meant: the newest, unless another is named."""
    slugs = [one.slug for one in rounds]
    named = request.GET.get(ROUND, "")
    if named and named not in slugs:
        raise NoLongerOffered(ROUND)
    return slugs.index(named) if named else 0 if slugs else None


def _asked(request: HttpRequest, round_: Round, seen: dict[Round, list[Desk]]) -> RoundAsked:
    """The desks of the teams in the notice's order, and then the office's own."""
    desks = sorted(seen[round_], key=lambda one: (one.is_office, one.team.order if one.team else 0))
    teams = {desk.team_id for desk in desks if desk.team_id}
    return RoundAsked(round_, desks, [one for one in targets_of(request) if one.team_id in teams])


def _span(request: HttpRequest) -> Span:
    """Raises ValueError with the sentence for whoever typed it."""
    first, last = (_day(request.GET.get(name, "").strip()) for name in (FROM, UNTIL))
    if first and last and last < first:
        raise ValueError(TURNED_ROUND)
    return Span(first, last)


def _day(typed: str) -> date | None:
    day = day_of(typed)
    if typed and day is None:
        raise ValueError(UNREADABLE % (typed[:20], FIRST_YEAR, LAST_YEAR))
    return day
