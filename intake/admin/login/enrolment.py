"""The first login: binding the phone that shows the one-time codes.

Between the right password and the first right code nobody is logged in yet; see `half_way`.
"""

from contextlib import suppress
from typing import Any

import django_otp
import segno
from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from inspection import clock
from inspection.screen.asked import received_at
from intake.admin.login import half_way, known_browser, left_items, login_before
from intake.admin.login.half_way import Step, Waiting
from intake.models import Authenticator, StaffUser
from intake.staff.entering import second_factor, sessions
from intake.staff.keyring import KeyringMissing, keyring_of

WRONG_CODE = _("验证码不对。请等验证器换一个新的数字，再输一次；手机的时间要准。")


class CodeForm(forms.Form):
    """The first code."""

    otp_token = forms.CharField(
        label=_("验证器上的6位数字"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def begin(request: HttpRequest, user: StaffUser, target: str) -> None:
    """Makes a device, and remembers it for the next page."""
    device = second_factor.begin(user)
    half_way.begin(request, Step.ENROL, user, target=target, device=device)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Shows the secret as a picture and as text until its first code is right."""
    waiting = half_way.waiting(request, Step.ENROL)
    device = waiting.device if waiting else None
    if waiting is None or not isinstance(device, Authenticator) or device.confirmed:
        return redirect("admin:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = second_factor.confirm(
                device, form.cleaned_data["otp_token"], at=received_at(request)
            )
        except second_factor.AlreadyEnrolled:
            request.session.flush()
            return redirect("admin:login")
        if codes:
            return _welcome(request, context, waiting, codes)
        typed = form.cleaned_data["otp_token"]
        is_off = second_factor.clock_words_of(device, typed, clock.real_now())
        form.add_error("otp_token", is_off or WRONG_CODE)
    shown = {
        "title": "绑定验证器",
        "form": form,
        "qr": _picture(device),
        "secret": _groups(second_factor.secret_of(device)),
        "username": waiting.user.username,
    }
    return render(request, "admin/enrol.html", context | shown)


def _welcome(
    request: HttpRequest, context: dict[str, Any], waiting: Waiting, codes: list[str]
) -> HttpResponse:
    """Logs in and shows the recovery codes, this once."""
    del request.session[half_way.SESSION_ENTRY]
    auth.login(request, waiting.user)
    sessions.begin(request.session, real_at=clock.real_now())
    django_otp.login(request, waiting.device)
    shown = {"title": "请抄下恢复码", "codes": codes, "target": waiting.target}
    response = render(request, "admin/recovery_codes.html", context | shown)
    known_browser.remember(request, response, waiting.user)
    login_before.note(request, waiting.user)
    # Whoever came here without keys is told so elsewhere.
    with suppress(KeyringMissing):
        left_items.send_to_the_head(request, keyring_of(request))
    return response


def _picture(device: Authenticator) -> SafeString:
    """An SVG without inline styles, which the page's policy forbids."""
    code = segno.make(device.config_url, error="l", micro=False)
    svg = code.svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    # segno made it from numbers alone: no word of anybody stands in it.
    return mark_safe(svg)  # noqa: S308


def _groups(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
