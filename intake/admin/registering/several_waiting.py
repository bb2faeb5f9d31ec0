"""登记所选: those among the ticked rows, or of one page, that wait get their numbers."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import items_list
from intake.admin.items.item_page import log_in_again
from intake.admin.judging.several_pages import TOO_MANY
from intake.admin.link_targets import keys_in, only_post
from intake.admin.traces.audited import OwnOnly
from intake.admin.who import member
from intake.casework import registering
from intake.casework.moving.several import MOST_AT_ONCE
from intake.choices import Status
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, keyring_of

# A message is read, and more of them than this are looked for in the list.
_MOST_NAMED = 20


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
        """They are opened in memory too, so that their repeats are found."""
        try:
            keyring = keyring_of(request)
        except KeyringMissing:
            return log_in_again(request)
        by, at = member(request), received_at(request)
        chosen = list(queryset.select_related("round").defer("sealed"))
        numbers = registering.register_several(chosen, keyring, by=by, at=at)
        self.message_user(request, _told(numbers), _level(numbers))
        for words in left_out(chosen, numbers):
            self.message_user(request, words, messages.WARNING)
        return None

    @method_decorator(only_post)
    def register_view(self, request: HttpRequest) -> HttpResponse:
        """POST `item`, several: the same for the rows of one page."""
        if not self.has_register_permission(request):
            raise PermissionDenied
        wanted = request.POST.getlist("item")
        back = redirect(items_list(request, wanted[0] if len(wanted) == 1 else None))
        keys = set(keys_in(wanted))
        if len(keys) > MOST_AT_ONCE:
            self.message_user(request, TOO_MANY, messages.WARNING)
            return back
        found: Any = self.get_queryset(request)
        answer = self.register_selected(request, found.filter(pk__in=keys))
        if answer is None and (count := len(keys) - found.filter(pk__in=keys).count()):
            self.message_user(request, f"有 {count} 件不在您的受理席，没有登记。", messages.WARNING)
        return answer or back


def _told(numbers: list[int]) -> str:
    if not numbers:
        return "没有等着登记的：可能刚才已经有人登记了。"
    if len(numbers) == 1:
        return f"已登记，编号 {numbers[0]}。"
    return f"已登记 {len(numbers)} 件，编号 {numbers[0]} 到 {numbers[-1]}。"


def left_out(chosen: Sequence[Submission], numbers: Sequence[int]) -> Iterator[str]:
    """Which of them got no number now, and why; `chosen` as they were before."""
    waited = [item.pk for item in chosen if item.status == Status.UNREGISTERED]
    if len(waited) < len(chosen):
        others = [item for item in chosen if item.pk not in waited]
        yield f"不等着登记，所以没有再登记：{_named(others)}。"
    if len(numbers) < len(waited):
        now = Submission.objects.filter(pk__in=waited).select_related("round").defer("sealed")
        first = [item for item in now if item.number not in numbers]
        yield f"刚才已经由别人办了，这次没有登记：{_named(first)}。"


def _named(items: Sequence[Submission]) -> str:
    names = [f"{item}（{item.get_status_display()}）" for item in items]
    more = f"等，共 {len(items)} 件" if len(items) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def _level(numbers: list[int]) -> int:
    return messages.SUCCESS if numbers else messages.WARNING
