"""存下的筛选: kept from the list under a name, applied by one press, renamed and deleted.

Whatever was kept is asked for as anybody's address is: the list's own guard decides each time.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inspection.admin.offered import WAY_BACK, NotOffered, refuse_what_is_no_text
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import carried, kept_list, list_at
from intake.admin.items.item_page import log_in_again
from intake.admin.who import member, own_filters_of
from intake.casework import saved_filters
from intake.casework.saved_filters import LONGEST_NAME, MOST, CannotSave, NotSaved, Saved
from intake.models import Submission
from intake.staff.keyring import Keyring, KeyringMissing, keyring_of

TEMPLATE = "admin/intake/finding/filters.html"
NOT_OFFERED = "这个筛选里有一项现在没有了，没有照用。请在列表里重新筛选、再存一次，旧的可以删掉。"
NOTHING_ASKED = "列表没有筛选、查找或者排序，没有什么可存。请先筛选，再存。"
SAVED, RENAMED, DELETED = "已经存下。", "已经改名。", "已经删掉。"


@dataclass(frozen=True, slots=True)
class Link:
    """A saved filter as a page leads to it."""

    name: str
    url: str
    key: str


def links_of(request: HttpRequest) -> list[Link]:
    """The member's own, for the list and the start page; none while the keys are away."""
    sealed = own_filters_of(request)
    try:
        return _links(saved_filters.opened(sealed, keyring_of(request))) if sealed else []
    except KeyringMissing:
        return []


def finding_context(request: HttpRequest) -> dict[str, Any]:
    """What the list says of finding beyond its own filters."""
    return {
        "way_to_search": carried(kept_list(request)),
        "saved_filters": links_of(request),
        "longest_filter_name": LONGEST_NAME,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def filters_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """POST `name`: keeps what the list was asked for that the address leads back to."""
    keyring = _keyring(request)
    if keyring is None:
        return log_in_again(request)
    refuse_what_is_no_text(request.GET)
    if set(request.GET) - {WAY_BACK}:
        raise NotOffered("beside the saved filters")
    if request.method != "POST":
        return _page(request, site, keyring)
    asked = _asked(request, request.GET.get(WAY_BACK, ""))
    if not asked:
        return _page(request, site, keyring, problem=NOTHING_ASKED, status=422)
    try:
        saved_filters.save(
            request.POST.get("name", ""), asked, keyring=keyring, at=received_at(request)
        )
    except CannotSave as problem:
        return _page(request, site, keyring, problem=str(problem), status=422)
    messages.success(request, SAVED)
    return redirect(list_at(asked))


@require_safe
def apply_view(request: HttpRequest, key: str) -> HttpResponse:
    """GET: the list as it was kept; what it offers no more is said."""
    keyring = _keyring(request)
    if keyring is None:
        return log_in_again(request)
    saved = _found(key, keyring)
    if not _asked(request, saved.asked):
        messages.warning(request, NOT_OFFERED)
        return redirect("admin:filters")
    return redirect(list_at(saved.asked))


def rename_view(request: HttpRequest, site: admin.AdminSite, key: str) -> HttpResponse:
    """POST `name`."""
    keyring = _keyring(request)
    if keyring is None:
        return log_in_again(request)
    try:
        saved_filters.rename(
            key, request.POST.get("name", ""), keyring=keyring, at=received_at(request)
        )
    except NotSaved as error:
        raise Http404 from error
    except CannotSave as problem:
        return _page(request, site, keyring, problem=str(problem), status=422)
    messages.success(request, RENAMED)
    return redirect("admin:filters")


def delete_view(request: HttpRequest, key: str) -> HttpResponse:
    """POST: it goes; the list stays as it is."""
    keyring = _keyring(request)
    if keyring is None:
        return log_in_again(request)
    try:
        saved_filters.delete(key, keyring=keyring, at=received_at(request))
    except NotSaved as error:
        raise Http404 from error
    messages.success(request, DELETED)
    return redirect("admin:filters")


def _keyring(request: HttpRequest) -> Keyring | None:
    """None where the member must log in again."""
    if not member(request).may(Deed.OPEN):
        raise PermissionDenied
    try:
        return keyring_of(request)
    except KeyringMissing:
        return None


def _found(key: str, keyring: Keyring) -> Saved:
    try:
        return saved_filters.found(key, keyring)
    except NotSaved as error:
        raise Http404 from error


def _asked(request: HttpRequest, asked: str) -> str:
    """What the list still offers of it: all, or ''. On which page somebody was is not kept."""
    wanted = QueryDict(asked, mutable=True)
    wanted.pop(PAGE_VAR, None)
    pages: Any = admin.site.get_model_admin(Submission)
    try:
        pages.list_asked(request, wanted.urlencode())
    except NotOffered:
        return ""
    return wanted.urlencode()


def _links(filters: list[Saved]) -> list[Link]:
    return [
        Link(one.name, reverse("admin:filter_apply", args=[one.key]), one.key) for one in filters
    ]


def _page(
    request: HttpRequest,
    site: admin.AdminSite,
    keyring: Keyring,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "存下的筛选",
        "links": _links(saved_filters.saved_by(keyring)),
        "longest": LONGEST_NAME,
        "most": MOST,
        "problem": problem,
        "back": list_at(kept_list(request)),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
