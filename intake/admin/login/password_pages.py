"""Changing one's own password, and the form with which an administrator sets another's."""

from datetime import datetime
from typing import Any

from django.contrib import auth
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import CharField, Form, PasswordInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspection import clock
from inspection.admin.notice_admin import PlainForm
from inspection.screen.asked import received_at
from intake.admin.bare_text import BareText
from intake.admin.who import member, own_check_code
from intake.models import StaffUser
from intake.staff import passwords
from intake.staff.entering.guesses import PasswordLocked

RESET_WARNING = _(
    "重设密码以后，这位工作人员原来的密钥作废，受理席的授权全部收回；正在登录的会退出。"
    "本人用新设的密码登录，先要换成自己的密码，再由巡察办重新授权，才能再看信访件。"
    "这是为了让重设密码的人看不到信访内容。本人记得密码的，请让本人自己改。"
)


PASSWORD_HINT = _("至少10个字符，不能全是数字，不用常见的词，也不和用户名、姓名相近。")


class ResetPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A password set by somebody else; see `passwords.reset_password`."""

    warning = RESET_WARNING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_plain_words(self)


class OwnPasswordForm(PasswordChangeForm):
    """The member's own change; see `passwords.change_password`."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("现在的密码不对，请再输一次。"),
    }

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        in_plain_words(self)
        self.fields["old_password"].label = _("现在的密码")

    def clean_old_password(self) -> str:
        """Guesses are counted; whoever sits at an open session has five."""
        typed: str = self.cleaned_data["old_password"]
        try:
            if passwords.is_own(self.user, typed, at=self.at, real_at=clock.real_now()):
                return typed
        except PasswordLocked as locked:
            raise ValidationError(locked.message) from locked
        raise ValidationError(self.error_messages["password_incorrect"], "password_incorrect")


class NewStaffForm(PlainForm[StaffUser]):
    """A new account; see `accounts.create`."""

    password = CharField(
        label=_("初始密码"),
        strip=False,
        max_length=500,
        help_text=_("至少10个字符。只能用来登录一次：本人要先换成自己的密码，才能进入办理。"),
        widget=PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = StaffUser
        fields = ("username", "full_name", "role", "may_approve")
        field_classes = {"username": BareText, "full_name": BareText}

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        names = {name: self.cleaned_data.get(name, "") for name in ("username", "full_name")}
        validate_password(password, StaffUser(**names))
        return password


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Asks for the old password, which opens the key that the new one is to open."""
    user = member(request)
    typed = request.POST if request.method == "POST" else None
    form = OwnPasswordForm(user, typed, at=received_at(request))
    if form.is_valid():
        try:
            passwords.change_password(
                user,
                old=form.cleaned_data["old_password"],
                new=form.cleaned_data["new_password1"],
                at=received_at(request),
            )
        except passwords.KeyDoesNotOpen as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            # Keeps this session, and its keyring, while all others of the member end.
            auth.update_session_auth_hash(request, user)
            return redirect("admin:password_change_done")
    shown = {"title": "改密码", "form": form, "check_code": own_check_code(user)}
    return render(request, "admin/password_change.html", context | shown)


@never_cache
def changed(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Says that it is done."""
    return render(request, "admin/password_changed.html", context | {"title": "密码已经改好"})


def in_plain_words(form: Form) -> None:
    """Labels and hints of a new password, typed twice."""
    form.fields["new_password1"].label = _("新密码")
    form.fields["new_password1"].help_text = PASSWORD_HINT
    form.fields["new_password2"].label = _("再输一次新密码")
    form.fields["new_password2"].help_text = ""
