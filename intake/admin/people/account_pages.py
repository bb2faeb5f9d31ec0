"""工作人员: the administrator makes accounts, shuts them and resets what was lost."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspection.admin.changes import changes_in
from inspection.admin.notice_admin import PlainForm
from inspection.screen.asked import received_at
from intake import audit
from intake.admin.bare_text import BareText
from intake.admin.login.password_pages import NewStaffForm, ResetPasswordForm
from intake.admin.traces.audited import OwnOnly
from intake.admin.who import member
from intake.choices import Action, Role
from intake.models import StaffUser
from intake.staff import accesses, accounts, hashing, passwords
from intake.staff.entering import second_factor, sessions


class StaffForm(PlainForm[StaffUser]):
    """What may change later. The role may not: its keys belong to it."""

    class Meta:
        model = StaffUser
        fields = ("full_name", "may_approve", "is_active")
        field_classes = {"full_name": BareText}
        labels = {"is_active": _("可以登录")}
        help_texts = {"is_active": _("离开的人去掉这个勾；账号不删除，留痕要用。")}


class StaffUserAdmin(OwnOnly):
    """Nobody is deleted: the audit names them."""

    list_display = ("username", "full_name", "role", "may_enter", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "full_name")
    search_help_text = _("用户名或姓名")
    ordering = ("username",)
    change_form_template = "admin/intake/staffuser/change_form.html"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = StaffForm if change else NewStaffForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("username", "full_name", "role", "may_approve", "password")
        approves = ("may_approve",) if obj.rules.of_heads else ()
        facts = ("login_name", "role", "full_name")
        return (*facts, *approves, "is_active", "entrance", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("login_name", "role", "entrance", "last_login")

    @admin.display(description=_("可以登录"), ordering="is_active")
    def may_enter(self, user: StaffUser) -> str:
        return "是" if user.is_active else "否"

    @admin.display(description=_("用户名"))
    def login_name(self, user: StaffUser) -> str:
        return user.username

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page's own transaction begins only when the password is hashed."""
        if request.method == "POST" and self.has_add_permission(request):
            request.chosen = hashing.choose(request.POST.get("password", ""))  # type: ignore[attr-defined]
        return super().add_view(request, form_url, extra_context)

    @admin.display(description=_("密码和验证器"))
    def entrance(self, user: StaffUser) -> str:
        password = "本人选的密码" if user.has_own_password else "密码是别人设的，本人还没有换"
        bound = second_factor.is_enrolled(user)
        return f"{password}；{'绑定了验证器' if bound else '还没有绑定验证器'}。"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self._correct(request, obj, changes_in(form))
            if not obj.is_active:
                sessions.end_all_of(obj, but=request.session.session_key)
            return
        made = accounts.create(
            obj.username,
            form.cleaned_data["password"],
            role=Role(obj.role),
            full_name=obj.full_name,
            may_approve=obj.may_approve,
            by=member(request),
            at=received_at(request),
            chosen=request.chosen,  # type: ignore[attr-defined]
        )
        obj.pk = made.pk

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return {} if add else changes_in(form)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The use case has recorded it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """It was recorded before the row was saved."""

    def _correct(self, request: HttpRequest, user: StaffUser, changes: dict[str, Any]) -> None:
        if changes:
            by, at = member(request), received_at(request)
            audit.record(Action.CORRECT, by=by, at=at, obj=user, changed=[user], **changes)
            user.save(update_fields=["full_name", "may_approve", "is_active"])

    def history_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """What a member did is the auditor's to read, not the administrator's."""
        raise PermissionDenied

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "intake_staffuser"
        return [
            path("<int:user_id>/password/", wrap(self.password_view), name=f"{name}_password"),
            path("<int:user_id>/unenrol/", wrap(self.unenrol_view), name=f"{name}_unenrol"),
            *super().get_urls(),
        ]

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), sensitive_post_parameters()])
    def password_view(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Sets a new password. The keys go with the old one, so the office must grant again."""
        user = self._changeable(request, user_id)
        form = ResetPasswordForm(user, request.POST or None, label_suffix="")
        if request.method == "POST" and form.is_valid():
            new = form.cleaned_data["new_password1"]
            passwords.reset_password(user, new, by=member(request), at=received_at(request))
            words = f"已重设{user}的密码。本人登录换成自己的密码以后，受理席要请巡察办重新授权。"
            messages.success(request, words)
            return redirect("admin:intake_staffuser_change", user.pk)
        return self._warned(request, user, "password.html", title="重设密码", form=form)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def unenrol_view(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """For a lost phone: the next login enrols another, and the office must grant again."""
        user = self._changeable(request, user_id)
        if request.method == "POST":
            second_factor.reset(user, by=member(request), at=received_at(request))
            words = f"{user}下次登录时要重新绑定验证器，然后受理席要请巡察办重新授权。"
            messages.success(request, words)
            return redirect("admin:intake_staffuser_change", user.pk)
        return self._warned(request, user, "unenrol.html", title="解除验证器", form=None)

    def _warned(
        self, request: HttpRequest, user: StaffUser, template: str, *, title: str, form: Any
    ) -> HttpResponse:
        """Says first what the member loses."""
        lost = accesses.loss_of(user)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": user.told_apart,
            "form": form,
            "account": user,
            "lost": lost,
        }
        return TemplateResponse(request, f"admin/intake/staffuser/{template}", context)

    def _changeable(self, request: HttpRequest, user_id: int) -> StaffUser:
        user: StaffUser = self.get_object(request, str(user_id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        return user
