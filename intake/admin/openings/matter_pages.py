"""密封件: the list, the page of a new one, and the one on which two people sign."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspection.admin.offered import refuse_beside_a_list
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.finding.way_back import (
    carried,
    kept_list,
    list_at,
    marked_row,
    row_address,
)
from intake.admin.link_targets import only_post
from intake.admin.openings import web_matters
from intake.admin.openings.matter_deeds import DEEDS, DONE, fitting, form_for, is_done, kept
from intake.admin.openings.matter_filter import SentFilter
from intake.admin.openings.matter_forms import (
    KeepForm,
    keep_fields,
    newest_round_of,
    sign_fields,
)
from intake.admin.openings.matter_lines import due_days, due_tag, facts_of
from intake.admin.openings.web_matters import web_lines
from intake.admin.traces.audited import OwnOnly
from intake.admin.traces.row_history import log_of
from intake.admin.who import member
from intake.casework.sealed import sealed_matters
from intake.models import SealedMatter

_PAGE = [require_http_methods(["GET", "HEAD", "POST"]), sensitive_post_parameters()]
LOG_SHOWN = 100


class SealedMatterAdmin(OwnOnly):
    """The own rounds' matters. Nothing is changed or deleted by Django's own forms."""

    list_display: Any = ("number_words", "received_on", "keeper", "sent_on")
    list_display_links = ("number_words",)
    list_filter = (SentFilter,)
    list_select_related = ("keeper", "round", "first_signed_by", "second_signed_by")
    change_list_template = "admin/intake/sealedmatter/change_list.html"
    list_per_page = 50
    list_max_show_all = 0
    ordering = ("-received_on", "-number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = SealedMatter.objects.visible_to(member(request))
        return visible.order_by(*self.ordering)

    def get_list_display(self, request: HttpRequest) -> Any:
        days, at = due_days(request), received_at(request)

        @admin.display(description=_("情况"))
        def state(matter: SealedMatter) -> SafeString:
            return due_tag(matter, days, at).html()

        return (*self.list_display, state)

    @admin.display(description=_("编号"), ordering="number")
    def number_words(self, matter: SealedMatter) -> SafeString:
        return marked_row(matter, str(matter))

    @not_done.asks(keep_fields)
    @method_decorator(_PAGE)
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """POST `received_on`, `keeper`: gives it its number."""
        refuse_beside_a_list(request)
        user, at = member(request), received_at(request)
        round_ = newest_round_of(user)
        if not self.has_add_permission(request) or round_ is None:
            raise PermissionDenied
        expected = sealed_matters.next_number(round_)
        today = at.astimezone(round_.zone).date()
        shown = {"keeper": user.pk, "received_on": today, "expected": expected}
        typed = request.POST.copy() if request.method == "POST" else None
        form = KeepForm(typed, keepers=sealed_matters.keepers(round_), initial=shown)
        if typed is not None:
            if matter := kept(form, round_, user, at):
                messages.success(request, f"已登记，编号 {matter}。请把编号写在信封外面。")
                return redirect(row_address(request, matter))
            typed["expected"] = str(expected)
        context = {"title": "登记密封件", "form": form, "number": f"密-{expected:03d}"}
        context |= {
            "round": round_,
            "list_address": list_at(kept_list(request, SealedMatter), model=SealedMatter),
        }
        return self._page(request, "add.html", context, form)

    @not_done.asks(sign_fields)
    @method_decorator(_PAGE)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """POST `deed`: `send` with `sent_on` is the first signature, `witness` the second.

        `correct` with `received_on`, `keeper` sets right what was recorded.
        """
        refuse_beside_a_list(request)
        matter = self.get_object(request, object_id)
        if request.method != "POST":
            return self._matter_page(request, matter)
        deed = request.POST.get("deed", "")
        if deed not in DEEDS:
            raise BadRequest("no deed of this page")
        user, at = member(request), received_at(request)
        form = form_for(deed, matter, user, at, request.POST)
        if is_done(deed, matter, form, user, at):
            messages.success(request, DONE[deed])
            return redirect(row_address(request, matter))
        matter.refresh_from_db()
        return self._matter_page(request, matter, deed, form)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Before the list stands what came over the web and is no matter yet."""
        web = web_lines(request) if member(request).may(Deed.KEEP_SEALED_MATTERS) else []
        back = carried(kept_list(request, SealedMatter))
        told = {"web": web, "list_along": back, **(extra_context or {})}
        return super().changelist_view(request, told)

    @method_decorator(only_post)
    def take_up_view(self, request: HttpRequest) -> HttpResponse:
        """POST `item`: what came over the web becomes a matter that the member keeps."""
        return web_matters.taken_up_view(request)

    @method_decorator(only_post)
    def bundle_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """POST: what came over the web, sealed as it is, as a download to hand on."""
        return web_matters.bundle_view(request, self.get_object(request, object_id))

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "intake_sealedmatter"
        return [
            path("web/", wrap(self.take_up_view), name=f"{name}_web"),
            path("<path:object_id>/bundle/", wrap(self.bundle_view), name=f"{name}_bundle"),
            *super().get_urls(),
        ]

    def _matter_page(
        self,
        request: HttpRequest,
        matter: SealedMatter,
        deed: str = "",
        refused: Form | None = None,
    ) -> HttpResponse:
        user, at = member(request), received_at(request)
        days = due_days(request)
        todo = fitting(matter, user)
        refused_now = refused if refused is not None and deed == todo else None
        form = refused_now or (form_for(todo, matter, user, at) if todo else None)
        correcting = refused if deed == "correct" else None
        if correcting is None and matter.second_signed_by_id is None:
            correcting = form_for("correct", matter, user, at)
        context = {
            "title": f"密封件 {matter}",
            "matter": matter,
            "tag": due_tag(matter, days, at),
            "facts": facts_of(matter, days),
            "deed": todo,
            "form": form,
            "correcting": correcting,
            "is_correcting": deed == "correct",
            "told": list(refused.non_field_errors()) if refused else [],
            "events": log_of(matter, user, most=LOG_SHOWN),
        }
        return self._page(request, "matter.html", context, refused)

    def _page(
        self, request: HttpRequest, template: str, context: dict[str, Any], form: Form | None
    ) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), **context}
        status = 422 if form is not None and form.errors else 200
        return TemplateResponse(
            request, f"admin/intake/sealedmatter/{template}", whole, status=status
        )
