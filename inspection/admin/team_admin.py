"""Who inspects whom, as staff correct it."""

from types import MappingProxyType
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.fields import LinesField
from inspection.admin.notice_admin import NoticeAdmin, PlainForm, PlainInline, SaidInWords
from inspection.current.target_finder import TargetFinder
from inspection.loading.search_keys import search_key, target_code
from inspection.models import Target, Team

TARGET_FIELDS = ("order", "name", "kind", "county", "short_names", "includes_villages")


class TargetForm(PlainForm[Target]):
    """The short names stand one a line; a new body gets its code as from a notice."""

    short_names = LinesField(
        label=_("简称"),
        required=False,
        help_text=_("一行写一个；群众写了简称，也能分送到这个单位。"),
    )

    class Meta:
        model = Target
        fields = ("team", *TARGET_FIELDS)

    def save(self, commit: bool = True) -> Target:
        """A body keeps the code that it once got; what it is found by follows its names."""
        target = self.instance
        target.search_key = search_key([target.name, *target.short_names])
        if not target.code:
            taken = set(Target.objects.values_list("code", flat=True))
            target.code = target_code(target.team.round.slug, target.name, taken)
        return super().save(commit)


class SaysShortNames(SaidInWords):
    """Short names as people write them in a row."""

    in_words = MappingProxyType({"short_names": "short_names_in_words"})

    @admin.display(description=_("简称"))
    def short_names_in_words(self, target: Target) -> str:
        return "、".join(target.short_names)


class TargetInline(SaysShortNames, PlainInline[Target]):
    """The team's bodies on the team's own page."""

    model = Target
    form = TargetForm
    fields = ("name", ("order", "kind", "county"), "short_names", "includes_villages")
    extra = 0


class TeamAdmin(NoticeAdmin[Team]):
    """A team with its bodies."""

    inlines = (TargetInline,)
    list_display = ("__str__", "series", "target_count", "accepts_until")
    list_filter = ("round", "series")
    fieldsets = (
        (None, {"fields": ("round", "order", "name", "series")}),
        (
            _("本组另有时间的才填"),
            {
                "classes": ("collapse",),
                "fields": (
                    "accepts_until",
                    "period_text",
                    ("period_starts_first", "period_starts_last"),
                    ("period_ends_first", "period_ends_last"),
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request).annotate(targets_in_all=Count("targets"))

    @admin.display(description=_("巡察对象"))
    def target_count(self, team: Any) -> int:
        return int(team.targets_in_all)


class TargetAdmin(SaysShortNames, NoticeAdmin[Target]):
    """All bodies under inspection, to look one up and to correct it."""

    form = TargetForm
    list_display = ("name", "kind", "county", "team", "code")
    list_filter = ("team__round", "kind", "county", "team")
    list_select_related = ("team",)
    search_fields = ("name", "search_key", "short_names")
    search_help_text = _("名称、简称或拼音")
    fields = ("team", *TARGET_FIELDS)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Target], search_term: str
    ) -> tuple[QuerySet[Target], bool]:
        """As citizens find them."""
        if not search_term.strip():
            return queryset, False
        found = TargetFinder(queryset).find(search_term).targets
        return queryset.filter(pk__in=[target.pk for target in found]), False
