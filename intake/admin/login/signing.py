"""Forms that somebody signs with the own password: an open session alone signs nothing."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inspection import clock
from intake.models import StaffUser
from intake.staff import passwords
from intake.staff.entering.guesses import PasswordLocked

WRONG = _("密码不对，请再输一次。签的是您自己，要用您自己的登录密码。")


class SignedForm(forms.Form):
    """Ends with the member's own password; guesses are counted, and each wrong one is an event."""

    password = forms.CharField(
        label=_("您自己的登录密码"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请输入您自己的登录密码。")},
    )

    def __init__(self, data: Any = None, *, user: StaffUser, at: datetime, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.user, self.at = user, at
        self.order_fields([*(name for name in self.fields if name != "password"), "password"])

    def clean_password(self) -> str:
        """Asked for last: while something else is amiss, no guess is spent on it."""
        typed: str = self.cleaned_data["password"]
        if self.errors:
            return ""
        try:
            is_right = passwords.is_own(
                self.user, typed, at=self.at, real_at=clock.real_now(), to_sign=True
            )
        except PasswordLocked as locked:
            raise ValidationError(locked.to_sign) from locked
        if not is_right:
            raise ValidationError(WRONG)
        return ""
