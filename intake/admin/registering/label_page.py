"""A label for the letter itself: its number, and the number as a QR code; nothing else."""

from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from inspection.print.qr import qr_svg
from intake.access import Deed
from intake.admin.who import member
from intake.models import Desk, StaffUser, Submission
from intake.models.together.seeing_items import hidden_from

TEMPLATE = "admin/intake/registering/label.html"


def registered_item(user: StaffUser, item_id: UUID) -> Submission | None:
    """An item with a number that the member sees, or registered to a desk out of sight."""
    mine = Q(desk__in=Desk.objects.visible_to(user)) | Q(registered_by=user)
    items = Submission.objects.filter(mine, ~hidden_from(user), number__isnull=False)
    return items.select_related("round", "desk__team").defer("sealed").filter(pk=item_id).first()


@require_safe
def label_view(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """For whoever sees the item, and for the clerk who registered it to a desk out of sight."""
    user = member(request)
    if not user.may(Deed.REGISTER):
        raise PermissionDenied
    item = registered_item(user, item_id)
    if item is None:
        raise Http404
    number = item.display_number
    # The picture is made of the number alone.
    context = {"title": f"编号标签 {number}", "number": number, "qr": mark_safe(qr_svg(number))}  # noqa: S308
    return TemplateResponse(request, TEMPLATE, {**admin.site.each_context(request), **context})
