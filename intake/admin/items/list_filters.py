"""The filters of the staff's lists, and the addresses that ask for one.

Each filter is one table: its choices, and what each finds. The list, its guard and the links of
other pages come from it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intake.access import Desks
from intake.admin.who import desks_of, member, round_of, targets_of, today_of
from intake.casework import news
from intake.casework.figures import conditions
from intake.models import StaffUser

# Whose name stands beside what a command did.
NO_ACTOR = "管理命令"


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a filter; what it finds is worked out only when it is chosen."""

    words: str | Promise
    finds: Callable[[], Q]


class TableFilter(admin.SimpleListFilter):
    """A filter whose choices name only what the member may see."""

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        self.table = self.choices_for(request)
        super().__init__(request, *args, **options)

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        """By the value that an address carries."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(value, choice.words) for value, choice in self.table.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.table.get(self.value() or "")
        return queryset.filter(chosen.finds()) if chosen else queryset


class ReceivedFilter(TableFilter):
    """When it came in, by the days of the round's own zone."""

    title = _("收件时间")
    parameter_name = "received"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {
            "today": Choice(_("今天"), partial(_received_within, request, days=1)),
            "three": Choice(_("三天内"), partial(_received_within, request, days=3)),
            "week": Choice(_("七天内"), partial(_received_within, request, days=7)),
            "month": Choice(_("三十天内"), partial(_received_within, request, days=30)),
        }


class NewsFilter(TableFilter):
    """What was added and nobody at the item's desk has opened."""

    title = _("补充材料")
    parameter_name = "supplement"
    NEW = "new"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {self.NEW: Choice(_("有新补充"), news.only_with_news)}


class OwnTargetFilter(TableFilter):
    """The bodies of the own desks' teams."""

    title = _("巡察对象")
    parameter_name = "target"
    NONE, ELSE = "none", "else"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        teams = {desk.team_id for desk in desks_of(request) if desk.team_id}
        own = [one for one in targets_of(request) if one.team_id in teams]
        known = {str(one.pk): Choice(one.name, partial(Q, target=one.pk)) for one in own}
        none = Choice(_("没有写明"), partial(Q, target=None))
        other = Choice(_("没有写明，或者是别组的"), conditions.is_of_no_own_body)
        return {self.NONE: none, self.ELSE: other, **known}


class DeskFilter(TableFilter):
    """Which desk an item lies on; drawn for the office, which sees several."""

    title = _("受理席")
    parameter_name = "desk"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        is_drawn = member(request).rules.desks is Desks.THE_OFFICES
        if not is_drawn and self.parameter_name not in request.GET:
            return {}
        desks = reversed(desks_of(request))
        return {str(one.pk): Choice(str(one), partial(Q, desk=one.pk)) for one in desks}


class ActorFilter(admin.RelatedFieldListFilter):
    """Who did it; nobody is the one who ran a command."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.empty_value_display = SafeString(NO_ACTOR)

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        """By user name, as the events beside it say it: two may have one full name."""
        return [(str(user.pk), user.told_apart) for user in StaffUser.objects.order_by("username")]


def parameter_of(model: type[Model], name: str) -> str:
    """By which name an address asks a list's filter; KeyError for one that it does not have."""
    return _parameters(model)[name]


def parameters_of(model: type[Model]) -> Collection[str]:
    """All names by which an address asks the filters of a list."""
    return _parameters(model).values()


def list_address(model: type[Model], **chosen: str) -> str:
    """The address of a list, with choices made in its filters."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    asked = {parameter_of(model, name): value for name, value in chosen.items()}
    return f"{address}?{urlencode(asked)}" if asked else address


def list_found_by(model: type[Model], term: str) -> str:
    """The address of a list with a term in its search."""
    return f"{list_address(model)}?{urlencode({SEARCH_VAR: term})}"


def _parameters(model: type[Model]) -> dict[str, str]:
    filters = admin.site.get_model_admin(model).list_filter
    return dict(map(_name_and_parameter, filters))


def _name_and_parameter(spec: Any) -> tuple[str, str]:
    """Of a filter with a table both are one; Django asks a choice or a flag with a suffix."""
    if isinstance(spec, type) and issubclass(spec, TableFilter):
        return str(spec.parameter_name), str(spec.parameter_name)
    field = str(spec if isinstance(spec, str) else spec[0])
    return field, f"{field}__exact"


def _received_within(request: HttpRequest, days: int) -> Q:
    round_, today = round_of(request), today_of(request)
    if round_ is None or today is None:
        return Q()
    return conditions.since(today - timedelta(days=days - 1), round_.zone)
