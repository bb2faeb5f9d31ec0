"""Pages of a long list: the keys of one page first, then only the rows of that page."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Page, Paginator
from django.db.models import F, Func, IntegerField, Subquery
from django.http import HttpRequest

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator


class KeyPaginator(_Paginator):
    """Far pages cost no more than near ones: what is skipped is skipped in an index.

    Without it the database reads, joins and sorts every row before the page, sealed bytes too.
    One query gives the rows of the page that is `asked` for, and how many there are in all.
    """

    def __init__(self, object_list: Any, per_page: int, *, asked: int = 1) -> None:
        super().__init__(object_list, per_page)
        self.asked = asked

    @cached_property
    def count(self) -> int:
        """Beyond the last page no row tells how many there are."""
        if self._asked_rows:
            return int(self._asked_rows[0].in_all)
        return super().count if self.asked > 1 else 0

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        rows = self._asked_rows if number == self.asked else self._rows_of(number)
        return Page(rows, number, self)

    @cached_property
    def _asked_rows(self) -> list[Any]:
        return self._rows_of(self.asked)

    def _rows_of(self, number: int) -> list[Any]:
        rows: Any = self.object_list
        first = (number - 1) * self.per_page
        keys = rows.values("pk")[first : first + self.per_page]
        # As a plain function: as an aggregate it would count row by row.
        number_of = Func(F("pk"), function="COUNT", output_field=IntegerField())
        counted = rows.order_by().values("pk").annotate(in_all=number_of).values("in_all")
        return list(rows.filter(pk__in=keys).annotate(in_all=Subquery(counted)))


class BoundedPaginator(KeyPaginator):
    """Of a list without end: past so many, nobody waits until the rest were counted.

    The pages that were counted are offered; behind them each page says whether there is another.
    """

    most = 10_000

    @cached_property
    def counted(self) -> int:
        """One more than `most` where there are more."""
        rows: Any = self.object_list
        return int(rows.order_by()[: self.most + 1].count())

    @property
    def has_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.counted > self.most

    @cached_property
    def count(self) -> int:
        if not self.has_more:
            return self.counted
        if self.asked * self.per_page < self.most:
            return self.most
        return (self.asked - 1) * self.per_page + len(self._and_one)

    def _rows_of(self, number: int) -> list[Any]:
        rows = self._and_one if number == self.asked else self._with_one_more(number)
        return rows[: self.per_page]

    @cached_property
    def _and_one(self) -> list[Any]:
        return self._with_one_more(self.asked)

    def _with_one_more(self, number: int) -> list[Any]:
        rows: Any = self.object_list
        first = (number - 1) * self.per_page
        keys = rows.values("pk")[first : first + self.per_page + 1]
        return list(rows.filter(pk__in=keys))


def page_asked(request: HttpRequest) -> int:
    """As Django's list reads it; before the first there is no page."""
    typed = request.GET.get(PAGE_VAR, "1")
    return max(int(typed), 1) if typed.isdecimal() else 1
