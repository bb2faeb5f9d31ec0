"""The one page that a password set by somebody else opens: choosing one's own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.admin.login import half_way
from intake.admin.login.half_way import Step, Waiting
from intake.admin.login.password_pages import in_plain_words
from intake.staff import hashing, keyring, passwords
from intake.staff.accesses import Renewed
from intake.staff.entering import second_factor
from intake.staff.entering.signing_in import Entry

GoOn = Callable[[HttpRequest, Entry, str], HttpResponse]


class ChooseForm(SetPasswordForm):  # type: ignore[type-arg]
    """The own password, twice; see `passwords.choose_password`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_plain_words(self)


def begin(request: HttpRequest, entry: Entry, target: str) -> HttpResponse:
    """Leads to the page. What the set password opened waits locked, for the desks' sake."""
    half_way.begin(request, Step.CHOOSE, entry.user, target=target, device=entry.device)
    response = redirect("admin:choose_password")
    keyring.take_away(request, response)
    if entry.secret is not None:
        keyring.put_in(request, response, entry.secret, name=keyring.RENEWING)
    return response


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, context: dict[str, Any], go_on: GoOn) -> HttpResponse:
    """Takes the new password, then goes on to enrolling or in."""
    waiting = half_way.waiting(request, Step.CHOOSE)
    if waiting is None:
        return redirect("admin:login")
    form = ChooseForm(waiting.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _chosen(request, waiting, form.cleaned_data["new_password1"], go_on)
        except ValidationError as error:
            form.add_error("new_password1", error)
        except hashing.TryAgain as crowd:
            form.add_error(None, crowd.message)
        except passwords.SetMeanwhile:
            request.session.flush()
            return redirect("admin:login")
    shown = {
        "title": "换成自己的密码",
        "form": form,
        "username": waiting.user.username,
        "must_enrol": not second_factor.is_enrolled(waiting.user),
    }
    return render(request, "admin/choose_password.html", context | shown)


def _chosen(request: HttpRequest, waiting: Waiting, new: str, go_on: GoOn) -> HttpResponse:
    secret, renewed = passwords.choose_password(
        waiting.user, new, old_secret=_old_secret(request), at=received_at(request)
    )
    response = go_on(request, Entry(waiting.user, waiting.device, secret), waiting.target)
    keyring.take_away(request, response, name=keyring.RENEWING)
    _tell(request, renewed)
    return response


def _old_secret(request: HttpRequest) -> str | None:
    try:
        return keyring.secret_in(request, name=keyring.RENEWING)
    except keyring.KeyringMissing:
        return None


def _tell(request: HttpRequest, renewed: Renewed) -> None:
    messages.success(request, "已经换成您自己的密码。")
    if renewed.dropped:
        messages.warning(
            request,
            f"原来的{len(renewed.dropped)}个受理席授权是别人知道密码的时候给的，已经收回，请巡察办重新授权。",
        )
