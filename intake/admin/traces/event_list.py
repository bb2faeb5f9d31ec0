"""操作留痕: the auditor reads, nobody writes."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inspection.admin.offered import LONGEST_SEARCH
from intake import audit
from intake.admin.items.list_filters import NO_ACTOR, ActorFilter
from intake.admin.traces.audited import OwnOnly
from intake.admin.traces.event_objects import about_of, meant_by, names_of
from intake.models import AuditEvent

_NAMED = "_about_in_words"


class AuditEventAdmin(OwnOnly):
    """Who did what, when: a list, and one event on its own page."""

    list_display = ("sequence", "at", "who", "action", "about", "desk", "what")
    list_display_links = ("sequence",)
    list_filter = ("action", ("actor", ActorFilter))
    list_select_related = ("actor", "desk__team")
    list_per_page = 100
    search_fields = ("=object_id", "actor__username", "actor__full_name")
    search_help_text = _("编号、举报箱号、单位或工作人员")
    fields = ("sequence", "at", "who", "action", "about", "desk", "what", "previous", "digest")
    readonly_fields = ("who", "about", "what")

    @admin.display(description=_("操作人"), ordering="actor")
    def who(self, event: AuditEvent) -> str:
        return event.actor.told_apart if event.actor else NO_ACTOR

    @admin.display(description=_("对象"))
    def about(self, event: AuditEvent) -> str:
        # A list has named all its rows at once; a page of one event names its own.
        named: str | None = getattr(event, _NAMED, None)
        return about_of(event, names_of([event])) if named is None else named

    @admin.display(description=_("说明"))
    def what(self, event: AuditEvent) -> SafeString:
        said = audit.details_of(event)
        return format_html_join(" ", '<span class="detail">{}：{}</span>', said)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without what events say of rows to the check: it is long, and no page shows it."""
        return super().get_queryset(request).defer("covers")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        shown: Any = super().get_changelist_instance(request)
        shown.result_list = list(shown.result_list)
        names = names_of(shown.result_list)
        for event in shown.result_list:
            setattr(event, _NAMED, about_of(event, names))
        return shown  # type: ignore[no-any-return]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By who did it, and by what staff call the row that it was done to."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        words = search_term[:LONGEST_SEARCH]
        return (found | queryset.filter(meant_by(words)) if words.strip() else found), may_repeat

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
