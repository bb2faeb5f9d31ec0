"""A web report's registration: what is typed left, the letter and what its words propose beside."""

import logging
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from inspection.admin.offered import WAY_BACK, NotOffered, refuse_what_is_no_text
from inspection.current import read
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.finding.way_back import carried, item_address, items_list, kept_list
from intake.admin.items.item_page import UNREADABLE, log_in_again
from intake.admin.judging.judging_form import SHOWN
from intake.admin.registering.register_page import ANOTHER, LAST, LOOK
from intake.admin.web_registration import web_sheet
from intake.admin.web_registration.web_beside import beside, place_of
from intake.admin.web_registration.web_form import WebForm
from intake.admin.web_registration.web_offers import NOT_BOTH, TAKE, offers_for, put_in
from intake.admin.web_registration.web_sheet import WebSheet
from intake.admin.who import member
from intake.admin.writing.case_form import MORE_ROWS, case_fields, with_more_rows
from intake.admin.writing.written_page import Answer, answer_of
from intake.casework import case_files
from intake.casework.moving.allowing import CannotMove
from intake.casework.registering.sending_to import Sending
from intake.casework.registering.web_reports import proposals_of, register_web
from intake.casework.rerouting import CannotReroute
from intake.casework.together.item_facts import open_report
from intake.casework.versions import ChangedMeanwhile
from intake.casework.writing import written_words
from intake.choices import Way
from intake.models import Submission
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

TEMPLATE = "admin/intake/registering/web.html"
TAKE_OVER = "_take_over"
NOT_SAVING = {LOOK, MORE_ROWS, TAKE_OVER}


def web_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks; nothing of an item that is not the member's."""
    user = member(request)
    item = _waiting(request, item_id) if user.may(Deed.REGISTER) else None
    return {**WebForm(item, read(item.round), user).fields, **case_fields()} if item else {}


@not_done.asks(web_fields)
@require_http_methods(["GET", "HEAD", "POST"])
def web_view(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """GET opens it, with its event; POST the fields of the table, or `accept` alone: its number."""
    if not member(request).may(Deed.REGISTER):
        raise PermissionDenied
    item = _waiting(request, item_id)
    if item is None:
        raise Http404
    refuse_what_is_no_text(request.GET)
    if set(request.GET) - {LAST, WAY_BACK}:
        raise NotOffered("no field of the page")
    is_whole = SHOWN in request.POST
    if item.number is not None and not is_whole:
        return redirect(item_address(request, item))
    try:
        return _answered(request, item)
    except KeyringMissing:
        return log_in_again(request)
    except NoDeskAccess as error:
        raise PermissionDenied from error
    except (CannotOpen, UnreadableReport):
        logger.exception("item %s does not open", item.pk)
        return _page(request, item, status=500, problem=UNREADABLE)


def _answered(request: HttpRequest, item: Submission) -> HttpResponse:
    answer = answer_of(request, place_of(item))
    if answer is Answer.THROWN_AWAY:
        return redirect(item_address(request, item, "web"))
    keyring, user, published = keyring_of(request), member(request), read(item.round)
    case = case_files.open(item, keyring)
    if request.method != "POST":
        return _shown(request, item, web_sheet.opened(item, case, published, user))
    sent = answer if isinstance(answer, QueryDict) else request.POST
    data = web_sheet.whole_data(item, case, sent)
    against = _taken(data, item, keyring) if TAKE in data else []
    if MORE_ROWS in data:
        data = with_more_rows(data)
    sheet = web_sheet.typed(item, case, published, user, data)
    if isinstance(answer, QueryDict) or NOT_SAVING & set(data):
        return _shown(request, item, sheet)
    is_right = sheet.is_valid()
    for name in against:
        sheet.form.add_error(name, NOT_BOTH)
    sending = sheet.form.sending() if is_right and not against else None
    if sending is None:
        return _shown(request, item, sheet, status=422)
    return _registered(request, item, sheet, sending)


def _taken(data: QueryDict, item: Submission, keyring: Keyring) -> list[str]:
    """Puts what was ticked into its fields; gives those that say otherwise. Raises CannotOpen."""
    found = proposals_of(item, open_report(item, keyring.desk_secret(item.desk)))
    return put_in(data, offers_for(item, found), found)


def _registered(
    request: HttpRequest, item: Submission, sheet: WebSheet, sending: Sending
) -> HttpResponse:
    user = member(request)
    try:
        register_web(
            item,
            sheet.checked(sending),
            keyring_of(request),
            version=sheet.version,
            case_version=sheet.case_version,
            published=sheet.form.published,
            by=user,
            at=received_at(request),
        )
    except ChangedMeanwhile:
        return _changed(request, item, sheet)
    except (CannotMove, CannotReroute) as error:
        field = "desk" if "desk" in sheet.form.fields else None
        sheet.form.add_error(field, str(error))
        return _shown(request, item, sheet, status=422)
    # Also what still waited: the page is not shown again, so that it could not be put back.
    written_words.forget(place_of(item), by=user)
    return _next(request, item, sending)


def _changed(request: HttpRequest, item: Submission, sheet: WebSheet) -> HttpResponse:
    """What stands now beside what was typed; pressed twice, it is one registration."""
    now = _waiting(request, item.pk)
    if now is None:
        raise Http404
    case = case_files.open(now, keyring_of(request))
    again = web_sheet.over(sheet, now, case)
    if not again.is_valid():
        return _shown(request, now, again, status=409)
    differing = list(web_sheet.differences(again, now, case))
    if not differing and now.number is not None:
        return redirect(item_address(request, now))
    return _shown(request, now, again, status=409, differences=differing)


def _next(request: HttpRequest, item: Submission, sending: Sending) -> HttpResponse:
    """Says the number, and leads to the item or to the next one that waits."""
    item.refresh_from_db()
    following = _following(request, item) if ANOTHER in request.POST else None
    if following is not None:
        below = reverse("admin:intake_submission_web", args=[following])
        way = carried(kept_list(request), "&")
        return redirect(f"{below}?{urlencode({LAST: str(item.pk)})}{way}")
    words = f"已登记，编号 {item.display_number}，送到{item.desk}。"
    if ANOTHER in request.POST:
        words += "没有别的待登记的网上来件了。"
    messages.success(request, words)
    return redirect(items_list(request) if sending.leaves else item_address(request, item))


def _following(request: HttpRequest, item: Submission) -> UUID | None:
    """The next by arrival that waits in the round, else the first that was left out."""
    mine = Submission.objects.visible_to(member(request)).unregistered()
    waiting = mine.filter(round=item.round_id, way=Way.WEB).exclude(pk=item.pk)
    keys = waiting.order_by("received_at", "pk").values_list("pk", flat=True)
    later: UUID | None = keys.filter(received_at__gte=item.received_at).first()
    return later or keys.first()


def _waiting(request: HttpRequest, item_id: UUID) -> Submission | None:
    mine = Submission.objects.visible_to(member(request))
    return mine.select_related("round", "desk__team", "target").filter(pk=item_id).first()


def _shown(
    request: HttpRequest, item: Submission, sheet: WebSheet, *, status: int = 200, **more: object
) -> HttpResponse:
    context = beside(request, item, sheet)
    if status == HTTPStatus.OK:
        sheet.tell_no_errors()
    return _page(request, item, status=status, sheet=sheet, **context, **more)


def _page(
    request: HttpRequest, item: Submission, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "登记网上来件",
        "submission": item,
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
