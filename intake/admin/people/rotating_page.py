"""更换密钥: the page on which a desk gets a new identity, slice by slice."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.items.item_page import log_in_again
from intake.admin.stepping import stepping_page
from intake.admin.stepping.stepping_page import Task
from intake.admin.who import member
from intake.casework.rotating import beginning
from intake.casework.rotating.holders import CannotRotate
from intake.casework.rotating.walking import Walk, progress_of
from intake.models import Desk, DeskRotation
from intake.staff import accesses
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of
from intake.stepping.slices import Progress, work_for

TEMPLATE = "admin/intake/deskaccess/rotate.html"
STEPS = "admin/intake/deskaccess/rotating.html"
NOT_TICKED = "要更换的，请先打勾。"
TEAMS_TOO = "接着请逐个更换各巡察组的密钥：用巡察办的旧密钥打得开它们的。"
_EXPLAINS = (
    "换封期间照常办公：新来的已经封给新密钥，没有换封的用旧密钥打开。"
    "停下、关掉网页、断电都不要紧，做好的都在；回到这一页按“继续”就接着做。"
    "全部换完以前，旧密钥一直留着。"
)


@require_http_methods(["GET", "HEAD", "POST"])
def rotate_view(request: HttpRequest, desk_id: int, site: admin.AdminSite) -> HttpResponse:
    """GET says what it means; POST `begin` begins, and each further POST does a slice."""
    user = member(request)
    if not user.may(Deed.GRANT):
        raise PermissionDenied
    desks = Desk.objects.visible_to(user).select_related("round", "team")
    desk = desks.filter(pk=desk_id).first()
    if desk is None:
        raise Http404
    try:
        return _answer(request, desk, site)
    except KeyringMissing:
        return log_in_again(request)
    except (CannotRotate, NoDeskAccess) as problem:
        return _asked(request, desk, site, problem=str(problem), status=422)


def _answer(request: HttpRequest, desk: Desk, site: admin.AdminSite) -> HttpResponse:
    rotation = DeskRotation.objects.running().filter(desk=desk).first()
    if rotation is None:
        if request.method != "POST":
            return _asked(request, desk, site)
        if "begin" not in request.POST:
            ended = DeskRotation.objects.filter(desk=desk).exists() and "goes_on" in request.POST
            return (
                _ended(request, desk)
                if ended
                else _asked(request, desk, site, problem=NOT_TICKED, status=422)
            )
        _begin(request, desk)
    elif request.method != "POST":
        return stepping_page.answer(request, _task(desk), progress_of(rotation), template=STEPS)
    return stepping_page.answer(request, _task(desk), _slice(request, desk), template=STEPS)


def _begin(request: HttpRequest, desk: Desk) -> None:
    secret = keyring_of(request).desk_secret(desk)
    beginning.begin(desk, secret, by=member(request), at=received_at(request))
    desk.refresh_from_db()


def _slice(request: HttpRequest, desk: Desk) -> Progress:
    """With what the member's own keys open; both identities are there until it is over."""
    secret = keyring_of(request).desk_secret(desk)
    leaves = "leave_damaged" in request.POST
    walk = Walk(desk, secret, by=member(request), at=received_at(request), leaves_damaged=leaves)
    return work_for(walk.step)


def _task(desk: Desk) -> Task:
    keys = reverse("admin:intake_deskaccess_keys")
    return Task(
        title="更换密钥",
        subtitle=str(desk),
        explains=_EXPLAINS,
        ends_at=keys,
        ended=f"{desk}换完了密钥：从现在起只认新的，封给它的旧的都打不开。"
        + (TEAMS_TOO if desk.is_office else ""),
        leads_back=keys,
        asks=(("goes_on", "1"),),
    )


def _ended(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Somebody else, or another page, has made it whole meanwhile."""
    task = _task(desk)
    messages.success(request, task.ended)
    return redirect(task.ends_at)


def _asked(
    request: HttpRequest, desk: Desk, site: admin.AdminSite, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "更换密钥",
        "subtitle": str(desk),
        "desk": desk,
        "holders": accesses.holders_of(desk),
        "dropped": accesses.shut_out_of(desk),
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
