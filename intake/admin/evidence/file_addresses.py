"""The addresses of this room, under those of the items' list."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from intake.admin.evidence import copies_page, copy_parts
from intake.admin.items import evidence_pages
from intake.admin.together.helped_list import item_to_read

if TYPE_CHECKING:
    from intake.admin.items.item_list import SubmissionAdmin

_BELOW = "<uuid:item_id>/attachment/<uuid:attachment_id>"


def evidence_addresses(page: "SubmissionAdmin", site: AdminSite) -> list[URLPattern]:
    """Of what the member reads, also where the own desk only helps; all else is a 404."""

    def of_file(view: Any, place: str, name: str) -> URLPattern:
        def found(
            request: HttpRequest, item_id: UUID, attachment_id: UUID, **more: str
        ) -> HttpResponseBase:
            item = item_to_read(request, page, item_id)
            answer: HttpResponseBase = view(request, item, attachment_id, site=site, **more)
            return answer

        return path(f"{_BELOW}/{place}/", site.admin_view(found), name=f"intake_submission_{name}")

    return [
        of_file(evidence_pages.copy_view, "view", "view_copy"),
        of_file(evidence_pages.original_view, "original", "take_original"),
        of_file(copies_page.copies_view, "copies", "copies"),
        of_file(copies_page.progress_view, "copies/progress", "copies_progress"),
        of_file(copy_parts.part_view, "copies/<slug:part>", "copy"),
    ]
