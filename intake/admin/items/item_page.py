"""One item, opened: it reads like a letter, and every opening leaves an event."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.ending.item_end import end_facts
from intake.admin.handbook.task_table import task_in
from intake.admin.items.clock_card import TypedClock, clock_context
from intake.admin.items.file_lines import File, files_of
from intake.admin.items.item_lines import (
    NEWS,
    ONE_SHEET,
    WAITING,
    Place,
    Tag,
    moment,
    received_words,
    tags_of,
    target_words,
    way_words,
)
from intake.admin.items.scope_form import ScopeForm
from intake.admin.judging.handling_card import handling_context
from intake.admin.registering.paper_lines import circumstances
from intake.admin.together.desks_card import desks_context
from intake.admin.together.helped_card import helped_context
from intake.admin.together.helped_list import back_to_helped, is_helped
from intake.admin.together.repeats_card import repeats_context
from intake.admin.together.reroute_form import RerouteForm
from intake.admin.traces.row_history import log_of
from intake.admin.transfers.list_card import transfer_context
from intake.admin.who import member
from intake.admin.writing.case_card import DamagedCase, case_context, case_of
from intake.admin.writing.case_sheet import CaseSheet
from intake.casework import one_sheet, opening
from intake.casework.case_files import OpenedCase
from intake.casework.correcting.correcting import may_correct
from intake.choices import Status
from intake.models import StaffUser, Submission
from intake.report.documents import UnreadableReport
from intake.report.draft import Report
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

TEMPLATE = "admin/intake/submission/item.html"
HELPERS_TEMPLATE = "admin/intake/submission/together/helped.html"
LOG_SHOWN = 100
SAME_SHEET = "从同一张表交来的，内容不同：可能是改过再交的，也可能不是同一个人写的。"
UNREADABLE = "封存的内容打不开，可能已经损坏。请告诉系统管理员，不要反复试。"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line beside the letter."""

    label: str
    value: str
    note: str = ""


def opened_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """GET opens the item in memory; nothing of it is stored, and no browser keeps the page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return show(request, item, site)


def show(
    request: HttpRequest,
    item: Submission,
    site: admin.AdminSite,
    *,
    sheet: CaseSheet | None = None,
    clock: TypedClock | None = None,
    status: int = 200,
) -> HttpResponse:
    """The opened page; with a typed `sheet` of the case file, or `clock`, that one in its form."""
    around = _around(request, item, site)
    user, at, template = member(request), received_at(request), TEMPLATE
    opened, keyring, case, problem = None, None, None, ""
    try:
        keyring = keyring_of(request)
        opened = opening.open(item, keyring, by=user, at=at)
        case = case_of(item, keyring)
    except KeyringMissing:
        return log_in_again(request)
    except NoDeskAccess as error:
        problem, status = str(error), 403
    except (CannotOpen, UnreadableReport):
        logger.exception("item %s does not open", item.pk)
        problem, status = UNREADABLE, 500
    context = {
        **site.each_context(request),
        **_context(item, opened, user, at, keyring),
        **case_context(request, item, case, opened.report if opened else None, sheet),
        "problem": problem,
        "around": around,
    }
    if is_helped(item):
        template, context = HELPERS_TEMPLATE, context | helped_context(item, user, at)
        context["back_to_helped"] = back_to_helped(request, item)
    else:
        context["how_to"] = task_in(item.status)
        key = keyring if opened else None
        context |= _of_the_lead(item, user, at, keyring=key, case=case, clock=clock)
        context |= repeats_context(item, user, opened.facts if opened else None, key)
    return TemplateResponse(request, template, context, status=status)


def _around(request: HttpRequest, item: Submission, site: admin.AdminSite) -> Any:
    """The rows beside it; whoever helps came from no list of the item's own."""
    pages: Any = site.get_model_admin(Submission)
    return None if is_helped(item) else pages.around(request, item)


def log_in_again(request: HttpRequest) -> HttpResponse:
    """The keys are gone, so the member must show the password once more."""
    if request.method == "POST":
        return not_done.session_ended(request)
    messages.warning(request, "为了保护信访内容，请重新登录。")
    return redirect_to_login(request.get_full_path(), "admin:login")


def _context(
    item: Submission,
    opened: opening.Opened | None,
    user: StaffUser,
    at: datetime,
    keyring: Keyring | None,
) -> dict[str, Any]:
    zone, files, supplements = item.round.zone, list[File](), list[dict[str, object]]()
    if opened and keyring:
        files = files_of(item, opened.report.attachments, keyring=keyring)
        supplements = list(supplements_of(item, opened, len(files), keyring))
    return {
        "title": f"信访件 {item.display_number}".strip(),
        "submission": item,
        "tags": tags_of(item, Place.PAGE),
        "opened": opened,
        "opened_at": moment(at, zone),
        "files": files,
        "supplements": supplements,
        "facts": [*_registered_facts(item, user), *(told_facts(opened.report) if opened else [])],
        "events": log_of(item, user, most=LOG_SHOWN),
    }


def _of_the_lead(
    item: Submission,
    user: StaffUser,
    at: datetime,
    *,
    keyring: Keyring | None,
    case: OpenedCase | DamagedCase | None,
    clock: TypedClock | None,
) -> dict[str, Any]:
    """The cards and forms of whoever works on it at its own desk."""
    return {
        **clock_context(item, user, at, keyring, clock),
        **handling_context(item, user, case),
        **transfer_context(item, user),
        **desks_context(item, user, keyring),
        "scope_form": ScopeForm(item) if user.may(Deed.SET_SCOPE) else None,
        "can_register": user.may(Deed.REGISTER) and item.status == Status.UNREGISTERED,
        "can_correct": may_correct(item, user),
        "reroute_form": RerouteForm(item, user) if user.may(Deed.REROUTE) else None,
    }


def supplements_of(
    item: Submission, opened: opening.Opened, before: int, keyring: Keyring
) -> Iterator[dict[str, object]]:
    """What was added later, to it or to a repeat; files are counted on from those `before`."""
    for one in opened.supplements:
        files = files_of(
            one.sent_to, one.report.attachments, one.pk, keyring=keyring, before=before
        )
        before += len(files)
        yield {
            "received": moment(one.received_at, item.round.zone),
            "report": one.report,
            "news": Tag(NEWS, "late") if one.is_new else None,
            "files": files,
            "repeat": one.sent_to if one.sent_to.pk != item.pk else None,
        }


def _registered_facts(item: Submission, user: StaffUser) -> list[Fact]:
    facts = [
        Fact("收件", f"{received_words(item)} {way_words(item)}"),
        Fact("巡察对象", target_words(item)),
        Fact("分送", str(item.desk), item.route_reason),
        Fact("署名", str(item.get_signature_display())),
        Fact("类别", str(item.get_category_display()) if item.category else "没有选"),
        Fact("受理范围", str(item.get_scope_display())),
    ]
    others = [
        f"{other.display_number or WAITING}（{moment(other.received_at, item.round.zone)}）"
        for other in one_sheet.others_of(item, user)
    ]
    if others:
        facts.append(Fact(ONE_SHEET, "、".join(others), SAME_SHEET))
    if item.box_number:
        facts.insert(1, Fact("开箱编号", str(item.box_number)))
    if item.postmarked_on:
        facts.insert(1, Fact("邮戳日期", f"{item.postmarked_on:%Y-%m-%d}"))
    if item.registered_at:
        words = moment(item.registered_at, item.round.zone)
        facts.append(Fact("登记", words, str(item.registered_by or "")))
    facts += [Fact(label, words) for label, words in end_facts(item)]
    return facts


def told_facts(report: Report) -> list[Fact]:
    """What the reporter filled in beside the text, but for name and telephone."""
    told = [
        Fact("地点", report.place),
        Fact("被反映人", report.subject),
        Fact("时间地点", report.happened),
        *(Fact(*line) for line in circumstances(report.paper)),
        Fact("反映巡察干部", "是" if report.about_inspectors else ""),
    ]
    return [fact for fact in told if fact.value]
