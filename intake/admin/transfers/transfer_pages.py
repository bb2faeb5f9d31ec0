"""移交清单: the lists of the own desks, under Django's own addresses."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inspection.admin.offered import refuse_beside_a_list
from intake.access import Desks
from intake.admin import not_done
from intake.admin.finding.way_back import marked_row
from intake.admin.link_targets import only_post
from intake.admin.printing.paper_pages import WithPapers
from intake.admin.transfers import entry_page, gather_page, opened_list
from intake.admin.transfers.waiting_filter import WaitingFilter
from intake.admin.who import member
from intake.casework.printing.paper_table import Of
from intake.casework.transfers.list_table import MAKES
from intake.models import TransferList


class TransferListAdmin(WithPapers):
    """The lists, and the way to one of them; none is changed in Django's form, or deleted."""

    papers_of = Of.LIST
    list_filter = (WaitingFilter, "kind", "state")
    list_select_related = ("round", "receiver", "desk__team")
    list_per_page = 50
    list_max_show_all = 0
    ordering = ("-made_at", "-id")
    change_list_template = "admin/intake/transferlist/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user = member(request)
        visible = TransferList.objects.visible_to(user).counted_for(user)
        return visible.order_by(*self.ordering).defer("sealed")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown = ["called", "kind", "receiver", "how_many", "state", "sent_on", "signed_on"]
        sees_several = member(request).rules.desks is Desks.THE_OFFICES
        return [*shown, "desk"] if sees_several else shown

    @admin.display(description=_("文号"), ordering="document_number")
    def called(self, row: TransferList) -> SafeString:
        drafted = f"{row.made_at.astimezone(row.round.zone):%Y-%m-%d} 起草"
        return marked_row(row, row.document_number or drafted)

    @admin.display(description=_("件数"))
    def how_many(self, row: Any) -> str:
        return str(row.on_it)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Items into a list."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return gather_page.gather_view(request, self.admin_site)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return any(member(request).may(deed) for deed in MAKES.values())

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Opening a list."""
        refuse_beside_a_list(request)
        found = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return opened_list.opened_view(request, found, self.admin_site)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        entry = "<uuid:list_id>/entry/<int:entry_id>/"
        return [
            path("<uuid:list_id>/move/", wrap(self.move_view), name="intake_transferlist_move"),
            path(entry, wrap(self.entry_view), name="intake_transferlist_entry"),
            path(f"{entry}out/", wrap(self.out_view), name="intake_transferlist_out"),
            *super().get_urls(),
        ]

    @not_done.asks(opened_list.deed_fields)
    @method_decorator(only_post)
    def move_view(self, request: HttpRequest, list_id: UUID) -> HttpResponse:
        """POST `to`, `version` and what the deed asks."""
        found = self.get_object(request, str(list_id))
        return opened_list.move_view(request, found, self.admin_site)

    @not_done.asks(entry_page.abstract_fields)
    def entry_view(self, request: HttpRequest, list_id: UUID, entry_id: int) -> HttpResponse:
        """GET the opened item beside its abstract; POST the abstract."""
        found = self.get_object(request, str(list_id))
        return entry_page.entry_view(request, found, entry_id, self.admin_site)

    @method_decorator(only_post)
    def out_view(self, request: HttpRequest, list_id: UUID, entry_id: int) -> HttpResponse:
        """POST `version`: takes an item out of a draft."""
        return entry_page.out_view(request, self.get_object(request, str(list_id)), entry_id)
