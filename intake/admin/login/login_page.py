"""Logging in and out: user name, password and one-time code in one form."""

import time
from dataclasses import dataclass
from typing import Any

import django_otp
from django import forms
from django.conf import settings
from django.contrib import admin, auth, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspection import clock
from inspection.screen.asked import received_at
from intake import audit
from intake.admin import kept_words, not_done
from intake.admin.bare_text import BareText
from intake.admin.kept_words import Kept
from intake.admin.link_targets import is_press, only_post, page_for
from intake.admin.login import choosing_password, enrolment, known_browser, left_items, login_before
from intake.admin.login.demo_logins import demo_logins
from intake.casework.writing import opened_with
from intake.choices import Action
from intake.models import StaffUser
from intake.staff import accesses, keyring
from intake.staff.entering import sessions
from intake.staff.entering.guesses import Locked, NetworkLocked, NotLetIn
from intake.staff.entering.pacing import wait_for_the_beat
from intake.staff.entering.signing_in import Entry, sign_in
from intake.staff.hashing import TryAgain


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


@dataclass(frozen=True, slots=True)
class _Way:
    """Where to go afterwards, and what was typed or pressed at `address` before."""

    target: str
    address: str
    typed: Kept = kept_words.NOTHING
    was_pressed: bool = False

    @property
    def words(self) -> str:
        """What is said of it before the login."""
        return not_done.KEPT_FOR_YOU if self.typed else not_done.SESSION_ENDED

    @classmethod
    def of(cls, request: HttpRequest) -> "_Way":
        asked = request.POST if request.method == "POST" else request.GET
        address = asked.get("next") or request.GET.get("next") or reverse("admin:index")
        typed = kept_words.carried(request.POST)
        target, pressed = page_for(request, address), bool(asked.get(not_done.PRESSED))
        return cls(target, address, typed, was_pressed=pressed)


@never_cache
@sensitive_post_parameters("password", "otp_token")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Shows the form, lets in, or goes on to enrolling the second factor."""
    way = _Way.of(request)
    if request.method != "POST":
        if context["has_permission"] and _has_keyring(request):
            return redirect(way.target)
        return _page(request, context, LoginForm(), way)
    form = LoginForm(request.POST)
    try:
        entry = _entry(form, request)
    except NotLetIn as refused:
        return _page(request, context, form, way, refusal=refused.message)
    except TryAgain as crowd:
        return _in_a_crowd(_page(request, context, form, way, refusal=crowd.message))
    return go_on(request, entry, way.target, way)


def go_on(
    request: HttpRequest, entry: Entry, target: str, way: "_Way | None" = None
) -> HttpResponse:
    """To the next page: choosing an own password, then enrolling, then where the member wanted."""
    if not entry.user.has_own_password:
        return choosing_password.begin(request, entry, target)
    if entry.device is None:
        return _enrol(request, entry, target)
    return _come_in(request, entry, way or _Way(target, target))


def ask(request: HttpRequest, address: str, typed: Kept, *, status: int) -> HttpResponse:
    """The login page in place of another one; it carries along what was typed there."""
    form = LoginForm(initial={"username": request.POST.get("username", "")})
    way = _Way(page_for(request, address), address, typed, was_pressed=True)
    context = admin.site.each_context(request)
    response = _page(request, context, form, way)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
@only_post
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and takes both halves of the keyring away."""
    if isinstance(request.user, StaffUser):
        with transaction.atomic():
            audit.record(Action.LOGOUT, by=request.user, at=received_at(request), obj=request.user)
            opened_with.leave_all(request.user)
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


def _come_in(request: HttpRequest, entry: Entry, way: _Way) -> HttpResponse:
    # Whatever the browser's session held before belongs to somebody else.
    request.session.flush()
    accesses.end_over(at=received_at(request), of=entry.user)
    auth.login(request, entry.user)
    sessions.begin(request.session, real_at=clock.real_now())
    django_otp.login(request, entry.device)
    response = _arrive(request, way)
    known_browser.remember(request, response, entry.user)
    login_before.note(request, entry.user)
    if entry.secret is not None:
        keyring.put_in(request, response, entry.secret)
        left_items.send_to_the_head(request, keyring.Keyring(entry.user, entry.secret))
    else:
        messages.error(request, "您的密钥打不开，看不了信访内容。请系统管理员重设密码。")
    return response


def _arrive(request: HttpRequest, way: _Way) -> HttpResponse:
    """Where the member wanted to go; nothing that was pressed before is done on the way."""
    if way.typed and is_press(request, way.address):
        return not_done.give_back(request, way.address, way.typed, not_done.LOGGED_IN, status=200)
    if way.was_pressed:
        messages.warning(request, not_done.PRESS_AGAIN)
    return redirect(way.target)


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
    way: _Way,
    refusal: str = "",
) -> HttpResponse:
    shown = {"title": "登录", "form": form, "way": way, "refusal": refusal}
    ends = {
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
        "longest_hours": settings.SESSION_LONGEST_SECONDS // 3600,
    }
    demo = {"demo_logins": demo_logins(clock.real_now())}
    # The frame of a member who is logged in without keys would lead back here.
    return render(
        request, "admin/login.html", context | {"has_permission": False} | shown | ends | demo
    )


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
