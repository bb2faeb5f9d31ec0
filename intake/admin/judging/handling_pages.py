"""The addresses at which items are judged and moved, one by one and several at once."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from intake.access import Deed
from intake.admin import not_done
from intake.admin.items import item_page
from intake.admin.items.clock_card import Again
from intake.admin.judging import judging_page, move_page, several_pages, telling_page
from intake.admin.judging.judging_form import judging_fields
from intake.admin.link_targets import only_post
from intake.admin.traces.audited import OwnOnly
from intake.admin.who import member
from intake.models import Submission


class HandlingPages(OwnOnly):
    """What the list of items and the page of one take by POST."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        several, one = "intake_submission_several", "<uuid:item_id>"
        return [
            path("several/", wrap(self.several_view), name=several),
            path(f"{one}/move/", wrap(self.move_view), name="intake_submission_move"),
            path(f"{one}/told/", wrap(self.tell_view), name="intake_submission_tell"),
            path(f"{one}/judge/", wrap(self.judge_view), name="intake_submission_judge"),
            path(
                f"{one}/keep/",
                wrap(self.drop_voiding_view),
                name="intake_submission_drop_voiding",
            ),
            *super().get_urls(),
        ]

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *where: Any, **named: Any
    ) -> HttpResponse | None:
        """Django's, for the ticked rows, or all that the list finds; no more than go at once."""
        if request.POST.get("select_across") == "1" and several_pages.are_too_many(queryset):
            messages.warning(request, several_pages.TOO_MANY)
            return redirect(request.get_full_path())
        answer: HttpResponse | None = super().response_action(request, queryset, *where, **named)
        return answer

    def has_move_permission(self, request: HttpRequest) -> bool:
        """By this name Django asks before it offers the action; each row is asked about again."""
        return member(request).may(Deed.HANDLE)

    @admin.action(description=_("批量办理"), permissions=["move"])
    def move_selected(self, request: HttpRequest, queryset: QuerySet[Submission]) -> HttpResponse:
        """Asks where the ticked rows shall go."""
        return several_pages.asked(request, queryset, self.admin_site)

    @method_decorator(only_post)
    def several_view(self, request: HttpRequest) -> HttpResponse:
        """POST `item`, several, then `to`, then the preview's `token`."""
        if not self.has_move_permission(request):
            raise PermissionDenied
        return several_pages.several_view(request, self.get_queryset(request), self.admin_site)

    @not_done.asks(move_page.move_fields)
    @method_decorator(only_post)
    def move_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `to`, `version`, and what the move needs."""
        return move_page.move_view(request, self._own(request, item_id), self.admin_site)

    @not_done.asks(judging_fields)
    @method_decorator(only_post)
    def judge_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `version` and what is judged."""
        return judging_page.judge_view(request, self._own(request, item_id), self.admin_site)

    @not_done.asks(telling_page.tell_fields)
    @method_decorator(only_post)
    def tell_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `rule`, `told_on`, `told_by`, `note`: the reporter was told."""
        item = self._own(request, item_id)
        return telling_page.tell_view(request, item, self.again(request, item))

    @method_decorator(only_post)
    def drop_voiding_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `version`: the item is not voided after all."""
        return move_page.drop_voiding_view(request, self._own(request, item_id), self.admin_site)

    def again(self, request: HttpRequest, item: Submission) -> Again:
        """The item's page once more, with a clock's form as it was typed."""
        site = self.admin_site
        return lambda typed: item_page.show(request, item, site, clock=typed, status=422)

    def _own(self, request: HttpRequest, item_id: UUID) -> Any:
        return self.get_object(request, str(item_id))
