"""Which items the ledger is about: those of the list that an address asks for, guarded as there."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.db.models import F, QuerySet
from django.http import HttpRequest, QueryDict

from intake.admin.items.list_filters import list_address
from intake.admin.ledger.working_filter import WorkingLedgerFilter
from intake.models import Submission

WHOLE = "没有筛选，是您能看到的全部信访件"
SEARCHED = "搜索"


@dataclass(frozen=True, slots=True)
class ChosenItems:
    """One queryset, for page, count, table and print. `told` says what chose them, in words.

    `query` is what an address carries on; '' for the whole list.
    """

    items: "QuerySet[Any]"
    count: int
    told: tuple[tuple[str, str], ...]
    query: str
    ledger: str

    @property
    def names(self) -> str:
        """Of the filters, without what was chosen or typed in them."""
        return "、".join(title for title, _choice in self.told)

    @property
    def words(self) -> str:
        return "；".join(f"{title}：{choice}" for title, choice in self.told) or WHOLE

    @property
    def list_url(self) -> str:
        return f"{list_address(Submission)}{self.query}"


def chosen_items(request: HttpRequest, site: admin.AdminSite) -> ChosenItems:
    """By the list's own reading of the address. Raises NotOffered, as the list does."""
    pages: Any = site.get_model_admin(Submission)
    shown = pages.get_changelist_instance(request)
    asked = request.GET
    items = shown.queryset if ORDER_VAR in asked else in_order(shown.queryset)
    return ChosenItems(
        items,
        shown.result_count,
        tuple(_told(shown, asked)),
        kept_query(request),
        asked.get(WorkingLedgerFilter.parameter_name, ""),
    )


def in_order(items: "QuerySet[Any]") -> "QuerySet[Any]":
    """As a ledger is kept: by number, and what has none yet at the end, by its arrival."""
    numbered = F("number").asc(nulls_last=True)
    return items.order_by("round", "number_series", numbered, "received_at", "pk")


def kept_query(request: HttpRequest) -> str:
    """What the list was asked for, but for the page of it; '' for nothing."""
    kept = QueryDict(request.GET.urlencode(), mutable=True)
    kept.pop(PAGE_VAR, None)
    return f"?{kept.urlencode()}" if kept else ""


def _told(shown: Any, asked: QueryDict) -> Any:
    """Title and choice of each filter that is used, as the list draws them."""
    for spec in shown.filter_specs:
        if set(spec.expected_parameters()) & set(asked):
            chosen = [one["display"] for one in spec.choices(shown) if one["selected"]]
            yield str(spec.title), "、".join(map(str, chosen))
    if asked.get(SEARCH_VAR):
        yield SEARCHED, asked[SEARCH_VAR]
