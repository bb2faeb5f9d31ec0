"""What an address below an item ends with, so that its page leads back to the list as it was."""

from typing import Any

from django import template

from intake.admin.finding.way_back import carried, items_list, kept_list

register = template.Library()


@register.simple_tag(takes_context=True)
def way_back(context: dict[str, Any], start: str = "?") -> str:
    """'' where the page was not opened from a list; `start` is '&' where more is asked."""
    return carried(kept_list(context["request"]), start)


@register.simple_tag(takes_context=True)
def list_as_it_was(context: dict[str, Any]) -> str:
    """The address of the list itself."""
    return items_list(context["request"])
