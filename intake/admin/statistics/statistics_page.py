"""信访举报统计表: GET `from`, `until`, `round`; `format` gives it as a file or for paper."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.downloads import XLSX as XLSX_TYPE
from intake.admin.downloads import saved_as
from intake.admin.items.waiting_filters import due_lists_of
from intake.admin.statistics.asked_figures import (
    FORM,
    MADE_FOR,
    ONLY_TEAMS,
    ROUND,
    ROWS,
    Wanted,
    wanted_of,
)
from intake.admin.statistics.figure_bars import drawings_of
from intake.admin.statistics.figure_links import Links, days_asked, tables_of
from intake.admin.who import calendar_of, member, round_of, today_of
from intake.casework.figures import taking_figures
from intake.casework.figures.editions import edition_for
from intake.casework.figures.figure_sheet import FigureSheet, sheet_of
from intake.casework.figures.given_before import spans_given
from intake.casework.figures.spans import Span, apart, last_week, this_week
from intake.casework.figures.taking_figures import PRINT, XLSX

TEMPLATE = "admin/intake/statistics/figures.html"


@require_safe
def statistics_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """Whoever may see items counts their own; 422 and a sentence for days that cannot be."""
    user, at = member(request), received_at(request)
    if not user.may(Deed.SEE_STATISTICS):
        raise PermissionDenied
    wanted = wanted_of(request)
    sheet = None if wanted.problem else _sheet(request, wanted)
    if sheet is None:
        return _page(request, site, wanted, status=422 if wanted.rounds else 200)
    if wanted.form == XLSX:
        return _download(taking_figures.workbook(sheet, by=user, at=at), sheet)
    if wanted.form == PRINT:
        taking_figures.note_taken(sheet, PRINT, by=user, at=at)
    links = Links(sheet)
    return _page(
        request,
        site,
        wanted,
        sheet=sheet,
        tables=tables_of(sheet, links, only_teams=wanted.only_teams),
        drawings=drawings_of(sheet, links, calendar_of(request)),
        about=taking_figures.about_of(sheet, by=user, at=at),
    )


def _sheet(request: HttpRequest, wanted: Wanted) -> FigureSheet | None:
    """By the clocks by which the lists find."""
    today, round_ = today_of(request), round_of(request)
    if wanted.asked is None or today is None or round_ is None:
        return None
    user, due = member(request), due_lists_of(request)
    said: dict[str, Any] = {"today": today, "zone": round_.zone, "due": due}
    sheet = sheet_of(user, wanted.asked, wanted.before, wanted.span, **said)
    if not wanted.made_for:
        return sheet
    given = spans_given(wanted.asked.round, dict(wanted.editions)[wanted.made_for])
    days = [one for one in apart([wanted.span, *given], today) if one != wanted.span]
    pieces = [sheet_of(user, wanted.asked, None, one, **said) for one in days]
    return edition_for(sheet, wanted.made_for, pieces)


def _page(
    request: HttpRequest, site: admin.AdminSite, wanted: Wanted, *, status: int = 200, **shown: Any
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": taking_figures.TITLE,
        "subtitle": "" if wanted.problem else wanted.span.words,
        "wanted": wanted,
        "typed": {name: value for name, value in request.GET.items() if name != FORM},
        "chips": _chips(request, wanted),
        "exports": {form: _address(wanted, wanted.span, form) for form in (XLSX, PRINT)},
        "rows_url": _address(wanted, wanted.span, turned=True),
        "is_print": wanted.form == PRINT and not wanted.problem,
        **shown,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _chips(request: HttpRequest, wanted: Wanted) -> list[tuple[str, str, bool]]:
    """Words, address, and whether that is what is shown."""
    today = today_of(request)
    if today is None or wanted.asked is None:
        return []
    spans = {"本周": this_week(today), "上周": last_week(today), "本轮累计": Span()}
    return [
        (words, _address(wanted, span), not wanted.problem and span == wanted.span)
        for words, span in spans.items()
    ]


def _address(wanted: Wanted, span: Span, form: str = "", *, turned: bool = False) -> str:
    """With `turned` the same with bodies where there are none, and without where there are."""
    asks = list(days_asked(span))
    if wanted.asked and wanted.asked.round != wanted.rounds[0]:
        asks.append((ROUND, wanted.asked.round.slug))
    if wanted.made_for:
        asks.append((MADE_FOR, wanted.made_for))
    if wanted.only_teams is not turned:
        asks.append((ROWS, ONLY_TEAMS))
    if form:
        asks.append((FORM, form))
    return f"{reverse('admin:statistics')}{'?' if asks else ''}{urlencode(asks)}"


def _download(content: bytes, sheet: FigureSheet) -> HttpResponse:
    """As a file that no browser keeps or runs."""
    name = f"{taking_figures.TITLE} {sheet.asked.round.title} {sheet.span.words}.xlsx"
    return saved_as(name, HttpResponse(content, content_type=XLSX_TYPE))
