"""登记所选: those among the ticked rows, or of one page, that wait get their numbers."""

from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import items_list
from intake.admin.items.item_page import log_in_again
from intake.admin.judging.several_pages import (
    NOT_YOURS,
    STALE,
    TEMPLATE,
    TOO_MANY,
    Preview,
    read_several,
    shown,
)
from intake.admin.link_targets import keys_in, only_post
from intake.admin.traces.audited import OwnOnly
from intake.admin.who import member
from intake.casework import registering
from intake.casework.moving.move_table import Through
from intake.casework.moving.several import MOST_AT_ONCE, Outlook, outlook
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Status
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, keyring_of

# What waits becomes this with its number.
REGISTERED = Status.TO_ASSESS


class RegistersSeveral(OwnOnly):
    """An action of the list, and the address that a button on it names."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.register_view)
        return [path("register/", view, name="intake_submission_register"), *super().get_urls()]

    def has_register_permission(self, request: HttpRequest) -> bool:
        """By this name Django asks before it offers or takes the action."""
        return member(request).may(Deed.REGISTER)

    @admin.action(description=_("登记"), permissions=["register"])
    def register_selected(
        self, request: HttpRequest, queryset: QuerySet[Submission]
    ) -> HttpResponse | None:
        """One at once; several after a look at what will be registered and what not."""
        chosen = read_several(queryset)
        if len(chosen) > 1:
            return _previewed(request, chosen, self.admin_site)
        try:
            return _registered(request, chosen)
        except ChangedMeanwhile:
            messages.warning(request, _told([]))
            return None

    @method_decorator(only_post)
    def register_view(self, request: HttpRequest) -> HttpResponse:
        """POST `item`, several: the same for the rows of one page. With `token`: does it."""
        if not self.has_register_permission(request):
            raise PermissionDenied
        own: Any = self.get_queryset(request)
        if "token" in request.POST:
            return _done(request, own, self.admin_site)
        wanted = request.POST.getlist("item")
        back = redirect(items_list(request, wanted[0] if len(wanted) == 1 else None))
        keys = set(keys_in(wanted))
        if len(keys) > MOST_AT_ONCE:
            messages.warning(request, TOO_MANY)
            return back
        found = own.filter(pk__in=keys)
        if count := len(keys) - found.count():
            messages.warning(request, f"有 {count} 件不在您的受理席，不能登记。")
        return self.register_selected(request, found) or back


def _previewed(
    request: HttpRequest,
    items: list[Submission],
    site: admin.AdminSite,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "批量登记",
        "problem": problem,
        "posts_to": reverse("admin:intake_submission_register"),
        **shown(_outlooks(request, items), REGISTERED, member(request)),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _outlooks(request: HttpRequest, items: list[Submission]) -> list[Outlook]:
    return outlook(items, REGISTERED, member(request), Through.REGISTERING)


def _done(request: HttpRequest, own: Any, site: admin.AdminSite) -> HttpResponse:
    preview = Preview.of(request.POST["token"], member(request).pk)
    if preview is None or preview.to != REGISTERED:
        messages.error(request, NOT_YOURS)
        return redirect(items_list(request))
    chosen = own.filter(pk__in=preview.keys)
    waiting = [one.item for one in _outlooks(request, read_several(chosen)) if one.move]
    if {(item.pk, item.version) for item in waiting} == set(preview.seen):
        with suppress(ChangedMeanwhile):
            return _registered(request, waiting) or redirect(items_list(request))
    return _previewed(request, read_several(chosen), site, status=409, problem=STALE)


def _registered(request: HttpRequest, items: list[Submission]) -> HttpResponse | None:
    """They are opened in memory too, so that their repeats are found; says what was done.

    Raises ChangedMeanwhile.
    """
    try:
        keyring = keyring_of(request)
    except KeyringMissing:
        return log_in_again(request)
    by, at = member(request), received_at(request)
    numbers = registering.register_several(items, keyring, by=by, at=at)
    (messages.success if numbers else messages.warning)(request, _told(numbers))
    return None


def _told(numbers: list[int]) -> str:
    if not numbers:
        return "没有等着登记的：可能刚才已经有人登记了。"
    if len(numbers) == 1:
        return f"已登记，编号 {numbers[0]}。"
    return f"已登记 {len(numbers)} 件，编号 {numbers[0]} 到 {numbers[-1]}。"
