"""What an address below an item ends with, so that its page leads back to the list as it was."""

from typing import Any

from django import template
from django.db.models import Model

from intake.admin.finding.way_back import carried, items_list, kept_list, list_of_row
from intake.models import Submission

register = template.Library()


@register.simple_tag(takes_context=True)
def way_back(context: dict[str, Any], start: str = "?", row: Model | None = None) -> str:
    """'' where the page was not opened from a list; `start` is '&' where more is asked.

    `row` is of the list that is meant, where that is not the list of items.
    """
    return carried(kept_list(context["request"], type(row) if row else Submission), start)


@register.simple_tag(takes_context=True)
def list_as_it_was(context: dict[str, Any], row: Model | None = None) -> str:
    """The address of the list itself; of a `row`, its own list at its place."""
    request = context["request"]
    return list_of_row(request, row) if row else items_list(request)
