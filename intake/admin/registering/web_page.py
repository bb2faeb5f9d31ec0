"""A web report's registration: the letter, and what its words propose, each taken with one key."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.items.item_lines import moment
from intake.admin.items.item_page import UNREADABLE, log_in_again
from intake.admin.who import member
from intake.casework import opening
from intake.casework.registering.web_reports import (
    Offer,
    offers_of,
    proposals_of,
    register_accepting,
)
from intake.models import Submission
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

TEMPLATE = "admin/intake/registering/web.html"
OFFERED_AS = {
    "accused": "被反映人",
    "rank": "职级",
    "main_problem": "主要问题",
    "other_problems": "其他问题",
    "focus": "四个聚焦",
    "topics": "专题",
    "nature": "信访件性质",
}
FOUND_IN = {"subject": "被反映人", "place": "地点", "happened": "时间地点", "narrative": "反映内容"}


@dataclass(frozen=True, slots=True, repr=False)
class OfferLine:
    """A line to tick: never ticked beforehand."""

    key: str
    label: str
    words: str
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
def web_view(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """GET opens it, with its event; POST `accept`, several: gives it its number."""
    user, at = member(request), received_at(request)
    if not user.may(Deed.REGISTER):
        raise PermissionDenied
    waiting = Submission.objects.visible_to(user).select_related("round", "desk__team", "target")
    item = waiting.filter(pk=item_id).first()
    if item is None:
        raise Http404
    if item.number is not None:
        return redirect(item_address(request, item))
    try:
        keyring = keyring_of(request)
        if request.method == "POST":
            accepted = frozenset(request.POST.getlist("accept"))
            numbers = register_accepting(item, accepted, keyring, by=user, at=at)
            return _registered(request, item, numbers)
        opened = opening.open(item, keyring, by=user, at=at)
    except KeyringMissing:
        return log_in_again(request)
    except NoDeskAccess as error:
        raise PermissionDenied from error
    except (CannotOpen, UnreadableReport):
        logger.exception("item %s does not open", item.pk)
        return _page(request, item, status=500, problem=UNREADABLE)
    lines = lines_of(offers_of(proposals_of(item, opened.report)))
    return _page(request, item, report=opened.report, offers=lines)


def lines_of(offers: Iterable[Offer]) -> list[OfferLine]:
    """'反映内容里写着“村支书王某某”'."""
    return [
        OfferLine(
            offer.key,
            OFFERED_AS[offer.field],
            offer.words,
            "；".join(
                dict.fromkeys(f"{FOUND_IN[one.field]}里写着“{one.words}”" for one in offer.found)
            ),
        )
        for offer in offers
    ]


def _registered(request: HttpRequest, item: Submission, numbers: list[int]) -> HttpResponse:
    item.refresh_from_db()
    if numbers:
        messages.success(request, f"已登记，编号 {item.display_number}。")
    return redirect(item_address(request, item))


def _page(
    request: HttpRequest, item: Submission, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "登记网上来件",
        "submission": item,
        "received": moment(item.received_at, item.round.zone),
        **more,
    }
    response = TemplateResponse(request, TEMPLATE, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
