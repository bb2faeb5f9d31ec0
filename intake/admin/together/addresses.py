"""The addresses of this room, under those of the items' list."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from intake.admin import not_done
from intake.admin.link_targets import only_post
from intake.admin.together import (
    helped_list,
    helpers_page,
    look_up_page,
    opinion_page,
    recusals_page,
    repeats_page,
    reroute_form,
    reroute_page,
)

if TYPE_CHECKING:
    from intake.admin.items.item_list import SubmissionAdmin


def together_addresses(page: "SubmissionAdmin", site: AdminSite) -> list[URLPattern]:
    """What is not the member's is a 404 before any of these views is asked."""

    def of_item(view: Any, name: str, fields: Any = None, **how: bool) -> URLPattern:
        return _of_item(page, site, view, name, fields, **how)

    def helped(request: HttpRequest) -> HttpResponse:
        return helped_list.helped_view(request, site)

    look_up = site.admin_view(only_post(look_up_page.looked_up_view))
    opinion = opinion_page.opinion_fields
    return [
        path("helped/", site.admin_view(helped), name="intake_submission_helped"),
        path("repeats/", look_up, name="intake_submission_look_up_repeats"),
        of_item(reroute_page.rerouted_view, "reroute", reroute_form.reroute_fields, is_press=True),
        of_item(repeats_page.repeats_view, "repeats"),
        of_item(repeats_page.unlink_view, "unlink", repeats_page.unlink_fields),
        of_item(helpers_page.helpers_view, "helpers", helpers_page.helper_fields),
        of_item(helpers_page.helper_ended_view, "helpers/end", is_press=True),
        of_item(opinion_page.given_view, "opinion", opinion, is_press=True, is_helpers=True),
        of_item(recusals_page.recusals_view, "recusals", recusals_page.recusal_fields),
        of_item(recusals_page.recusal_ended_view, "recusals/end", is_press=True),
    ]


def _of_item(
    page: "SubmissionAdmin",
    site: AdminSite,
    view: Any,
    name: str,
    fields: Any,
    *,
    is_press: bool = False,
    is_helpers: bool = False,
) -> URLPattern:
    """Below an own item; with `is_helpers` also below one that the own desk helps with."""

    def found(request: HttpRequest, item_id: UUID) -> HttpResponse:
        if is_helpers:
            item = helped_list.item_to_read(request, page, item_id)
        else:
            item = page.get_object(request, str(item_id))
        response: HttpResponse = view(request, item, site)
        return response

    guarded = only_post(found) if is_press else found
    asked = not_done.asks(fields)(guarded) if fields else guarded
    return path(f"<uuid:item_id>/{name}/", site.admin_view(asked), name=_named(name))


def _named(name: str) -> str:
    return f"intake_submission_{name.replace('/', '_')}"
