"""开箱记录: the list of the own rounds' openings. Django's own forms change nothing here."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspection.admin.offered import refuse_beside_a_list
from intake.admin import not_done
from intake.admin.finding.way_back import marked_row
from intake.admin.items.list_filters import Choice, TableFilter
from intake.admin.openings import opening_pages
from intake.admin.openings.opening_lines import numbers_words, state_tag
from intake.admin.printing.paper_pages import WithPapers
from intake.admin.who import member
from intake.casework.boxes.box_discrepancies import counted, in_discrepancy
from intake.casework.printing.paper_table import Of
from intake.models import BoxOpening

_PAGE = [require_http_methods(["GET", "HEAD", "POST"]), sensitive_post_parameters()]


class StateFilter(TableFilter):
    """What is still to be done about it."""

    title = _("情况")
    parameter_name = "state"
    UNCONFIRMED, DIFFERS = "unconfirmed", "differs"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {
            self.UNCONFIRMED: Choice(_("待确认"), partial(Q, confirmed_by=None)),
            self.DIFFERS: Choice(_("件数不一致，还没有说明清楚"), in_discrepancy),
        }


class BoxOpeningAdmin(WithPapers):
    """The list, and the ways to a new record and to one that there is."""

    list_display: Any = ("opened", "drop_box", "count", "numbers", "registered", "state", "by_whom")
    list_display_links = ("opened",)
    papers_of = Of.OPENING
    list_filter = (StateFilter,)
    list_select_related = ("drop_box", "round", "recorded_by", "confirmed_by")
    list_per_page = 50
    list_max_show_all = 0
    ordering = ("-opened_at", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return counted(member(request)).order_by(*self.ordering).defer("sealed")

    @admin.display(description=_("开箱时间"), ordering="opened_at")
    def opened(self, opening: BoxOpening) -> SafeString:
        at = opening.opened_at.astimezone(opening.round.zone)
        return marked_row(opening, f"{at:%Y-%m-%d %H:%M}")

    @admin.display(description=_("起止编号"))
    def numbers(self, opening: BoxOpening) -> str:
        return numbers_words(opening)

    @admin.display(description=_("登记件数"))
    def registered(self, opening: Any) -> int:
        return int(opening.registered)

    @admin.display(description=_("情况"))
    def state(self, opening: Any) -> SafeString:
        return state_tag(opening, opening.registered).html()

    @admin.display(description=_("记录人和确认人"))
    def by_whom(self, opening: BoxOpening) -> str:
        return "、".join(str(one) for one in (opening.recorded_by, opening.confirmed_by) if one)

    @not_done.asks(opening_pages.add_fields)
    @method_decorator(_PAGE)
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The first of the two writes down what they found."""
        refuse_beside_a_list(request)
        if not self.has_add_permission(request):
            raise PermissionDenied
        return opening_pages.added_view(request, self.admin_site)

    @not_done.asks(opening_pages.record_fields)
    @method_decorator(_PAGE)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The record; POST `deed` confirms, corrects, explains, or agrees."""
        refuse_beside_a_list(request)
        found = self.get_object(request, object_id)
        return opening_pages.record_view(request, found, self.admin_site)
