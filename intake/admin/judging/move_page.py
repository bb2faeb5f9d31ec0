"""POST `to`, `version` and what the move needs: one move of one item.

What cannot be done is said on a page of its own, with everything that was typed.
"""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import item_address
from intake.admin.handbook.task_table import task_in
from intake.admin.items.item_page import log_in_again
from intake.admin.judging.move_form import MoveForm, fields_for, typed_of
from intake.admin.seen_version import CHANGED, INCOMPLETE, version_in
from intake.admin.traces.row_history import log_of
from intake.admin.who import member
from intake.casework.moving import moving, voiding_by_two
from intake.casework.moving.allowing import CannotMove, MayNotMove, allowed_move
from intake.casework.moving.move_table import Need, Through
from intake.casework.moving.needed import Given, Missing, missing_for
from intake.casework.moving.pressed_twice import was_made
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Action, Status
from intake.models import StaffUser, Submission
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/submission/move.html"
LOG_SHOWN = 8


def move_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """Whatever a move may ask, so that the words of a lost session are given back with names."""
    return fields_for(tuple(Need))


def move_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """Makes the move, and leads back to the item."""
    by, to = member(request), request.POST.get("to", "")
    version = version_in(request)
    if version is None:
        return _answer(request, item, site, 422, problem=INCOMPLETE)
    try:
        if version == item.version:
            return _moved(request, item, site, to, version)
        return _changed(request, item, site, to, version)
    except KeyringMissing:
        return log_in_again(request)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except (CannotMove, MayNotMove, NoDeskAccess) as error:
        status = 422 if isinstance(error, CannotMove) else 403
        return _answer(request, item, site, status, problem=str(error))
    except ChangedMeanwhile:
        now = Submission.objects.visible_to(by).select_related("desk", "round").get(pk=item.pk)
        return _changed(request, now, site, to, version)


def drop_voiding_view(
    request: HttpRequest, item: Submission, site: admin.AdminSite
) -> HttpResponse:
    """POST `version`: the item is not voided after all."""
    version = version_in(request)
    if version is None:
        return _answer(request, item, site, 422, problem=INCOMPLETE)
    try:
        voiding_by_two.drop(item.pk, version=version, by=member(request), at=received_at(request))
    except MayNotMove as error:
        return _answer(request, item, site, 403, problem=str(error))
    except CannotMove as error:
        return _answer(request, item, site, 422, problem=str(error))
    except ChangedMeanwhile:
        return _answer(request, item, site, 409, problem=CHANGED)
    messages.success(request, "已撤下作废申请，这一件照常办理。")
    return redirect(item_address(request, item))


def _moved(
    request: HttpRequest, item: Submission, site: admin.AdminSite, to: str, version: int
) -> HttpResponse:
    by, at = member(request), received_at(request)
    row = allowed_move(item, to, by, Through.PAGE)
    is_confirming = voiding_by_two.pending_of(item) is not None
    form = MoveForm(row, request.POST, needs=() if is_confirming else None)
    if form.is_valid():
        try:
            moved = moving.move(
                item.pk,
                to,
                version=version,
                by=by,
                at=at,
                keyring=keyring_of(request),
                **form.given(),
            )
        except Missing as missing:
            form.add_missing(missing)
        else:
            messages.success(request, _done(moved, to))
            return redirect(item_address(request, item))
    elif Need.JUDGED in row.needs:
        form.add_missing(Missing(missing_for((Need.JUDGED,), item, Given())))
    return _answer(request, item, site, 422, form=form)


def _done(item: Submission, to: str) -> str:
    if item.status != to:
        return "已申请作废，等另一位工作人员确认。"
    return f"已改为“{item.get_status_display()}”。"


def _changed(
    request: HttpRequest, item: Submission, site: admin.AdminSite, to: str, version: int
) -> HttpResponse:
    """Somebody else was first; or it was this very press, which came twice."""
    by, typed = member(request), typed_of(request.POST)
    if was_made(item, to, typed, version=version, by=by, keyring=keyring_of(request)):
        return redirect(item_address(request, item))
    events = [one for one in log_of(item, by, most=3 * LOG_SHOWN) if one.action != Action.OPEN]
    return _answer(
        request,
        item,
        site,
        409,
        problem=CHANGED,
        form=_again(item, to, by, request),
        typed=typed,
        asked=version,
        wanted=dict(Status.choices).get(to, ""),
        events=events[:LOG_SHOWN],
    )


def _again(item: Submission, to: str, by: StaffUser, request: HttpRequest) -> MoveForm | None:
    """The form once more under the version that there is now, where the move still is one."""
    try:
        return MoveForm(allowed_move(item, to, by, Through.PAGE), initial=request.POST.dict())
    except (CannotMove, MayNotMove):
        return None


def _answer(
    request: HttpRequest, item: Submission, site: admin.AdminSite, status: int, **more: object
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": f"信访件 {item.display_number}".strip(),
        "submission": item,
        "how_to": task_in(item.status),
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
