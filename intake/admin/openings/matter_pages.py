"""密封件: the list, the page of a new one, and the one on which two people sign."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspection.admin.offered import refuse_beside_a_list
from inspection.models import Round
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.items.list_filters import Choice, TableFilter
from intake.admin.link_targets import only_post
from intake.admin.openings import web_matters
from intake.admin.openings.matter_forms import (
    KeepForm,
    SendForm,
    WitnessForm,
    keep_fields,
    newest_round_of,
    sign_fields,
    told,
)
from intake.admin.openings.matter_lines import due_tag, facts_of
from intake.admin.openings.web_matters import web_lines
from intake.admin.traces.audited import OwnOnly
from intake.admin.traces.row_history import log_of
from intake.admin.who import member
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.sealed import sealed_matters
from intake.casework.sealed.sealed_matters import CannotKeepSealed, DueDays
from intake.models import SealedMatter, StaffUser

_PAGE = [require_http_methods(["GET", "HEAD", "POST"]), sensitive_post_parameters()]
_FORMS: dict[str, type[SendForm] | type[WitnessForm]] = {"send": SendForm, "witness": WitnessForm}
_DONE = {
    "send": "已签名。请另一个人用自己的账号登录，到这一页签名见证。",
    "witness": "已签名见证。",
}
LOG_SHOWN = 100


class SentFilter(TableFilter):
    """Whether it still lies here."""

    title = _("上送")
    parameter_name = "sent"
    HERE, UNSIGNED = "here", "unsigned"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {
            self.HERE: Choice(_("还没有上送"), partial(Q, sent_on=None)),
            self.UNSIGNED: Choice(
                _("等见证人签名"), partial(Q, sent_on__isnull=False, second_signed_by=None)
            ),
        }


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
        """Rule and calendar are read once for the whole list."""
        days, at = DueDays(RuleBook.read()), received_at(request)

        @admin.display(description=_("情况"))
        def state(matter: SealedMatter) -> SafeString:
            return due_tag(matter, days, at).html()

        return (*self.list_display, state)

    @admin.display(description=_("编号"), ordering="number")
    def number_words(self, matter: SealedMatter) -> str:
        return str(matter)

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
            if matter := _kept(form, round_, user, at):
                messages.success(request, f"已登记，编号 {matter}。请把编号写在信封外面。")
                return redirect(matter)
            typed["expected"] = str(expected)
        context = {"title": "登记密封件", "form": form, "number": f"密-{expected:03d}"}
        return self._page(request, "add.html", {**context, "round": round_}, form)

    @not_done.asks(sign_fields)
    @method_decorator(_PAGE)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """POST `deed`: `send` with `sent_on` is the first signature, `witness` the second."""
        refuse_beside_a_list(request)
        matter = self.get_object(request, object_id)
        if request.method != "POST":
            return self._matter_page(request, matter)
        deed = request.POST.get("deed", "")
        if deed not in _FORMS:
            raise BadRequest("no deed of this page")
        form = _FORMS[deed](request.POST, user=member(request), at=received_at(request))
        if form.is_valid():
            try:
                _sign(deed, matter, form, member(request), request)
            except CannotKeepSealed as error:
                told(form, error)
            except SealedMatter.DoesNotExist as error:
                raise Http404 from error
            else:
                messages.success(request, _DONE[deed])
                return redirect(matter)
        matter.refresh_from_db()
        return self._matter_page(request, matter, deed, form)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Before the list stands what came over the web and is no matter yet."""
        user = member(request)
        web = web_lines(user, received_at(request)) if user.may(Deed.KEEP_SEALED_MATTERS) else []
        return super().changelist_view(request, {"web": web, **(extra_context or {})})

    @method_decorator(only_post)
    def take_up_view(self, request: HttpRequest) -> HttpResponse:
        """POST `item`: what came over the web becomes a matter that the member keeps."""
        return web_matters.taken_up_view(request)

    @method_decorator(only_post)
    def bundle_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
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
        refused: SendForm | WitnessForm | None = None,
    ) -> HttpResponse:
        user, at = member(request), received_at(request)
        days = DueDays(RuleBook.read())
        fitting = _fitting(matter, user)
        form = refused if refused and deed == fitting else None
        if fitting and form is None:
            shown = {
                "sent_on": matter.sent_on or at.astimezone(matter.round.zone).date(),
                "seen": matter.sent_on.isoformat() if matter.sent_on else "",
            }
            form = _FORMS[fitting](user=user, at=at, initial=shown)
        context = {
            "title": f"密封件 {matter}",
            "matter": matter,
            "tag": due_tag(matter, days, at),
            "facts": facts_of(matter, days),
            "deed": fitting,
            "form": form,
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


def _kept(form: KeepForm, round_: Round, user: StaffUser, at: datetime) -> SealedMatter | None:
    """The new matter; None where it was refused, which the form then says."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    day, keeper, expected = said["received_on"], said["keeper"], said["expected"] or 0
    try:
        return sealed_matters.keep(round_, day, keeper, expected=expected, by=user, at=at)
    except CannotKeepSealed as error:
        told(form, error)
        return None


def _sign(
    deed: str, matter: SealedMatter, form: Any, user: StaffUser, request: HttpRequest
) -> None:
    at, said = received_at(request), form.cleaned_data
    if deed == "send":
        sealed_matters.send_on(matter, said["sent_on"], by=user, at=at)
    else:
        sealed_matters.witness(matter, seen=said["seen"], by=user, at=at)


def _fitting(matter: SealedMatter, user: StaffUser) -> str:
    """The deed that is this member's to do now; '' for none."""
    if matter.second_signed_by_id is not None:
        return ""
    is_mine = matter.first_signed_by_id in (None, user.pk)
    return "send" if is_mine else "witness"
