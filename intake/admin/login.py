"""Logging in and out: user name, password and one-time code in one form."""

import time
from typing import Any

import django_otp
from django import forms
from django.contrib import auth, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from inspection import clock
from intake import audit, keyring
from intake.admin import choosing, enrolment, known_browser
from intake.admin.bare_text import BareText
from intake.admin.demo_logins import demo_logins
from intake.admin.who import received_at
from intake.choices import Action
from intake.models import StaffUser
from intake.staff.guesses import Locked, NetworkLocked, NotLetIn
from intake.staff.hashing import TryAgain
from intake.staff.pacing import wait_for_the_beat
from intake.staff.signing_in import Entry, sign_in


class LoginForm(forms.Form):
    """What a member types. Which part is wrong is never said."""

    username = BareText(
        label=_("用户名"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    otp_token = BareText(
        label=_("验证码"),
        required=False,
        max_length=50,
        help_text=_("验证器上的6位数字，或者一个恢复码。第一次登录的空着不填。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


@never_cache
@sensitive_post_parameters("password", "otp_token")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Shows the form, lets in, or goes on to enrolling the second factor."""
    target = _target(request)
    if request.method != "POST":
        if context["has_permission"] and _has_keyring(request):
            return redirect(target)
        return _page(request, context, LoginForm(), target)
    form = LoginForm(request.POST)
    try:
        entry = _entry(form, request)
    except NotLetIn as refused:
        return _page(request, context, form, target, refusal=refused.message)
    except TryAgain as crowd:
        return _in_a_crowd(_page(request, context, form, target, refusal=crowd.message))
    return go_on(request, entry, target)


def go_on(request: HttpRequest, entry: Entry, target: str) -> HttpResponse:
    """To the next page: choosing an own password, then enrolling, then where the member wanted."""
    if not entry.user.has_own_password:
        return choosing.begin(request, entry, target)
    return _come_in(request, entry, target) if entry.device else _enrol(request, entry, target)


@never_cache
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and takes both halves of the keyring away."""
    if isinstance(request.user, StaffUser):
        with transaction.atomic():
            audit.record(Action.LOGOUT, by=request.user, at=received_at(request), obj=request.user)
    response = redirect("admin:login")
    keyring.take_away(request, response)
    auth.logout(request)
    return response


def _entry(form: LoginForm, request: HttpRequest) -> Entry:
    if not form.is_valid():
        raise NotLetIn
    typed, began = form.cleaned_data, time.monotonic()
    try:
        return sign_in(
            typed["username"],
            typed["password"],
            typed["otp_token"],
            at=received_at(request),
            real_at=clock.real_now(),
            sender=known_browser.sender_of(request),
        )
    except (Locked, NetworkLocked):
        raise
    except NotLetIn:
        wait_for_the_beat(time.monotonic() - began)
        raise


def _come_in(request: HttpRequest, entry: Entry, target: str) -> HttpResponse:
    # Whatever the browser's session held before belongs to somebody else.
    request.session.flush()
    auth.login(request, entry.user)
    django_otp.login(request, entry.device)
    response = redirect(target)
    known_browser.remember(request, response, entry.user)
    if entry.secret is not None:
        keyring.put_in(request, response, entry.secret)
    else:
        messages.error(request, "您的密钥打不开，看不了信访内容。请系统管理员重设密码。")
    return response


def _enrol(request: HttpRequest, entry: Entry, target: str) -> HttpResponse:
    enrolment.begin(request, entry.user, target)
    response = redirect("admin:enrol")
    if entry.secret is not None:
        keyring.put_in(request, response, entry.secret)
    return response


def _page(
    request: HttpRequest,
    context: dict[str, Any],
    form: LoginForm,
    target: str,
    refusal: str = "",
) -> HttpResponse:
    shown = {"title": "登录", "form": form, "next": target, "refusal": refusal}
    demo = {"demo_logins": demo_logins(clock.real_now())}
    # The frame of a member who is logged in without keys would lead back here.
    return render(request, "admin/login.html", context | {"has_permission": False} | shown | demo)


def _in_a_crowd(response: HttpResponse) -> HttpResponse:
    response.status_code = 503
    response.headers["Retry-After"] = str(TryAgain.seconds)
    return response


def _has_keyring(request: HttpRequest) -> bool:
    try:
        keyring.keyring_of(request)
    except keyring.KeyringMissing:
        return False
    return True


def _target(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site that is not about coming or going."""
    home = reverse("admin:index")
    target = request.POST.get("next") or request.GET.get("next") or home
    is_safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    no_use = (reverse("admin:login"), reverse("admin:logout"))
    if not is_safe or not target.startswith(home) or target.startswith(no_use):
        return home
    return target
