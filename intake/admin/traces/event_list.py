"""操作留痕: the auditor reads, nobody writes."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inspection.admin.offered import LONGEST_SEARCH
from inspection.unseen import bare
from intake import audit
from intake.admin.items.list_filters import NO_ACTOR, ActorFilter
from intake.admin.items.list_paging import BoundedPaginator, page_asked
from intake.admin.link_targets import keys_in
from intake.admin.traces.audited import OwnOnly
from intake.admin.traces.event_filters import (
    AboutFilter,
    PlaceFilter,
    SinceFilter,
    SortFilter,
    UntilFilter,
)
from intake.admin.traces.event_objects import MOST_FOUND, about_of, meant_by, names_of
from intake.admin.traces.finding_filter import FindingFilter
from intake.admin.watching.audit_pages import addresses_of_pages, ways
from intake.models import AuditEvent, StaffUser

_NAMED = "_about_in_words"


class AuditEventAdmin(OwnOnly):
    """Who did what, when: a list, and one event on its own page."""

    list_display = ("sequence", "at", "who", "action", "about", "desk", "what")
    list_display_links = ("sequence",)
    list_filter = (
        SortFilter,
        SinceFilter,
        UntilFilter,
        "action",
        ("actor", ActorFilter),
        PlaceFilter,
        AboutFilter,
        FindingFilter,
    )
    list_select_related = ("actor", "desk__team")
    list_per_page = 100
    list_max_show_all = 0
    # Only so that there is a search: `get_search_results` says what is looked for.
    search_fields = ("object_id",)
    search_help_text = _("编号、举报箱号、单位或工作人员")
    change_list_template = "admin/intake/auditevent/change_list.html"
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

    def get_urls(self) -> list[URLPattern]:
        return [*addresses_of_pages(self.admin_site), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"ways": ways(request), **(extra_context or {})})

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
        """By who did it, and by what staff call the row that it was done to.

        Members and rows are found first: then each part is asked of an index.
        """
        words = bare(search_term)[:LONGEST_SEARCH].strip()
        return (queryset.filter(meant_by(words) | _done_by(words)) if words else queryset), False

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[Any], per_page: int, *_: Any
    ) -> BoundedPaginator:
        return BoundedPaginator(queryset, per_page, asked=page_asked(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _done_by(words: str) -> Q:
    """Events of members of this name, or about a row of this id."""
    named = Q(username__icontains=words) | Q(full_name__icontains=words)
    members = StaffUser.objects.filter(named).order_by().values_list("pk", flat=True)
    # An id may be typed without its hyphens too.
    ids = {words, *map(str, keys_in([words]))}
    return Q(actor__in=list(members[:MOST_FOUND])) | Q(object_id__in=sorted(ids))
