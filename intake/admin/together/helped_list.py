"""协办的信访件: what other teams lead and this one helps with. It counts where it is led."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from inspection.admin.offered import NotOffered, refuse_what_is_no_text
from intake.access import Deed
from intake.admin.items.item_lines import (
    NEWS,
    Place,
    Tag,
    moment,
    received_words,
    tags_html,
    target_words,
)
from intake.admin.link_targets import keys_in
from intake.admin.who import member
from intake.casework.together.helped_items import (
    own_helping,
    waiting_for_opinion,
    with_new_copies,
)
from intake.models import HelpingDesk, StaffUser, Submission

TEMPLATE = "admin/intake/submission/together/helped_list.html"
# Beyond this one finds an item by its number.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class HelpedLine:
    """One row of the list."""

    key: UUID
    url: str
    number: str
    received: str
    target: str
    lead: str
    since: str
    status: SafeString
    marks: list[Tag]


def is_helped(item: Submission) -> bool:
    """Whether it lies at another desk, which the member's helps: so it was read."""
    return getattr(item, "is_helped", False)


def item_to_read(
    request: HttpRequest, page: "admin.ModelAdmin[Any]", key: UUID | str
) -> Submission:
    """An own item, or one that the own desk helps with; every other is a 404.

    Only what a helper may do asks for it; all other addresses find own items alone.
    """
    found: Submission | None = None
    try:
        found = page.get_object(request, str(key))
    except Http404:
        helped = Submission.objects.helped_by(member(request)).defer("sealed")
        rows = helped.select_related("desk__team", "round")
        found = rows.filter(pk__in=keys_in([str(key)])).first()
    if found is None:
        raise Http404
    return found


@require_safe
def helped_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """GET: the items that the member's desk helps with, the latest first."""
    user = member(request)
    if not user.may(Deed.OPEN):
        raise PermissionDenied
    refuse_what_is_no_text(request.GET)
    if request.GET:
        raise NotOffered("beside the helped items")
    rows = _rows(user)
    context = {
        **site.each_context(request),
        "title": "协办的信访件",
        "number": rows.count(),
        "lines": _lines(user, list(rows[:MOST_SHOWN])),
        "most_shown": MOST_SHOWN,
    }
    return TemplateResponse(request, TEMPLATE, context)


def _rows(user: StaffUser) -> QuerySet[HelpingDesk]:
    mine = own_helping(user).filter(submission__in=Submission.objects.helped_by(user).values("pk"))
    told = mine.select_related("submission__round", "submission__target", "submission__desk__team")
    return told.defer("submission__sealed").order_by("-added_at", "-pk")


def _lines(user: StaffUser, rows: list[HelpingDesk]) -> list[HelpedLine]:
    silent = set(waiting_for_opinion(user).values_list("pk", flat=True))
    new = set(with_new_copies(user).values_list("pk", flat=True))
    lines = []
    for row in rows:
        item = row.submission
        marks = [Tag("等协办意见", "soon")] if item.pk in silent else []
        marks += [Tag(NEWS, "late")] if item.pk in new else []
        lines.append(
            HelpedLine(
                key=item.pk,
                url=item.get_absolute_url(),
                number=item.display_number,
                received=received_words(item),
                target=target_words(item),
                lead=str(item.desk),
                since=moment(row.added_at, item.round.zone),
                status=tags_html(item, Place.START),
                marks=marks,
            )
        )
    return lines
