"""Filters whose choices name only what the member may see."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inspection.models import Target
from inspection.screen.asked import received_at
from intake.access import Desks
from intake.admin.who import desks_of, member, round_of
from intake.casework import news
from intake.models import StaffUser

# Whose name stands beside what a command did.
NO_ACTOR = "管理命令"


class ReceivedFilter(admin.SimpleListFilter):
    """When it came in, by the days of the round's own zone."""

    title = _("收件时间")
    parameter_name = "received"
    DAYS = {"today": 1, "three": 3, "week": 7, "month": 30}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [
            ("today", _("今天")),
            ("three", _("三天内")),
            ("week", _("七天内")),
            ("month", _("三十天内")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        days = self.DAYS.get(self.value() or "")
        round_ = round_of(member(request), received_at(request))
        if days is None or round_ is None:
            return queryset
        today = received_at(request).astimezone(round_.zone).date()
        since = datetime.combine(today - timedelta(days=days - 1), time(0), round_.zone)
        return queryset.filter(received_at__gte=since)


class NewsFilter(admin.SimpleListFilter):
    """What was added and nobody at the item's desk has opened."""

    title = _("补充材料")
    parameter_name = "supplement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [("new", _("有新补充"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(news.only_with_news()) if self.value() == "new" else queryset


class OwnTargetFilter(admin.SimpleListFilter):
    """The bodies of the own desks' teams."""

    title = _("巡察对象")
    parameter_name = "target"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        teams = [desk.team_id for desk in desks_of(member(request)) if desk.team_id]
        targets = Target.objects.filter(team__in=teams).order_by("team__order", "order")
        return [("none", _("没有写明")), *((str(t.pk), t.name) for t in targets)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "none":
            return queryset.filter(target__isnull=True)
        known = {key for key, _words in self.lookup_choices}
        return queryset.filter(target=value) if value in known else queryset


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


class DeskFilter(admin.SimpleListFilter):
    """Which desk an item lies on; for the office, which sees several."""

    title = _("受理席")
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        if member(request).rules.desks is not Desks.THE_OFFICES:
            return []
        return [(str(desk.pk), str(desk)) for desk in reversed(desks_of(member(request)))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {key for key, _words in self.lookup_choices}
        return queryset.filter(desk=self.value()) if self.value() in known else queryset
