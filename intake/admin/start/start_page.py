"""The start page: what comes first for this member, then how much of everything there is."""

from dataclasses import dataclass, field, replace
from datetime import tzinfo

from django.http import HttpRequest

from inspection.screen.asked import received_at
from inspection.wording import WEEKDAYS
from intake.access import Deed
from intake.admin.finding.filters_page import Link, links_of
from intake.admin.items.item_lines import Line, line_of
from intake.admin.items.list_filters import list_address
from intake.admin.login.login_before import LoginBefore, login_before
from intake.admin.start.chore import Asked, Chore
from intake.admin.start.chores import chores_for
from intake.admin.start.daily_bars import STEP, Bar, bars_for
from intake.admin.start.tallying import DAYS_COUNTED, tally_of
from intake.admin.start.waiting_items import REPEATS, numbers_of
from intake.admin.traces.event_objects import about_of, short_names_of
from intake.admin.traces.row_history import LogLine, line_of_event
from intake.admin.who import calendar_of, desks_of, member, own_check_code, today_of, zone_of
from intake.casework import news
from intake.choices import Status
from intake.models import AuditEvent, Submission
from intake.report.check_code import check_code_of

WAITING_SHOWN = 8
EVENTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many items stand in one status, and where to see them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the start page."""

    date: str = ""
    chores: list[Chore] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    tallies: list[StatusCount] = field(default_factory=list)
    counted: str = ""
    days: list[Bar] = field(default_factory=list)
    events: list[LogLine] = field(default_factory=list)
    check_code: str = ""
    can_jump: bool = False
    saved_filters: list[Link] = field(default_factory=list)
    login_before: LoginBefore | None = None
    zone: tzinfo | None = None
    has_statistics: bool = False
    keeps_sealed: bool = False
    chart_width: int = STEP * DAYS_COUNTED

    @property
    def days_total(self) -> int:
        return sum(day.count for day in self.days)


def today_for(request: HttpRequest) -> Today:
    """The start page of the member who asks."""
    user, day = member(request), today_of(request)
    chores = list(chores_for(Asked(request, received_at(request))))
    today = Today(chores=chores, login_before=login_before(request), zone=zone_of(request))
    if day is None:
        return replace(today, check_code=own_check_code(user))
    words = f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"
    today = replace(today, date=words)
    # The same whether or not something waits: nobody may notice here that it does.
    today = replace(today, keeps_sealed=user.may(Deed.KEEP_SEALED_MATTERS))
    if user.may(Deed.READ_AUDIT):
        today = replace(today, events=_recent_events())
    if user.may(Deed.OPEN):
        days = bars_for(tally_of(request).by_day, calendar_of(request))
        recipient = numbers_of(request).recipient
        code = check_code_of(recipient) if recipient else ""
        today = replace(today, waiting=_waiting(request), tallies=_tallies(request), days=days)
        today = replace(today, saved_filters=links_of(request))
        today = replace(today, check_code=code, can_jump=True, counted=_counted(request))
        today = replace(today, has_statistics=user.may(Deed.SEE_STATISTICS))
    return today


def _recent_events() -> list[LogLine]:
    recent = list(AuditEvent.objects.select_related("actor").defer("covers")[:EVENTS_SHOWN])
    names = short_names_of(recent)
    return [line_of_event(event, about_of(event, names)) for event in recent]


def _waiting(request: HttpRequest) -> list[Line]:
    """The oldest items that have no number yet; whoever has no desk sees none."""
    if not desks_of(request):
        return []
    user = member(request)
    waiting = Submission.objects.visible_to(user).unregistered().order_by("received_at", "pk")
    told = waiting.select_related("round", "target", "drop_box")
    rows = told.annotate(has_news=news.has_news()).defer("sealed")
    return [line_of(item) for item in rows[:WAITING_SHOWN]]


def _counted(request: HttpRequest) -> str:
    """件 and 件次 are never one number: what repeats another item is none of its own."""
    times = tally_of(request).total
    items = times - numbers_of(request).linked.get(REPEATS, 0)
    return f"合计 {items} 件、{times} 件次：并入的重复件算件次，不算件。"


def _tallies(request: HttpRequest) -> list[StatusCount]:
    by_status = tally_of(request).by_status
    return [
        StatusCount(str(status.label), by_status[status], list_address(Submission, status=status))
        for status in Status
        if by_status.get(status)
    ]
