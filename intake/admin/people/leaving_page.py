"""有人离开: what the member holds, on one page; a press ends it, and the rest is named."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.people.keys_page import people_at
from intake.admin.who import desks_of, member
from intake.casework.rotating import leaving
from intake.models import StaffUser
from intake.staff.granting import GrantRefused

TEMPLATE = "admin/intake/deskaccess/leaving.html"
NOT_TICKED = "要办理的，请先打勾。"
NO_SUCCESSOR = "请选谁接着办他手上的。"


@require_http_methods(["GET", "HEAD", "POST"])
def leaving_view(request: HttpRequest, member_id: int, site: admin.AdminSite) -> HttpResponse:
    """GET says what somebody holds; POST `leaves` takes the desks away and ends their sessions."""
    user = member(request)
    if not user.may(Deed.GRANT):
        raise PermissionDenied
    gone = StaffUser.objects.filter(pk=member_id).exclude(pk=user.pk).first()
    if gone is None or not _is_ours(request, gone):
        raise Http404
    if request.method != "POST":
        return _shown(request, gone, site)
    if "leaves" not in request.POST:
        return _shown(request, gone, site, problem=NOT_TICKED, status=422)
    chosen = request.POST.get("successor", "")
    successor = next((one for one in _others(request, gone) if str(one.pk) == chosen), None)
    if successor is None and leaving.held_by(gone, by=user).rows:
        return _shown(request, gone, site, problem=NO_SUCCESSOR, status=422)
    try:
        count = leaving.leave(gone, by=user, at=received_at(request), successor=successor)
    except GrantRefused as refused:
        return _shown(request, gone, site, problem=str(refused), status=422)
    messages.success(request, f"已收回{gone.told_apart}的 {count} 个受理席授权，登录也结束了。")
    return redirect("admin:intake_deskaccess_leaving", gone.pk)


def _is_ours(request: HttpRequest, gone: StaffUser) -> bool:
    """Whoever holds one of the own desks, or was put out of one."""
    if gone in people_at(desks_of(request)):
        return True
    return bool(leaving.held_by(gone, by=member(request)).to_rotate)


def _others(request: HttpRequest, gone: StaffUser) -> list[StaffUser]:
    """Who may go on with it: those at the desks that the member of the office sees."""
    return [one for one in people_at(desks_of(request)) if one != gone]


def _shown(
    request: HttpRequest,
    gone: StaffUser,
    site: admin.AdminSite,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "有人离开",
        "subtitle": gone.told_apart,
        "gone": gone,
        "held": leaving.held_by(gone, by=member(request)),
        "followed_by": leaving.followed_by(gone),
        "others": _others(request, gone),
        "chosen": request.POST.get("successor", ""),
        "problem": problem,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
