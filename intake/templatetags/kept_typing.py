"""The mark of a form whose words outlive the session; see `written_places.PLACES`."""

from typing import Any

from django import template
from django.urls import reverse

from intake.admin.writing.written_page import kept_since
from intake.admin.writing.written_places import place_named

register = template.Library()


@register.inclusion_tag("admin/_written_here.html", takes_context=True)
def written(
    context: dict[str, Any], name: str, key: object = None, part: object = None
) -> dict[str, Any]:
    """Stands inside the form. What is being corrected is not offered once more."""
    request, place = context["request"], place_named(name, key, part)
    is_fresh = request.method in ("GET", "HEAD")
    if (form := context.get("form")) is not None:
        is_fresh = not form.is_bound
    return {
        "place": place,
        "address": reverse("admin:written", args=[place]),
        "kept": kept_since(request, place) if is_fresh else "",
    }
