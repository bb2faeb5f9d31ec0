"""开箱记录: the page of a new record, and the record with what each of the two may do now."""

import logging
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import row_address
from intake.admin.items.item_page import log_in_again
from intake.admin.openings.opening_deeds import DEEDS, OpenedRecord, Shown
from intake.admin.openings.opening_forms import FoundForm, minute, told
from intake.admin.openings.opening_lines import facts_of, letters_of, state_tag
from intake.admin.traces.row_history import log_of
from intake.admin.who import member
from intake.casework.boxes import box_discrepancies, box_openings
from intake.casework.boxes.box_openings import CannotOpenBox
from intake.choices import Way
from intake.models import BoxOpening, Submission
from intake.report.documents import UnreadableReport
from intake.report.opening_words import OpeningWords
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

ADD, RECORD = (f"admin/intake/boxopening/{page}.html" for page in ("add", "record"))
LOG_SHOWN = 100
UNREADABLE = "封存的说明打不开，可能已经损坏。请告诉系统管理员。"


def add_fields(request: HttpRequest) -> dict[str, Any]:
    """What the page of a new record asks."""
    return FoundForm(user=member(request), at=received_at(request)).fields


def record_fields(request: HttpRequest, object_id: str) -> dict[str, Any]:
    """What all forms of a record ask."""
    user, at = member(request), received_at(request)
    return {
        name: field
        for deed in DEEDS.values()
        for name, field in deed.form(user=user, at=at).fields.items()
    }


def added_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """POST records it, signed with the own password."""
    user, at = member(request), received_at(request)
    typed = request.POST if request.method == "POST" else None
    form = FoundForm(typed, user=user, at=at, initial={"opened_at": minute(at)})
    if form.is_valid():
        try:
            opening = box_openings.record(form.found(), by=user, at=at)
        except CannotOpenBox as error:
            told(form, error)
        else:
            words = "开箱记录已保存。请另一个开箱的人用自己的账号登录，到这一页确认。"
            messages.success(request, words)
            return redirect(opening)
    context = {**site.each_context(request), "title": "新的开箱记录", "form": form}
    return TemplateResponse(request, ADD, context, status=422 if form.errors else 200)


def record_view(request: HttpRequest, opening: BoxOpening, site: admin.AdminSite) -> HttpResponse:
    """GET shows it, its words opened in memory; POST does one deed of DEEDS."""
    try:
        keyring = keyring_of(request)
        if request.method != "POST":
            return _record_page(request, opening, site, keyring)
        return _done(request, opening, site, keyring)
    except KeyringMissing:
        return log_in_again(request)
    except BoxOpening.DoesNotExist as error:
        raise Http404 from error


def _done(
    request: HttpRequest, opening: BoxOpening, site: admin.AdminSite, keyring: Keyring
) -> HttpResponse:
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise BadRequest("no deed of this page")
    user, at, typed = member(request), received_at(request), request.POST.copy()
    form = deed.form(typed, user=user, at=at)
    if form.is_valid():
        try:
            deed.does(opening, form, keyring, user, at)
        except CannotOpenBox as error:
            told(form, error)
        except (NoDeskAccess, CannotOpen, UnreadableReport):
            logger.exception("the words of opening %s do not open", opening.pk)
            form.add_error(None, UNREADABLE)
        else:
            messages.success(request, deed.done)
            return redirect(row_address(request, opening))
    opening.refresh_from_db()
    # Whoever presses once more has seen what the page shows now.
    typed["seen"] = box_openings.mark_of(opening)
    return _record_page(request, opening, site, keyring, Shown(deed, form))


def _record_page(
    request: HttpRequest,
    opening: BoxOpening,
    site: admin.AdminSite,
    keyring: Keyring,
    refused: Shown | None = None,
) -> HttpResponse:
    user, at = member(request), received_at(request)
    registered = opening.letters_that_count().count()
    words, problem = _words(opening, keyring, request)
    record = OpenedRecord(opening, words, registered, user, at)
    context = {
        **site.each_context(request),
        "title": "开箱记录",
        "subtitle": str(opening),
        "opening": opening,
        "tag": state_tag(opening, registered),
        "facts": facts_of(opening, registered),
        "words": words,
        "problem": problem,
        "letters": letters_of(opening, user),
        "register_url": _register_url(request, opening, site),
        "waits_for": record.waits_for(),
        "shown": record.shown(refused),
        "refused": refused,
        "events": log_of(opening, user, most=LOG_SHOWN),
    }
    return TemplateResponse(request, RECORD, context, status=422 if refused else 200)


def _words(opening: BoxOpening, keyring: Keyring, request: HttpRequest) -> tuple[OpeningWords, str]:
    """The free words, and what hinders. A record without any is not opened."""
    if not (opening.is_damaged or opening.explained_by_id):
        return OpeningWords(), ""
    by, at = member(request), received_at(request)
    try:
        return box_discrepancies.read(opening, keyring=keyring, by=by, at=at), ""
    except (NoDeskAccess, CannotOpen, UnreadableReport):
        logger.exception("the words of opening %s do not open", opening.pk)
        return OpeningWords(), UNREADABLE


def _register_url(request: HttpRequest, opening: BoxOpening, site: admin.AdminSite) -> str:
    """Where its letters are registered, for whoever may; '' before it is confirmed."""
    page = site.get_model_admin(Submission)
    if not (opening.is_confirmed and page.has_add_permission(request)):
        return ""
    asked = {"way": Way.BOX.value, "drop_box": str(opening.drop_box_id), "opening": str(opening.pk)}
    return f"{reverse('admin:intake_submission_add')}?{urlencode(asked)}"
