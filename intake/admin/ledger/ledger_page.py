"""信访台账: the choice of what is given out, the five working ledgers, the table and the print."""

import logging
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inspection import clock
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.items.item_page import log_in_again
from intake.admin.items.list_filters import list_address
from intake.admin.ledger.chosen_items import ChosenItems, chosen_items
from intake.admin.ledger.giving_out import download
from intake.admin.ledger.ledger_form import LedgerForm
from intake.admin.ledger.run_pages import last_line
from intake.admin.ledger.working_filter import WorkingLedgerFilter
from intake.admin.who import member, still_in, today_of
from intake.casework.ledger import exporting, runs
from intake.casework.ledger.exporting import MOST_PRINTED, TooMany
from intake.casework.ledger.ledger_columns import columns_of, parts_of
from intake.casework.ledger.working_ledgers import VIEWS
from intake.choices import Edition, RunState
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, keyring_of

logger = logging.getLogger(__name__)
TEMPLATE = "admin/ledger/choice.html"
CONFIRM_TEMPLATE = "admin/ledger/complete.html"
PRINT_TEMPLATE = "admin/ledger/print.html"
STOPPED = "已按您的要求停下，没有给出文件。"


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One of the five, with how many it holds and where its items and its export are."""

    name: str
    words: str
    count: int
    list_url: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponseBase:
    """GET: the choice. POST `edition`, and `reason` for the complete one: xlsx."""
    chosen = _chosen(request, site)
    if request.method != "POST":
        return _page(request, site, chosen)
    form = LedgerForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _refused(request, site, chosen, form)
    by, at = member(request), received_at(request)
    try:
        export = exporting.begin(
            chosen.items,
            form.wanted(filters=chosen.names, ledger=chosen.ledger),
            keyring_of(request),
            about=_about(request, chosen, form),
            goes_on=still_in(request),
            real_now=clock.real_now,
            by=by,
            at=at,
        )
        return download(request, export, f"{today_of(request) or at.date()}")
    except KeyringMissing:
        return log_in_again(request)
    except (TooMany, runs.CannotRun) as error:
        return _page(request, site, chosen, problem=str(error), status=422)
    except runs.Ended as ended:
        return _not_whole(request, site, chosen, ended)


@require_safe
def complete_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """GET: asks once more, and what for, before the reporters' names leave."""
    if not member(request).may(Deed.SEE_REPORTER):
        raise PermissionDenied
    return _page(request, site, _chosen(request, site), template=CONFIRM_TEMPLATE)


def print_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """POST as for the table: a page to be printed."""
    chosen = _chosen(request, site)
    form = LedgerForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _refused(request, site, chosen, form)
    wanted = form.wanted(filters=chosen.names, ledger=chosen.ledger)
    try:
        by, at, keyring = member(request), received_at(request), keyring_of(request)
        rows = exporting.printed(chosen.items, wanted, keyring, by=by, at=at)
    except KeyringMissing:
        return log_in_again(request)
    except TooMany as error:
        return _page(request, site, chosen, problem=str(error), status=422)
    columns = columns_of(wanted.edition)
    printed = [parts_of(cells, columns) for cells in rows]
    parts = list(dict.fromkeys(column.part for column in columns))
    about = _about(request, chosen, form)
    return _page(
        *(request, site, chosen), template=PRINT_TEMPLATE, rows=printed, parts=parts, about=about
    )


def _chosen(request: HttpRequest, site: admin.AdminSite) -> ChosenItems:
    if not member(request).may(Deed.OPEN):
        raise PermissionDenied
    return chosen_items(request, site)


def _about(
    request: HttpRequest, chosen: ChosenItems, form: LedgerForm
) -> tuple[tuple[str, str], ...]:
    edition = Edition(form.cleaned_data["edition"])
    made = f"{received_at(request).astimezone():%Y-%m-%d %H:%M}，{member(request)}"
    return (
        (exporting.NAME, str(edition.label)),
        ("范围", chosen.words),
        ("导出", made),
        ("保密", "含信访内容，按规定保管；用完请删除，不要发到微信和邮箱里。"),
    )


def _refused(
    request: HttpRequest, site: admin.AdminSite, chosen: ChosenItems, form: LedgerForm
) -> HttpResponse:
    """On the page that asked: the complete edition has one of its own."""
    is_whole = request.POST.get("edition") == Edition.COMPLETE
    is_whole = is_whole and member(request).may(Deed.SEE_REPORTER)
    template = CONFIRM_TEMPLATE if is_whole else TEMPLATE
    problem = next(str(errors[0]) for errors in form.errors.values())
    return _page(request, site, chosen, template=template, form=form, problem=problem, status=422)


def _not_whole(
    request: HttpRequest, site: admin.AdminSite, chosen: ChosenItems, ended: runs.Ended
) -> HttpResponse:
    """Nothing was answered yet, so that a sentence stands in the place of the file."""
    if ended.state is RunState.STOPPED:
        return _page(request, site, chosen, problem=STOPPED, status=409)
    logger.warning("an export of the ledger lost its session")
    request.session.flush()
    request.user = AnonymousUser()
    return not_done.session_ended(request)


def _page(
    request: HttpRequest,
    site: admin.AdminSite,
    chosen: ChosenItems,
    *,
    template: str = TEMPLATE,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    form = LedgerForm(label_suffix="")
    context = {
        **site.each_context(request),
        "title": "导出信访台账",
        "chosen": chosen,
        "form": form,
        "run": last_line(request),
        "most_printed": MOST_PRINTED,
        "may_name": member(request).may(Deed.SEE_REPORTER),
        "working": _working(request) if template == TEMPLATE else [],
        **more,
    }
    return TemplateResponse(request, template, context, status=status)


def _working(request: HttpRequest) -> list[WorkingLine]:
    """All five counted in one query."""
    found = Submission.objects.visible_to(member(request)).order_by()
    counts = found.aggregate(**{view.code.value: Count("pk", filter=view.finds) for view in VIEWS})
    return [
        WorkingLine(
            view.name,
            view.words,
            counts[view.code.value],
            list_address(Submission, **{WorkingLedgerFilter.parameter_name: view.code.value}),
            f"{reverse('admin:ledger')}?{WorkingLedgerFilter.parameter_name}={view.code.value}",
        )
        for view in VIEWS
    ]
