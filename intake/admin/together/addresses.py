"""The addresses of this room, under those of the items' list."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from intake.admin import not_done
from intake.admin.link_targets import only_post
from intake.admin.together import (
    look_up_page,
    recusals_page,
    repeats_page,
    reroute_form,
    reroute_page,
)

if TYPE_CHECKING:
    from intake.admin.items.item_list import SubmissionAdmin


def together_addresses(page: "SubmissionAdmin", site: AdminSite) -> list[URLPattern]:
    """What is not the member's is a 404 before any of these views is asked."""

    def of_item(view: Any, name: str, fields: Any = None, *, is_press: bool = False) -> URLPattern:
        def found(request: HttpRequest, item_id: UUID) -> HttpResponse:
            response: HttpResponse = view(request, page.get_object(request, str(item_id)), site)
            return response

        guarded = only_post(found) if is_press else found
        asked = not_done.asks(fields)(guarded) if fields else guarded
        return path(f"<uuid:item_id>/{name}/", site.admin_view(asked), name=_named(name))

    look_up = site.admin_view(only_post(look_up_page.looked_up_view))
    return [
        path("repeats/", look_up, name="intake_submission_look_up_repeats"),
        of_item(reroute_page.rerouted_view, "reroute", reroute_form.reroute_fields, is_press=True),
        of_item(repeats_page.repeats_view, "repeats"),
        of_item(repeats_page.unlink_view, "unlink", repeats_page.unlink_fields),
        of_item(recusals_page.recusals_view, "recusals", recusals_page.recusal_fields),
        of_item(recusals_page.recusal_ended_view, "recusals/end", is_press=True),
    ]


def _named(name: str) -> str:
    return f"intake_submission_{name.replace('/', '_')}"
