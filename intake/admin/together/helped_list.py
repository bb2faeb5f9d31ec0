"""协办的信访件: what other teams lead and this one helps with. It counts where it is led."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from inspection.admin.offered import WAY_BACK, NotOffered, refuse_what_is_no_text
from intake.access import Deed
from intake.admin.finding.way_back import carried
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
from intake.models.submission import SubmissionQuerySet

TEMPLATE = "admin/intake/submission/together/helped_list.html"
# Beyond this one finds an item by its number.
MOST_SHOWN = 200
WAITS = "waits"


@dataclass(frozen=True, slots=True)
class HelpedWait:
    """What of them waits for the own desk: how list and start page say it, and which these are."""

    mark: Tag
    finds: Callable[[StaffUser], SubmissionQuerySet]
    # Of its line of the start page; the words stand behind the number.
    tag: str
    words: str


# By the choice that an address names.
HELPED_WAITS = {
    "opinion": HelpedWait(
        Tag("等协办意见", "soon"),
        waiting_for_opinion,
        "协办",
        "件请您的组协办，主办在等协办意见。",
    ),
    "supplement": HelpedWait(
        Tag(NEWS, "late"),
        with_new_copies,
        "协办新补充",
        "件协办的有转来的补充，您的组还没有打开过。",
    ),
}


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
    """GET: the items that the member's desk helps with, the latest first; `waits` chooses some."""
    user = member(request)
    if not user.may(Deed.OPEN):
        raise PermissionDenied
    refuse_what_is_no_text(request.GET)
    chosen = request.GET.get(WAITS)
    if set(request.GET) - {WAITS} or (chosen is not None and chosen not in HELPED_WAITS):
        raise NotOffered("beside the helped items")
    rows = _rows(user)
    if chosen is not None:
        rows = rows.filter(submission__in=HELPED_WAITS[chosen].finds(user).values("pk"))
    context = {
        **site.each_context(request),
        "title": "协办的信访件",
        "number": rows.count(),
        "lines": _lines(user, list(rows[:MOST_SHOWN])),
        "choices": _choices(chosen),
        "list_along": carried(_asking(chosen)),
        "most_shown": MOST_SHOWN,
    }
    return TemplateResponse(request, TEMPLATE, context)


def helped_address(chosen: str | None = None) -> str:
    """Of the list, with a choice made in it."""
    asked = _asking(chosen)
    return f"{reverse('admin:intake_submission_helped')}{'?' if asked else ''}{asked}"


def back_to_helped(request: HttpRequest, item: Submission) -> str:
    """The list as it was, at the row of the item."""
    kept = request.GET.get(WAY_BACK, "")
    chosen = next((one for one in HELPED_WAITS if kept == _asking(one)), None)
    return f"{helped_address(chosen)}#item-{item.pk}"


def _asking(chosen: str | None) -> str:
    return urlencode({WAITS: chosen}) if chosen else ""


def _choices(chosen: str | None) -> list[tuple[str, str, bool]]:
    """Words, address, and whether it is the one that is shown."""
    some = [
        (one.mark.words, helped_address(key), key == chosen) for key, one in HELPED_WAITS.items()
    ]
    return [("全部", helped_address(), chosen is None), *some]


def _rows(user: StaffUser) -> QuerySet[HelpingDesk]:
    mine = own_helping(user).filter(submission__in=Submission.objects.helped_by(user).values("pk"))
    told = mine.select_related("submission__round", "submission__target", "submission__desk__team")
    return told.defer("submission__sealed").order_by("-added_at", "-pk")


def _lines(user: StaffUser, rows: list[HelpingDesk]) -> list[HelpedLine]:
    waiting = [
        (wait.mark, set(wait.finds(user).values_list("pk", flat=True)))
        for wait in HELPED_WAITS.values()
    ]
    lines = []
    for row in rows:
        item = row.submission
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
                marks=[mark for mark, found in waiting if item.pk in found],
            )
        )
    return lines
