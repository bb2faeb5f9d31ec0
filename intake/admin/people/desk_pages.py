"""受理席授权: the office lets members into desks and takes desks back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import DateField, DateInput, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import PlainForm
from inspection.schedule import ONE_DAY
from inspection.screen.asked import received_at
from intake.admin.items.item_page import log_in_again
from intake.admin.people import keys_page, leaving_page, rehearsing_page, rotating_page
from intake.admin.traces.audited import OwnOnly
from intake.admin.who import member
from intake.models import Desk, DeskAccess, StaffKey, StaffUser
from intake.report.check_code import check_code_of
from intake.staff import accesses, granting
from intake.staff.keyring import Keyring, KeyringMissing, NoDeskAccess, keyring_of

READ_OUT = _(
    "授权以前，请当面或者打电话，让本人念出核对码，和这里的一样才授权。"
    "本人在“今日”和“改密码”两页能看到自己的核对码。姓名一样的账号，不一定是同一个人。"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member as the office must see one, so that no look-alike is taken for the real one."""

    username: str
    full_name: str
    since: str
    check_code: str
    missing: str

    def __str__(self) -> str:
        """The full name stands last: whoever chose it could write another code into it."""
        facts = f"{self.username} · 核对码 {self.check_code} · {self.since}建的账号"
        return f"{facts} · {self.full_name}" if self.full_name else facts


def candidate_of(user: StaffUser) -> Candidate:
    """Of one of `accesses.candidates`."""
    since = date_format(localtime(user.date_joined), "Y年n月j日")
    missing = accesses.missing(user)
    code = "" if missing else check_code_of(user.key.recipient)
    return Candidate(user.username, user.full_name, since, code, missing)


class CandidateField(ModelChoiceField):  # type: ignore[type-arg]
    """Offers members by all that tells them apart."""

    def label_from_instance(self, obj: Any) -> str:
        return str(candidate_of(obj))


class GrantForm(PlainForm[DeskAccess]):
    """Who gets which desk; the use case itself lets the member in, so that it can say no."""

    # The moment of the request.
    at: datetime

    last_day = DateField(
        label=_("最后一天"),
        required=False,
        widget=DateInput(attrs={"type": "date"}),
        help_text=_("只有临时替班的才填：这一天过完，授权自动收回。长期的不填。"),
    )

    class Meta:
        model = DeskAccess
        fields = ("user", "desk")
        help_texts = {"user": READ_OUT}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        user, desk = cleaned.get("user"), cleaned.get("desk")
        if user and desk and not user.can_hold(desk):
            raise ValidationError(_("这位工作人员的角色不能有这个受理席。"))
        last_day = cleaned.get("last_day")
        if desk and last_day and last_day < self.at.astimezone(desk.round.zone).date():
            raise ValidationError({"last_day": _("最后一天已经过去了。")})
        return cleaned

    def until(self) -> datetime | None:
        """The midnight after the last day, by the round's clocks; None without one."""
        last_day: date | None = self.cleaned_data.get("last_day")
        zone = self.cleaned_data["desk"].round.zone
        return datetime.combine(last_day + ONE_DAY, time(0), zone) if last_day else None


class DeskAccessAdmin(OwnOnly):
    """A list of who can open what; granting and withdrawing are audited by the use cases."""

    form: Any = GrantForm
    list_display = ("who", "check_code", "desk", "let_in_by", "granted_at", "how_long")
    list_select_related = ("user__key", "desk__team", "desk__round", "granted_by")
    list_display_links = ("who",)
    fields = ("user", "desk", "last_day")
    change_form_template = "admin/intake/deskaccess/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = Desk.objects.visible_to(member(request))
        return super().get_queryset(request).filter(desk__in=visible).defer("sealed_identity")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        facts = ("who", "check_code", "desk", "let_in_by", "granted_at", "how_long")
        return ("user", "desk", "last_day") if obj is None else facts

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """It knows what day it is."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("GrantForm", (form,), {"at": received_at(request)})

    # Django would make links of the two, to pages that the office may not see.
    @admin.display(description=_("工作人员"), ordering="user__username")
    def who(self, access: DeskAccess) -> str:
        return access.user.told_apart

    @admin.display(description=_("核对码"))
    def check_code(self, access: DeskAccess) -> str:
        key: StaffKey | None = getattr(access.user, "key", None)
        return check_code_of(key.recipient) if key else ""

    @admin.display(description=_("授权人"), ordering="granted_by")
    def let_in_by(self, access: DeskAccess) -> str:
        by = access.granted_by
        return by.told_apart if by else str(_("设立时由管理命令授权"))

    @admin.display(description=_("到什么时候"), ordering="until")
    def how_long(self, access: DeskAccess) -> str:
        if access.until is None:
            return str(_("长期"))
        last_day = localtime(access.until, access.desk.round.zone) - timedelta(minutes=1)
        return f"{last_day:%Y-%m-%d} 过完"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Own desks, and members who could be let in."""
        rows: QuerySet[Any] = Desk.objects.visible_to(member(request)).select_related("team")
        if db_field.name == "user":
            everybody = accesses.candidates()
            ready = [one.pk for one in everybody if not accesses.missing(one)]
            rows = everybody.filter(pk__in=ready)
            kwargs["form_class"] = CandidateField
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
        offered = [] if object_id else [candidate_of(one) for one in accesses.candidates()]
        more = {"candidates": offered, **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, more)
        except KeyringMissing:
            return log_in_again(request)
        except (granting.GrantRefused, NoDeskAccess) as error:
            messages.error(request, f"没有授权：{error}")
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        keyring: Keyring = keyring_of(request)
        by, at = member(request), received_at(request)
        until = form.until()
        granted = granting.grant(obj.user, obj.desk, keyring=keyring, by=by, at=at, until=until)
        obj.pk, obj.granted_by, obj.granted_at = granted.pk, by, at

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, {"title": "收回授权"})
        except granting.GrantRefused as error:
            messages.error(request, f"没有收回：{error}")
            return redirect("admin:intake_deskaccess_changelist")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        granting.revoke(obj, by=member(request), at=received_at(request))

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "intake_deskaccess"
        return [
            path("keys/", wrap(self.keys_view), name=f"{name}_keys"),
            path("keys/rehearse/", wrap(self.rehearse_view), name=f"{name}_rehearse"),
            path(
                "keys/leaving/<int:member_id>/",
                wrap(self.leaving_view),
                name=f"{name}_leaving",
            ),
            path("keys/<int:desk_id>/rotate/", wrap(self.rotate_view), name=f"{name}_rotate"),
            *super().get_urls(),
        ]

    def keys_view(self, request: HttpRequest) -> HttpResponse:
        """Who opens what, and what to do about it."""
        return keys_page.keys_view(request, self.admin_site)

    def rehearse_view(self, request: HttpRequest) -> HttpResponse:
        """Whether the recovery file still opens what it must."""
        return rehearsing_page.rehearse_view(request, self.admin_site)

    def leaving_view(self, request: HttpRequest, member_id: int) -> HttpResponse:
        """Somebody leaves."""
        return leaving_page.leaving_view(request, member_id, self.admin_site)

    def rotate_view(self, request: HttpRequest, desk_id: int) -> HttpResponse:
        """A new identity for a desk."""
        return rotating_page.rotate_view(request, desk_id, self.admin_site)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The use case has recorded it."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The use case records it."""
