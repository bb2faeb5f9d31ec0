"""更正登记: what was registered wrongly, set right on the registering page."""

import logging
from collections.abc import Iterator
from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspection.admin.offered import NotOffered
from inspection.current import read
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.correcting.correct_form import CorrectForm, shown_of
from intake.admin.finding.way_back import item_address
from intake.admin.items.file_lines import files_of
from intake.admin.items.item_lines import moment
from intake.admin.items.item_page import UNREADABLE, log_in_again, supplements_of
from intake.admin.judging.judging_form import data_over
from intake.admin.registering.handing_over import choosable_by
from intake.admin.registering.register_form import read_way
from intake.admin.registering.register_page import OTHER_WAY
from intake.admin.who import member
from intake.admin.writing.case_form import number_in
from intake.admin.writing.others_here import noted_here
from intake.admin.writing.written_page import Answer, answer_of, forget_saved, written_in
from intake.admin.writing.written_places import place_named
from intake.audit.event_table import kind_of
from intake.casework import opening
from intake.casework.correcting.correcting import (
    CannotCorrect,
    IsAnotherDesks,
    correct,
    may_correct,
)
from intake.casework.correcting.registered import facts_of
from intake.casework.registering.way_table import WAYS
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Action, Way
from intake.models import Submission
from intake.report.documents import UnreadableReport
from intake.report.on_paper.told_facts import TOLD_FIELDS, told_in
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

TEMPLATE = "admin/intake/correcting/page.html"


def correct_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks; nothing of an item that is not the member's."""
    user = member(request)
    item = _item(request, item_id) if user.may(Deed.REGISTER) else None
    return dict(_form(request, item, {}).fields) if item else {}


@not_done.asks(correct_fields)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_view(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """GET opens it, with its event; POST `version`, `reason`, fields: 302, or 409 when stale."""
    if not member(request).may(Deed.REGISTER):
        raise PermissionDenied
    item = _item(request, item_id)
    if item is None:
        raise Http404
    if not may_correct(item, member(request)):
        messages.warning(request, f"这一件现在是“{item.get_status_display()}”，登记不能更正。")
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
    answer = answer_of(request, _place_of(item))
    if answer is Answer.THROWN_AWAY:
        return redirect(item_address(request, item, "correct"))
    told = _told(request, item)
    if request.method != "POST":
        return _shown(request, item, _form(request, item, told), item.version)
    is_put_back = isinstance(answer, QueryDict)
    sent = answer if isinstance(answer, QueryDict) else request.POST
    form = _form(request, item, told, sent)
    # 0, which no item has, where the page says none.
    version = number_in(sent.get("version", ""))
    if is_put_back or OTHER_WAY in sent:
        form.is_valid()
        form.tell_no_errors()
        return _shown(request, item, form, version)
    if not form.is_valid():
        return _shown(request, item, form, version, status=422)
    return _corrected(request, item, form, version)


def _corrected(
    request: HttpRequest, item: Submission, form: CorrectForm, version: int
) -> HttpResponse:
    user = member(request)
    try:
        is_changed = correct(
            item.pk,
            form.correction(),
            keyring_of(request),
            published=form.choosable.published,
            version=version,
            by=user,
            at=received_at(request),
        )
    except ChangedMeanwhile:
        return _changed(request, form)
    except CannotCorrect as error:
        form.add_error(error.field or None, str(error))
        is_elsewhere = isinstance(error, IsAnotherDesks)
        return _shown(request, item, form, version, status=422, is_elsewhere=is_elsewhere)
    forget_saved(request, _place_of(item))
    item.refresh_from_db()
    late = "这一件是截止后来件。" if item.is_late else ""
    if is_changed:
        messages.success(request, f"登记已更正，已留痕。{late}")
    else:
        messages.info(request, "没有改动，什么也没有保存。")
    return redirect(item_address(request, item))


def _changed(request: HttpRequest, form: CorrectForm) -> HttpResponse:
    """What stands now beside what was typed; what was not touched is as others left it."""
    now = _item(request, form.item.pk)
    if now is None:
        raise Http404
    if not may_correct(now, member(request)):
        form.add_error(None, f"这一件现在是“{now.get_status_display()}”，登记不能再更正。")
        return _shown(request, now, form, now.version, status=409)
    told = _told(request, now)
    data = data_over(form, shown_of(now, told)) if form.way == now.way else form.data
    again = _form(request, now, told, data)
    if not again.is_valid():
        return _shown(request, now, again, now.version, status=409)
    differing = list(_differences(again, now, told))
    return _shown(request, now, again, now.version, status=409, differences=differing)


def _differences(
    form: CorrectForm, now: Submission, told: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Label, what stands now, and what a valid form says."""
    mine = copy(now)
    form.registered().put_into(mine, form.choosable.published)
    details = {one.name: one for one in kind_of(Action.CORRECT_ITEM).may}
    theirs, own = facts_of(now), facts_of(mine)
    for name, value in theirs.items():
        if value != own[name]:
            say = details[name].say
            yield details[name].words, say(value), say(own[name])
    typed = form.told() if form.way is not Way.WEB else told
    for name, label in TOLD_FIELDS.items():
        if told[name] != typed[name]:
            yield label, str(told[name] or ""), str(typed[name] or "")


def _form(
    request: HttpRequest, item: Submission, told: dict[str, Any], sent: Any = None
) -> CorrectForm:
    """Raises NotOffered for a way that the page does not have."""
    way = None
    if sent is not None and item.way != Way.WEB:
        way = read_way(sent.get(OTHER_WAY) or sent.get("way") or item.way)
        if way is None:
            raise NotOffered("a way")
    choosable = choosable_by(request, read(item.round))
    now = received_at(request).astimezone(item.round.zone)
    return CorrectForm(choosable, item, told, sent, now=now, way=way)


def _told(request: HttpRequest, item: Submission) -> dict[str, Any]:
    """What was noted, sealed with the report. Raises CannotOpen."""
    secret = keyring_of(request).desk_secret(item.desk)
    return told_in(open_sealed(bytes(item.sealed), secret))


def _place_of(item: Submission) -> str:
    return place_named("correct", item.pk)


def _item(request: HttpRequest, item_id: UUID) -> Submission | None:
    mine = Submission.objects.visible_to(member(request))
    shown = mine.select_related("round", "desk__team", "target__team", "drop_box", "opening__round")
    return shown.filter(pk=item_id).first()


def _shown(
    request: HttpRequest,
    item: Submission,
    form: CorrectForm,
    version: int,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    """The letter stands beside the fields, so that it is opened, with its event."""
    user, at = member(request), received_at(request)
    keyring = keyring_of(request)
    opened = opening.open(item, keyring, by=user, at=at)
    files = files_of(item, opened.report.attachments, keyring=keyring)
    form.start_at(in_batch=False)
    return _page(
        request,
        item,
        status=status,
        form=form,
        version=version,
        parts=list(form.parts()),
        ways=[(way, way is form.way) for way in WAYS] if item.way != Way.WEB else [],
        opened=opened,
        opened_at=moment(at, item.round.zone),
        files=files,
        supplements=list(supplements_of(item, opened, len(files), keyring)),
        may_reroute=user.may(Deed.REROUTE),
        written=written_in(request, _place_of(item), is_sent=request.method == "POST"),
        written_at=item_address(request, item, "correct"),
        **noted_here(request, item),
        **more,
    )


def _page(
    request: HttpRequest, item: Submission, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": f"更正登记：信访件 {item.display_number}",
        "submission": item,
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
