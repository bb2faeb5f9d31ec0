"""What an address of a staff page may ask for: exactly what the page offers, and nothing else.

The guard of a list is made from the very links that its page draws: its filters' choices, its
headers, its pages. So what a page offers cannot be refused, and no other column can be probed.
"""

import re
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import parse_qsl

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR, IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode

from inspection.unseen import bare

M = TypeVar("M", bound=models.Model)

# Under which name an address beside a list carries the list's own address, to lead back to it.
WAY_BACK = "_changelist_filters"
LONGEST_SEARCH = 100
_ORDER = re.compile(r"-?\d{1,2}(?:\.-?\d{1,2})*", re.ASCII)
_PAGE = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_NO_FILTERS = frozenset((PAGE_VAR, ORDER_VAR, SEARCH_VAR))

if TYPE_CHECKING:

    class _Admin(admin.ModelAdmin[M]):
        """A ModelAdmin that says which model it is for."""

    _List = ChangeList
else:

    class _Admin(admin.ModelAdmin, Generic[M]):
        """A ModelAdmin that says which model it is for."""

    _List = ChangeList


class NotOffered(BadRequest):
    """An address that asks for what no link of its page asks for."""


class NoLongerOffered(NotOffered):
    """A choice that the list does not have: it may have had it when somebody kept its address."""


class OfferedList(_List):
    """A list whose address is refused before anything of it reaches the database."""

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        refuse_what_is_no_text(request.GET)
        if WAY_BACK in request.GET:
            raise NotOffered(WAY_BACK)
        super().__init__(request, *args, **options)

    def get_filters(self, request: HttpRequest) -> Any:
        """Filters by links that the page draws."""
        self._refuse_at_first_sight(request.GET)
        found = super().get_filters(request)
        names, links = self._offered(found[0])
        asked = {pair for pair in request.GET.items() if pair[0] not in _NO_FILTERS}
        if not {name for name, _value in asked} <= names:
            raise NotOffered("a filter")
        if not asked <= links:
            raise NoLongerOffered("a choice")
        return found

    def get_ordering(self, request: HttpRequest, queryset: Any) -> Any:
        """Orders by columns whose header is a link, each at most once."""
        columns = re.findall(r"\d+", request.GET.get(ORDER_VAR, ""))
        if columns:
            headers = enumerate(result_headers(self))
            sortable = {str(place) for place, header in headers if header["sortable"]}
            if not set(columns) <= sortable or len(set(columns)) < len(columns):
                raise NotOffered(ORDER_VAR)
        return super().get_ordering(request, queryset)

    def get_results(self, request: HttpRequest) -> None:
        """Shows a page that there is."""
        try:
            super().get_results(request)
        except IncorrectLookupParameters as error:
            raise NoLongerOffered(PAGE_VAR) from error
        if self.page_num > self.paginator.num_pages:
            raise NoLongerOffered(PAGE_VAR)
        if not self.multi_page:
            # A list of one page costs as many queries as one of many.
            self.result_list = self.paginator.page(self.page_num).object_list

    def _refuse_at_first_sight(self, asked: QueryDict) -> None:
        """What no list of these filters can offer, before one of them looks for its choices."""
        if SEARCH_VAR in asked and not self.search_fields:
            raise NotOffered(SEARCH_VAR)
        for name, written in ((ORDER_VAR, _ORDER), (PAGE_VAR, _PAGE)):
            if not written.fullmatch(asked.get(name, "1")):
                raise NotOffered(name)
        starts = tuple(_start_of(one) for one in self.list_filter)
        if not all(name.startswith(starts) for name in asked if name not in _NO_FILTERS):
            raise NotOffered("a filter")

    def _offered(self, specs: Iterable[Any]) -> tuple[set[str], set[tuple[str, str]]]:
        """The names by which the shown filters ask, and what each of their links asks."""
        names: set[str] = set()
        links: set[tuple[str, str]] = set()
        for spec in specs:
            own = set(spec.expected_parameters())
            names |= own
            for choice in spec.choices(self):
                asked = parse_qsl(choice["query_string"].removeprefix("?"), keep_blank_values=True)
                links |= {pair for pair in asked if pair[0] in own}
        return names, links


def _start_of(list_filter: Any) -> str:
    """How each name by which a filter asks begins: with its field, or as its class says."""
    if isinstance(list_filter, type):
        return str(list_filter.parameter_name)  # type: ignore[attr-defined]
    return str(list_filter if isinstance(list_filter, str) else list_filter[0])


class OfferedOnly(_Admin[M]):
    """The base of every staff page: an address that asks for anything else is a plain 400."""

    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return OfferedList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise NotOffered("a filter") from error

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The list itself decides: a second rule could refuse what the page offers."""
        return True

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Each word is a condition of its own, and a database takes only so many."""
        return super().get_search_results(request, queryset, bare(search_term)[:LONGEST_SEARCH])

    def response_action(self, request: HttpRequest, queryset: Any, *place: Any) -> Any:
        """Rows are ticked by their keys."""
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(key)
        except ValidationError as error:
            raise NotOffered("a row") from error
        return super().response_action(request, queryset, *place)

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        refuse_beside_a_list(request)
        return super().changeform_view(request, *args, **options)

    def delete_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        refuse_beside_a_list(request)
        return super().delete_view(request, *args, **options)

    def history_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        refuse_beside_a_list(request)
        return super().history_view(request, *args, **options)

    def get_preserved_filters(self, request: HttpRequest) -> str:
        """The way back to the list as it was, without what it does not offer any more."""
        if WAY_BACK not in request.GET:
            return super().get_preserved_filters(request)
        wanted, _found = self.list_behind(request)
        return urlencode({WAY_BACK: wanted.urlencode()}) if wanted else ""

    def list_behind(self, request: HttpRequest) -> tuple[QueryDict, ChangeList | None]:
        """What the list was asked for that an address leads back to, and that list.

        Without what is offered no more; nothing and None where the whole list is meant.
        """
        wanted = QueryDict(request.GET.get(WAY_BACK, ""), mutable=True)
        for dropped in ((), (PAGE_VAR,)):
            for name in dropped:
                wanted.pop(name, None)
            if wanted and (found := self._asked(request, wanted)):
                return wanted, found
        return QueryDict(mutable=True), None

    def list_asked(self, request: HttpRequest, asked: str) -> ChangeList:
        """The list of an address, by what stands behind its '?'. Raises NotOffered."""
        asking = copy(request)
        asking.GET = QueryDict(asked)
        return self.get_changelist_instance(asking)

    def _asked(self, request: HttpRequest, wanted: QueryDict) -> ChangeList | None:
        try:
            return self.list_asked(request, wanted.urlencode())
        except NotOffered as error:
            # What was saved stands, whatever the address carried along with it.
            if request.method == "POST" or isinstance(error, NoLongerOffered):
                return None
            raise


def refuse_beside_a_list(request: HttpRequest) -> None:
    """A page of one row knows the way back to its list, and no pop-up. Raises NotOffered."""
    refuse_what_is_no_text(request.GET)
    if set(request.GET) - {WAY_BACK} or {IS_POPUP_VAR, TO_FIELD_VAR} & set(request.POST):
        raise NotOffered("beside the list")
    refuse_what_is_no_text(QueryDict(request.GET.get(WAY_BACK, "")))


def refuse_what_is_no_text(asked: QueryDict) -> None:
    """Nothing is asked twice, and a database takes no NUL. Raises NotOffered."""
    for name, values in asked.lists():
        if len(values) != 1 or "\x00" in name + values[0]:
            raise NotOffered("asked twice, or no text")
