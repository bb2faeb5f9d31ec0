"""密钥和人: who opens which desk, and what to do when somebody comes, leaves or loses something."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from intake.access import Deed
from intake.admin.who import desks_of, member
from intake.casework.rotating.known_to_others import who_know
from intake.models import Desk, DeskAccess, DeskRotation, StaffUser
from intake.staff import accesses

TEMPLATE = "admin/intake/deskaccess/keys.html"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A desk, those who open it, and whether its identity is being exchanged."""

    desk: Desk
    holders: tuple[str, ...]
    is_rotating: bool
    rotated_at: datetime | None


@require_safe
def keys_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """The desks that the office sees, and its people."""
    if not member(request).may(Deed.GRANT):
        raise PermissionDenied
    desks = desks_of(request)
    context = {
        **site.each_context(request),
        "title": "密钥和人",
        "lines": list(_lines(desks)),
        "former": who_know(desks),
        "people": [one for one in people_at(desks) if one != member(request)],
    }
    return TemplateResponse(request, TEMPLATE, context)


def people_at(desks: list[Desk]) -> list[StaffUser]:
    """Whoever opens one of these desks."""
    holding = DeskAccess.objects.filter(desk__in=desks).values("user")
    return list(StaffUser.objects.filter(pk__in=holding).order_by("username"))


def _lines(desks: list[Desk]) -> Iterator[DeskLine]:
    rotations = DeskRotation.objects.filter(desk__in=desks).order_by("started_at", "pk")
    last = {one.desk_id: one for one in rotations}
    for desk in desks:
        names = tuple(one.told_apart for one in accesses.holders_of(desk))
        one = last.get(desk.pk)
        is_running = one is not None and one.ended_at is None
        yield DeskLine(desk, names, is_running, one.ended_at if one else None)
