"""One list, opened: what stands on it, until when, and what is to be done now."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import row_address
from intake.admin.handbook.task_table import task_in
from intake.admin.items.item_lines import moment
from intake.admin.items.item_page import Fact, log_in_again
from intake.admin.seen_version import version_in
from intake.admin.traces.row_history import log_of
from intake.admin.transfers.list_forms import DeedForm, field_of
from intake.admin.who import member
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.transfers import list_moves
from intake.casework.transfers.answer_days import days_by_events
from intake.casework.transfers.held_lists import ListChangedMeanwhile, entries_of, position_of
from intake.casework.transfers.list_clocks import clocks_of, is_late_objection
from intake.casework.transfers.list_faults import Given, NotFilled
from intake.casework.transfers.list_moves import CannotDo, MayNotDo
from intake.casework.transfers.list_table import MAKES, Asked, Step, deeds_of, row_of, why_not
from intake.casework.transfers.reading_lists import open_list
from intake.choices import ListState
from intake.models import StaffUser, TransferList
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/transferlist/list.html"
LOG_SHOWN = 30
CHANGED = "您打开这份清单以后，别人已经改过它。您刚才的没有办，填的还在下面，请看过再办。"
INCOMPLETE = "这一页不完整，没有办。请再按一次。"


def deed_fields(request: HttpRequest, list_id: UUID) -> dict[str, Any]:
    """Whatever a deed may ask, so that the words of a lost session are given back with names."""
    return {asked.value: field_of(asked) for asked in Asked}


def opened_view(
    request: HttpRequest,
    row: TransferList,
    site: admin.AdminSite,
    *,
    status: int = 200,
    form: DeedForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """Opens the list in memory; no browser keeps the page."""
    user, at = member(request), received_at(request)
    try:
        opened = open_list(row, keyring_of(request), by=user, at=at)
    except KeyringMissing:
        return log_in_again(request)
    except NoDeskAccess as error:
        opened, problem, status = None, str(error), 403
    today, book = at.astimezone(row.round.zone).date(), RuleBook.read()
    waiting = [entry.submission for entry in entries_of(row, user) if entry.is_open]
    days = days_by_events(row, waiting)
    context = {
        **site.each_context(request),
        "title": f"{row.get_kind_display()} {row.document_number}".strip(),
        "list": row,
        "how_to": task_in(row.kind),
        "opened": opened,
        "problem": problem,
        "facts": list(_facts(row, book)),
        "clocks": list(clocks_of(row, today, book, {str(one): days[one.pk] for one in waiting})),
        "reminders": list(row.reminders.select_related("reminded_by")),
        "deed_forms": _forms(row, user, form) if opened else [],
        "pressed": form.deed.step if form else "",
        "may_write": row.state == ListState.DRAFT and user.may(MAKES[row.kind]),
        "events": log_of(row, user, most=LOG_SHOWN),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def move_view(request: HttpRequest, row: TransferList, site: admin.AdminSite) -> HttpResponse:
    """POST `to`, `version` and what the deed asks: one deed on the list."""
    version, to = version_in(request), request.POST.get("to", "")
    if version is None or to not in list(Step):
        return opened_view(request, row, site, status=422, problem=INCOMPLETE)
    deed = row_of(Step(to), position_of(row, member(request)))
    form = DeedForm(deed, row, entries_of(row, member(request)), request.POST) if deed else None
    try:
        if form is None or form.is_valid():
            return _done(request, row, Step(to), form, version)
        problem, status = "", 422
    except KeyringMissing:
        return log_in_again(request)
    except TransferList.DoesNotExist as error:
        raise Http404 from error
    except NotFilled as missing:
        if form is not None:
            form.add_missing(missing)
        problem, status = "", 422
    except (MayNotDo, CannotDo, NoDeskAccess) as error:
        problem, status, form = str(error), 422 if isinstance(error, CannotDo) else 403, None
    except ListChangedMeanwhile:
        row.refresh_from_db()
        problem, status = CHANGED, 409
    return opened_view(request, row, site, status=status, form=form, problem=problem)


def _done(
    request: HttpRequest, row: TransferList, step: Step, form: DeedForm | None, version: int
) -> HttpResponse:
    given = form.given() if form else Given()
    keyring, at = keyring_of(request), received_at(request)
    by = member(request)
    done = list_moves.do(row.pk, step, given, version=version, keyring=keyring, by=by, at=at)
    messages.success(request, f"已办，现在是“{done.get_state_display()}”。")
    return redirect(row_address(request, row))


def _forms(row: TransferList, user: StaffUser, pressed: DeedForm | None) -> list[DeedForm]:
    entries = entries_of(row, user)
    position = position_of(row, user)
    return [
        pressed
        if pressed is not None and pressed.deed.step == deed.step
        else DeedForm(deed, row, entries)
        for deed in deeds_of(position)
        if not why_not(deed, position)
    ]


def _facts(row: TransferList, book: RuleBook) -> Iterator[Fact]:
    zone = row.round.zone
    yield Fact("接收单位", str(row.receiver), str(row.receiver.address))
    yield Fact("受理席", str(row.desk))
    yield Fact("起草", moment(row.made_at, zone), str(row.made_by or ""))
    if row.proposed_at:
        yield Fact("送审", moment(row.proposed_at, zone), str(row.proposed_by or ""))
    if row.approved_at:
        yield Fact("批准", moment(row.approved_at, zone), str(row.approved_by or ""))
    for name in ("sent_on", "signed_on", "objection_on", "returned_on", "feedback_on"):
        day = getattr(row, name)
        if day is not None:
            by = row.sent_by if name == "sent_on" else None
            by = row.returned_by if name == "returned_on" else by
            is_late = name == "objection_on" and is_late_objection(row, book)
            note = "超过期限提出" if is_late else str(by or "")
            words = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield Fact(words, f"{day:%Y-%m-%d}", note)
