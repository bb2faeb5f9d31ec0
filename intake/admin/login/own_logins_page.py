"""我的登录: when the member came in last and what failed; and what to do if one was not theirs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from inspection.admin.offered import NotOffered
from intake.admin.who import member, zone_of
from intake.staff.entering.own_logins import SHOWN, own_logins

TEMPLATE = "admin/own_logins.html"


@require_safe
def own_logins_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Only the own ones: there is nothing to ask for."""
    if request.GET:
        raise NotOffered("beside the own logins")
    logins = own_logins(member(request))
    shown = {"title": "我的登录", "logins": logins, "shown": SHOWN, "zone": zone_of(request)}
    return TemplateResponse(request, TEMPLATE, context | shown)
