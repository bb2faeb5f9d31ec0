"""How to reach the inspectors, as staff correct it."""

from types import MappingProxyType

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.fields import HoursField, hours_text
from inspection.admin.notice_admin import NoticeAdmin, OfOneRoundForm
from inspection.current.target_finder import TargetFinder
from inspection.models import ContactPoint, DropBox, Target


class ContactPointForm(OfOneRoundForm[ContactPoint]):
    """The hours are written as on paper."""

    hours = HoursField(label=_("接听时间"))

    class Meta:
        model = ContactPoint
        fields = ("round", "team", "order", "kind", "value", "phone", "postcode", "hours")


class ContactPointAdmin(NoticeAdmin[ContactPoint]):
    """Phones, addresses and accounts."""

    form = ContactPointForm
    list_display = ("value", "kind", "team_or_all", "hours_in_words")
    list_filter = ("round", "kind")
    list_select_related = ("team",)
    search_fields = ("value",)
    search_help_text = _("号码或地址")
    fields = ("round", "order", "kind", "value", "phone", "postcode", "hours", "team")
    in_words = MappingProxyType({"hours": "hours_in_words"})

    @admin.display(description=_("巡察组"), ordering="team__order")
    def team_or_all(self, contact: ContactPoint) -> str:
        return str(contact.team) if contact.team else "各组共用"

    @admin.display(description=_("接听时间"))
    def hours_in_words(self, contact: ContactPoint) -> str:
        return hours_text(contact.hours) if contact.hours else ""


class DropBoxAdmin(NoticeAdmin[DropBox]):
    """The boxes of the notice."""

    form = OfOneRoundForm[DropBox]
    list_display = ("__str__", "location", "county", "target", "team")
    list_filter = ("round", "county", "team")
    list_select_related = ("target", "team")
    search_fields = ("location", "county", "target__name")
    search_help_text = _("位置、县（市、区）或巡察对象")
    fields = ("round", "order", "number", "location", "county", "target", "team")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[DropBox], search_term: str
    ) -> tuple[QuerySet[DropBox], bool]:
        """By the words of its place, or by its body as citizens find it."""
        by_place, may_repeat = super().get_search_results(request, queryset, search_term)
        bodies = Target.objects.filter(pk__in=queryset.order_by().values("target"))
        found = TargetFinder(bodies).find(search_term)
        if not search_term.strip() or not found.is_sure:
            return by_place, may_repeat
        return by_place | queryset.filter(target__in=[t.pk for t in found.targets]), may_repeat
