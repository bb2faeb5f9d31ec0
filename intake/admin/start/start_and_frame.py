"""The staff's start page and frame; what Django's own site offers beyond need is left out."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

# 'view_on_site' would tell whether any row of any table exists, and nothing here autocompletes.
NOT_OFFERED = {"view_on_site", "autocomplete"}
OURS = {"inspection", "intake"}


class StaffPages(AdminSite):
    """A start page that answers 'what first?', inside the bar and the side list.

    What needs the models is imported where it is used: the app registry asks for this module
    before they are ready.
    """

    site_url = None
    enable_nav_sidebar = False
    empty_value_display = ""

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        from intake.admin.registration import register_pages

        register_pages(self)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own models: other apps would offer pages for groups and one-time secrets."""
        models = (
            model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        )
        ours = [model for model in models if model._meta.app_label in OURS]
        super().register(ours, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from intake.admin.handbook.handbook_pages import addresses

        offered = [u for u in super().get_urls() if getattr(u, "name", "") not in NOT_OFFERED]
        return [*addresses(self), *offered]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from intake.admin.handbook.handbook_pages import how_to
        from intake.admin.start.frame import frame_of

        may_enter = self.has_permission(request)
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "has_permission": may_enter,
            "frame": frame_of(request, self),
            "how_to": how_to(request) if may_enter else None,
        }

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from intake.admin.start.start_page import today_for

        context = {
            **self.each_context(request),
            "title": "今日",
            "today": today_for(request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/index.html", context)

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The side list is the only index; for an app without a page of the own role, 404."""
        if not self.get_app_list(request, app_label):
            raise Http404
        return redirect("admin:index")
