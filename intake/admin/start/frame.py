"""What stands around every staff page: the bar with the round, and the side list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from inspection.models import Round
from inspection.schedule import Calendar, Window, WindowState
from inspection.screen.asked import received_at
from inspection.wording import closing_words, moment_words
from intake.access import Deed
from intake.admin.start.tallying import total_of
from intake.admin.who import calendar_of, desks_of, member, round_of
from intake.models import Desk, StaffUser

BRAND = "巡察信访"
# The order of the day's work; a model that the role may not see is left out.
SECTIONS = (
    (
        "办理",
        (
            "intake.submission",
            "intake.transferlist",
            "intake.boxopening",
            "intake.sealedmatter",
            "intake.deskaccess",
        ),
    ),
    ("汇总", ("intake.auditevent",)),
    ("账号", ("intake.staffuser",)),
    (
        "公告",
        (
            "inspection.round",
            "inspection.team",
            "inspection.target",
            "inspection.contactpoint",
            "inspection.dropbox",
            "inspection.focustopic",
            "inspection.workcalendarday",
            "intake.deadlinerule",
            "intake.receiver",
            "intake.problem",
            "intake.retentionclass",
        ),
    ),
)
# Pages of no model, before the models of their section: label, name of the address, who may.
PAGES = {
    "汇总": (
        ("信访台账", "admin:ledger", Deed.OPEN),
        ("信访举报统计表", "admin:statistics", Deed.SEE_STATISTICS),
        ("轮次结束", "admin:ending", Deed.ARCHIVE),
    ),
    "公告": (("公告预览", "admin:preview", Deed.LOAD_NOTICE),),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the side list."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the side list."""

    title: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Frame:
    """The bar and the side list of one page."""

    brand: str = BRAND
    round_line: str = ""
    who: str = ""
    simulated: str = ""
    sections: list[Section] = field(default_factory=list)


def frame_of(request: HttpRequest, site: admin.AdminSite) -> Frame:
    """The frame of this request's page; strangers see no round and no list."""
    simulated: datetime | None = settings.SIMULATED_NOW
    words = moment_words(simulated, simulated.tzinfo or UTC) if simulated else ""
    if not site.has_permission(request):
        return Frame(simulated=words)
    user, at = member(request), received_at(request)
    round_, desks = round_of(request), desks_of(request)
    return Frame(
        brand=f"{round_.word}信访" if round_ else BRAND,
        round_line=round_line(round_, window_of(desks, round_), calendar_of(request), at)
        if round_
        else "还没有载入公告",
        who=who(user, desks),
        simulated=words,
        sections=list(_sections(request, site, user)),
    )


def window_of(desks: list[Desk], round_: Round) -> Window:
    """The window that matters to this member: the own team's, else the whole round's."""
    # The office's own desk comes before its teams', and a team's clerk sees none of the office's.
    own = [desk for desk in desks if desk.round_id == round_.pk]
    if own and own[0].team:
        return own[0].team.window()
    seen = [desk.team for desk in own if desk.team]
    # Whoever has no desk asks for the teams themselves.
    windows = [team.window() for team in seen or round_.teams.select_related("round")]
    windows.append(round_.window())
    return max(windows, key=lambda window: window.closes)


def round_line(round_: Round, window: Window, calendar: Calendar, at: datetime) -> str:
    """'十四届市委第八轮 · 受理中，今天以后还有 66 天（45 个工作日）'."""
    name = round_.title.removesuffix("公告").removesuffix(round_.word)
    return f"{name} · {window_line(window, calendar, at)}"


def window_line(window: Window, calendar: Calendar, at: datetime) -> str:
    """How the window stands, with the days and working days left after today."""
    state = window.state(at)
    if state == WindowState.UPCOMING:
        opens = window.first_day
        return f"还没有开始受理，{opens.month}月{opens.day}日开始"
    if state == WindowState.CLOSED:
        return f"受理已结束（{closing_words(window)}）"
    if state == WindowState.LAST_DAY:
        return f"今天是最后一天，到{closing_words(window)}"
    workdays = calendar.workdays_left(window, at)
    known = f"{workdays} 个工作日" if workdays is not None else "工作日数未知"
    return f"受理中，今天以后还有 {window.days_left(at)} 天（{known}）"


def who(user: StaffUser, desks: list[Desk]) -> str:
    """'张（演示） · 市县统筹第四巡察组'; whoever sees the office's desks is of the office."""
    places = "、".join(dict.fromkeys(str(desk) for desk in desks))
    is_of_teams = places and not any(desk.is_office for desk in desks)
    where = places if is_of_teams else user.get_role_display()
    return f"{user} · {where}"


def _sections(request: HttpRequest, site: admin.AdminSite, user: StaffUser) -> Iterator[Section]:
    home = reverse("admin:index")
    today = Entry("今日", home, is_current=request.path == home)
    for title, labels in SECTIONS:
        entries = [today] if title == "办理" else list(_pages(request, title, user))
        for label in labels:
            model_admin = site.get_model_admin(apps.get_model(label))
            if not model_admin.has_view_permission(request):
                continue
            opts = model_admin.opts
            url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            count = total_of(request) if label == "intake.submission" else None
            current = request.path.startswith(url)
            entries.append(Entry(str(opts.verbose_name_plural), url, current, count))
        if entries:
            yield Section(title, entries)


def _pages(request: HttpRequest, title: str, user: StaffUser) -> Iterator[Entry]:
    for label, name, deed in PAGES.get(title, ()):
        url = reverse(name)
        if user.may(deed):
            yield Entry(label, url, is_current=request.path.startswith(url))
