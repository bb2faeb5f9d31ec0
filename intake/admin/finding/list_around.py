"""The rows before and after an item in the list that it was opened from, and its page there.

A row is found by what the list is ordered by, so that an item that has left the list meanwhile
still has neighbours; no page before it is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from intake.admin.finding.way_back import carried, list_at
from intake.models import Submission


@dataclass(frozen=True, slots=True)
class Around:
    """Addresses; '' where there is no such row."""

    back: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a list shows, and in pages of how many."""

    found: QuerySet[Any]
    per_page: int
    most_pages: int | None = None


def list_around(item: Submission, rows: Rows, wanted: QueryDict) -> Around:
    """In the list that was `wanted`, three bounded queries."""
    order = [str(one) for one in rows.found.query.order_by]
    earlier = rows.found.filter(beyond(item, [_turned(one) for one in order]))
    later = rows.found.filter(beyond(item, order))
    page = earlier.order_by().count() // rows.per_page + 1
    page = min(page, rows.most_pages or page)
    kept = wanted.copy()
    kept.pop(PAGE_VAR, None)
    way = carried(kept.urlencode())
    if page > 1:
        kept[PAGE_VAR] = str(page)
    return Around(
        list_at(kept.urlencode(), item.pk),
        _first(earlier.order_by(*map(_turned, order)), way),
        _first(later, way),
    )


def beyond(item: Submission, order: Sequence[str]) -> Q:
    """Which rows stand after the item in this order of its own columns."""
    ties, found = Q(), []
    for one in order:
        name, value = one.removeprefix("-"), getattr(item, one.removeprefix("-"))
        found += [ties & part for part in _beyond(name, value, is_down=one.startswith("-"))]
        ties &= Q(**{name: value}) if value is not None else Q(**{f"{name}__isnull": True})
    return _from_there_on(item, order[0]) & reduce(or_, found, Q(pk__in=()))


def _from_there_on(item: Submission, one: str) -> Q:
    """The same said once more of the first column alone: by that an index is entered."""
    name = one.removeprefix("-")
    if Submission._meta.get_field(name).null:
        return Q()
    return Q(**{f"{name}__{'lte' if one.startswith('-') else 'gte'}": getattr(item, name)})


def _beyond(name: str, value: Any, *, is_down: bool) -> Iterator[Q]:
    """Of one column; the databases do not agree on which side an empty one stands."""
    nulls_come = connection.features.nulls_order_largest is not is_down
    if value is None:
        if not nulls_come:
            yield Q(**{f"{name}__isnull": False})
        return
    yield Q(**{f"{name}__{'lt' if is_down else 'gt'}": value})
    if nulls_come and Submission._meta.get_field(name).null:
        yield Q(**{f"{name}__isnull": True})


def _turned(one: str) -> str:
    return one.removeprefix("-") if one.startswith("-") else f"-{one}"


def _first(rows: QuerySet[Any], way: str) -> str:
    key = rows.values_list("pk", flat=True).first()
    return f"{reverse('admin:intake_submission_change', args=[key])}{way}" if key else ""
