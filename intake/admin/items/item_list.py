"""信访件: the list of the own desks. It shows no content, and nothing is added or deleted."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from inspection.admin.offered import refuse_beside_a_list
from inspection.screen.asked import received_at
from intake.access import Desks
from intake.admin import not_done
from intake.admin.evidence.file_addresses import evidence_addresses
from intake.admin.finding.counted_filters import ASKED_FILTERS
from intake.admin.finding.filters_page import finding_context
from intake.admin.finding.finding_pages import FindsItems
from intake.admin.items import clock_card, columns, item_page, scope_form
from intake.admin.items.list_filters import (
    DeskFilter,
    NewsFilter,
    OwnTargetFilter,
    ReceivedFilter,
    list_address,
    parameter_of,
)
from intake.admin.items.list_paging import KeyPaginator, page_asked
from intake.admin.items.waiting_filters import (
    DueFilter,
    MineFilter,
    OnListFilter,
    TellingFilter,
    due_lists_of,
)
from intake.admin.judging.handling_pages import HandlingPages
from intake.admin.ledger.chosen_items import kept_query
from intake.admin.ledger.working_filter import WorkingLedgerFilter
from intake.admin.link_targets import only_post
from intake.admin.registering.registering_pages import RegisteringPages
from intake.admin.registering.several_waiting import RegistersSeveral
from intake.admin.start.tallying import tally_of
from intake.admin.together.addresses import together_addresses
from intake.admin.together.helped_list import item_to_read
from intake.admin.transfers.gather_page import GathersItems
from intake.admin.who import member
from intake.admin.writing.case_pages import CasePages
from intake.admin.writing.others_here import mark_what_others_have_open
from intake.casework import news, one_sheet
from intake.casework.moving.several import MOST_AT_ONCE
from intake.casework.together.helped_items import has_helpers
from intake.choices import Status
from intake.models import Submission

CHOSEN = (
    *("status", "way", "origin", "scope", "category", "signature"),
    *("nature", "handled_as"),
)
CHIPS = (Status.UNREGISTERED, Status.TO_ASSESS)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is one touch away, with how much it shows."""

    label: str
    # None where only its own page says it, because this one has queries enough.
    count: int | None
    url: str
    is_current: bool


class SubmissionAdmin(
    FindsItems, GathersItems, CasePages, RegistersSeveral, RegisteringPages, HandlingPages
):
    """The list, and the way to one item."""

    list_filter = (
        *((name, admin.ChoicesFieldListFilter) for name in CHOSEN),
        "is_important",
        "is_late",
        DueFilter,
        TellingFilter,
        MineFilter,
        OnListFilter,
        NewsFilter,
        ReceivedFilter,
        OwnTargetFilter,
        DeskFilter,
        WorkingLedgerFilter,
        *ASKED_FILTERS,
    )
    list_select_related = ("round", "target", "drop_box", "desk__team")
    list_display_links: Any = (columns.number,)
    list_per_page = 50
    list_max_show_all = 0
    ordering = ("-received_at", "-id")
    search_fields = ("number",)
    search_help_text = _("编号、对象、日期、方式、状态")
    change_list_template = "admin/intake/submission/change_list.html"
    actions = ("register_selected", "move_selected", "gather_selected")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        user = member(request)
        others = one_sheet.has_others(user)
        visible = Submission.objects.visible_to(user)
        shown = visible.annotate(has_news=news.has_news(), has_others=others)
        shown = shown.annotate(has_helpers=has_helpers())
        return shown.order_by(*self.ordering).defer("sealed", "round__source_text")

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[Any], per_page: int, *_: Any
    ) -> KeyPaginator:
        return KeyPaginator(queryset, per_page, asked=page_asked(request))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown = [columns.number, columns.received, columns.way, columns.target]
        shown += [columns.category, columns.signature, columns.scope, columns.status, columns.left]
        sees_several = member(request).rules.desks is Desks.THE_OFFICES
        return [*shown, columns.desk] if sees_several else shown

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        shown: dict[str, Any] = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            shown |= {"chips": _chips(request), "most_at_once": MOST_AT_ONCE}
            shown |= finding_context(request)
            shown["kept_query"] = kept_query(request)
            shown["may_gather"] = self.has_gather_permission(request)
            rows = shown["cl"].result_list
            mark_what_others_have_open(rows, beside=member(request))
            columns.mark_what_is_left(rows, due_lists_of(request), received_at(request))
            shown["unregistered"] = [row.pk for row in rows if row.status == Status.UNREGISTERED]
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Opening an item."""
        refuse_beside_a_list(request)
        found = item_to_read(request, self, object_id)
        return item_page.opened_view(request, found, self.admin_site)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:item_id>/scope/", wrap(self.scope_view), name="intake_submission_scope"),
            path("<uuid:item_id>/pause/", wrap(self.pause_view), name="intake_submission_pause"),
            path("<uuid:item_id>/extend/", wrap(self.extend_view), name="intake_submission_extend"),
            path("<uuid:item_id>/resume/", wrap(self.resume_view), name="intake_submission_resume"),
            *evidence_addresses(self, self.admin_site),
            *together_addresses(self, self.admin_site),
            *super().get_urls(),
        ]

    @not_done.asks(scope_form.scope_fields)
    @method_decorator(only_post)
    def scope_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `scope`: whether it is within what the round takes."""
        return scope_form.scope_view(request, self.get_object(request, str(item_id)))

    @not_done.asks(clock_card.pause_fields)
    @method_decorator(only_post)
    def pause_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `rule`, `reason`: a deadline stands still from today on."""
        found = self.get_object(request, str(item_id))
        return clock_card.pause_view(request, found, self.again(request, found))

    @not_done.asks(clock_card.extend_fields)
    @method_decorator(only_post)
    def extend_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `rule`, `extra`, `reason`: who may approve makes a deadline longer, once."""
        found = self.get_object(request, str(item_id))
        return clock_card.extend_view(request, found, self.again(request, found))

    @method_decorator(only_post)
    def resume_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `rule`: it goes on."""
        return clock_card.resume_view(request, self.get_object(request, str(item_id)))


def _chips(request: HttpRequest) -> list[Chip]:
    tally, chosen = tally_of(request), request.GET.get(parameter_of(Submission, "status"), "")
    chips = [Chip("全部", tally.total, list_address(Submission), is_current=not request.GET)]
    for status in CHIPS:
        address = list_address(Submission, status=status)
        count = tally.by_status.get(status, 0)
        chips.append(Chip(str(status.label), count, address, is_current=chosen == status))
    if member(request).rules.desks is Desks.A_TEAMS:
        chips.append(Chip("协办的", None, reverse("admin:intake_submission_helped"), False))
    return chips
