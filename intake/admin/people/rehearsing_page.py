"""演练恢复文件: the office gives the file, which is tried in memory and kept nowhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.who import desks_of, member
from intake.choices import RecoveryCopy
from intake.models import Desk
from intake.staff import rehearsing

TEMPLATE = "admin/intake/deskaccess/rehearse.html"
FILE, ROUND, COPY = "recovery", "round", "copy"
NO_FILE = "请选恢复文件。"
NO_COPY = "请选这是哪一位保管人的一份。"
NO_TEXT = "这不是恢复文件，或者里面有一行坏了。"
# Some hundred bytes an identity; whatever is longer is something else.
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """An office's desk with each copy, when it was tried, and where that is said in a form."""

    desk: Desk
    copies: tuple[tuple[RecoveryCopy, datetime | None], ...]

    @classmethod
    def of(cls, desk: Desk) -> "Rehearsed":
        columns = rehearsing.REHEARSED.items()
        return cls(desk, tuple((copy, getattr(desk, column)) for copy, column in columns))


@sensitive_variables("text", "file")
@require_http_methods(["GET", "HEAD", "POST"])
def rehearse_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """POST `recovery`, `round`: which desks of the own round it opens."""
    user = member(request)
    if not user.may(Deed.GRANT):
        raise PermissionDenied
    offices = [desk for desk in desks_of(request) if desk.is_office]
    if request.method != "POST":
        return _page(request, site, offices)
    chosen = next(
        (one for one in offices if str(one.round_id) == request.POST.get(ROUND, "")), None
    )
    file = request.FILES.get(FILE)
    if file is None or chosen is None:
        return _page(request, site, offices, problem=NO_FILE, status=422)
    copy = request.POST.get(COPY, "")
    if copy not in RecoveryCopy.values:
        return _page(request, site, offices, problem=NO_COPY, status=422)
    try:
        text = file.read(LARGEST).decode("utf-8")
        found = rehearsing.rehearse(
            chosen.round, text, copy=RecoveryCopy(copy), by=user, at=received_at(request)
        )
    except UnicodeDecodeError:
        return _page(request, site, offices, problem=NO_TEXT, status=422)
    except rehearsing.RehearsalFailed as failed:
        return _page(request, site, offices, problem=str(failed), status=422)
    return _page(request, site, offices, found=found)


def _page(
    request: HttpRequest,
    site: admin.AdminSite,
    offices: list[Desk],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "演练恢复文件",
        "offices": [Rehearsed.of(desk) for desk in offices],
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
