"""受理席授权: the office lets members into desks and takes desks back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from inspection.admin.base import PlainForm
from intake import desks
from intake.admin.audited import OwnOnly
from intake.admin.item import log_in_again
from intake.admin.who import member, received_at
from intake.choices import Role
from intake.keyring import Keyring, KeyringMissing, NoDeskAccess, keyring_of
from intake.models import Desk, DeskAccess, StaffUser


class GrantForm(PlainForm[DeskAccess]):
    """Who gets which desk; the use case itself lets the member in, so that it can say no."""

    class Meta:
        model = DeskAccess
        fields = ("user", "desk")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        user, desk = cleaned.get("user"), cleaned.get("desk")
        if user and desk and user.role != (Role.OFFICE if desk.is_office else Role.TEAM):
            raise ValidationError(_("这位工作人员的角色不能有这个受理席。"))
        return cleaned


class DeskAccessAdmin(OwnOnly):
    """A list of who can open what; granting and withdrawing are audited by the use cases."""

    form: Any = GrantForm
    list_display = ("user", "desk", "granted_by", "granted_at")
    list_select_related = ("user", "desk__team", "desk__round", "granted_by")
    list_display_links = ("user",)
    fields = ("user", "desk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = Desk.objects.visible_to(member(request))
        return super().get_queryset(request).filter(desk__in=visible).defer("sealed_identity")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("user", "desk") if obj is None else ("who", "desk", "let_in_by", "granted_at")

    # Django would make links of the two, to pages that the office may not see.
    @admin.display(description=_("工作人员"))
    def who(self, access: DeskAccess) -> str:
        return str(access.user)

    @admin.display(description=_("授权人"))
    def let_in_by(self, access: DeskAccess) -> str:
        return str(access.granted_by or _("设立时由管理命令授权"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Own desks, and members who could be let in."""
        rows: QuerySet[Any] = Desk.objects.visible_to(member(request)).select_related("team")
        if db_field.name == "user":
            roles = (Role.OFFICE, Role.TEAM)
            rows = StaffUser.objects.filter(is_active=True, role__in=roles).order_by("username")
        formfield: Any = super().formfield_for_foreignkey(
            db_field, request, queryset=rows, **kwargs
        )
        formfield.widget = getattr(formfield.widget, "widget", formfield.widget)
        return formfield

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except KeyringMissing:
            return log_in_again(request)
        except (desks.GrantRefused, NoDeskAccess) as error:
            messages.error(request, f"没有授权：{error}")
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        keyring: Keyring = keyring_of(request)
        by, at = member(request), received_at(request)
        granted = desks.grant(obj.user, obj.desk, keyring=keyring, by=by, at=at)
        obj.pk, obj.granted_by, obj.granted_at = granted.pk, by, at

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, {"title": "收回授权"})
        except desks.GrantRefused as error:
            messages.error(request, f"没有收回：{error}")
            return redirect("admin:intake_deskaccess_changelist")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        desks.revoke(obj, by=member(request), at=received_at(request))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The use case has recorded it."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The use case records it."""
