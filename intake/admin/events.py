"""操作留痕: the auditor reads, nobody writes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intake.admin.audited import OwnOnly
from intake.admin.event_words import about_of, what_of
from intake.admin.filters import NO_ACTOR, ActorFilter
from intake.models import AuditEvent


class AuditEventAdmin(OwnOnly):
    """Who did what, when: a list, and one event on its own page."""

    list_display = ("sequence", "at", "who", "action", "about", "desk", "what")
    list_display_links = ("sequence",)
    list_filter = ("action", ("actor", ActorFilter))
    list_select_related = ("actor", "desk__team")
    list_per_page = 100
    search_fields = ("=object_id", "actor__username", "actor__full_name")
    search_help_text = _("对象编号或操作人")
    fields = ("sequence", "at", "who", "action", "about", "desk", "what", "previous", "digest")
    readonly_fields = ("who", "about", "what")

    @admin.display(description=_("操作人"), ordering="actor")
    def who(self, event: AuditEvent) -> str:
        return str(event.actor or NO_ACTOR)

    @admin.display(description=_("对象"))
    def about(self, event: AuditEvent) -> str:
        return about_of(event)

    @admin.display(description=_("说明"))
    def what(self, event: AuditEvent) -> SafeString:
        return what_of(event)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
