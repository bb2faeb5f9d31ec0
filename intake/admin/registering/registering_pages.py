"""The pages of registering, mixed into those of the items."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from intake.admin import not_done
from intake.admin.correcting.correct_page import correct_view
from intake.admin.printing.paper_pages import WithPapers
from intake.admin.registering.label_page import label_view
from intake.admin.registering.register_page import register_fields, register_view, routing_view
from intake.admin.registering.scan_pages import look_view, put_view, take_off_view
from intake.admin.web_registration.web_beside import web_routing_view
from intake.admin.web_registration.web_page import web_view
from intake.casework.printing.paper_table import Of


class RegisteringPages(WithPapers):
    """Django's own `add/`, and what stands beside it."""

    papers_of = Of.ITEM

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "intake_submission"
        scan = "add/scans/<uuid:scan_id>/"
        return [
            path("add/routing/", wrap(routing_view), name=f"{name}_routing"),
            path("add/scans/", wrap(put_view), name=f"{name}_scans"),
            path(scan, wrap(look_view), name=f"{name}_scan"),
            path(f"{scan}off/", wrap(take_off_view), name=f"{name}_scan_off"),
            path("<uuid:item_id>/registering/", wrap(web_view), name=f"{name}_web"),
            path(
                "<uuid:item_id>/registering/routing/",
                wrap(web_routing_view),
                name=f"{name}_web_routing",
            ),
            path("<uuid:item_id>/correcting/", wrap(correct_view), name=f"{name}_correct"),
            path("<uuid:item_id>/label/", wrap(label_view), name=f"{name}_label"),
            *super().get_urls(),
        ]

    @not_done.asks(register_fields)
    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Registering what did not come by web."""
        return register_view(request, self.admin_site)
