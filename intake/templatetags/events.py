"""Audit events in the staff's words."""

from django import template

from intake.admin import event_words
from intake.models import AuditEvent

register = template.Library()


@register.filter
def details(event: AuditEvent) -> list[tuple[str, str]]:
    """Name and value of each detail of an event."""
    return list(event_words.details_of(event))
