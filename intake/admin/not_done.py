"""Says that what was pressed has not been done, and gives back what was typed.

Nothing of it is done before the member, logged in, sees it and presses once more.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import ChoiceField
from django.forms.models import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse

from intake.admin import kept_words
from intake.admin.kept_words import Kept
from intake.admin.link_targets import View, is_half_way, is_press, page_for
from intake.staff.hashing import TryAgain

TEMPLATE = "admin/not_done.html"
PRESSED = "pressed"
_FIELDS = "fields_of_its_form"
# What a list to choose from sends is a number that says nothing to anybody.
_KEY = re.compile(r"[0-9]{1,9}|on")
SESSION_ENDED = "登录已经到时，刚才按的没有办。请先登录，再按一次。"
KEPT_FOR_YOU = (
    "登录已经到时，刚才填的没有保存。请就在这一页登录："
    "登录以后，填的会原样给您看，再由您决定要不要提交。"
)
OLD_PAGE = "这一页打开得太久，或者您在别处重新登录过。刚才按的没有办，填的没有保存。"
PRESS_AGAIN = "您已重新登录。刚才按的那一步没有办；要办的话，请再按一次。"
LOGGED_IN = "您已重新登录。刚才按的没有办，填的没有保存。"


def asks(fields: Callable[..., dict[str, Any]]) -> Callable[[View], View]:
    """Marks a view that Django's pages do not make: `fields` gives the fields of its form.

    They are asked for with the request and what the address names.
    """

    def marked(view: View) -> View:
        setattr(view, _FIELDS, fields)
        return view

    return marked


def session_ended(request: HttpRequest) -> HttpResponse:
    """For a press of somebody who is not, or no longer, logged in: the login page first."""
    typed, address = kept_words.typed_in(request), request.get_full_path()
    if typed and is_press(request, address):
        from intake.admin.login import login_page

        return login_page.ask(request, address, typed, status=403)
    query = {"next": page_for(request, address)}
    if kept_words.is_ours(request):
        query[PRESSED] = "1"
    return redirect(f"{reverse('admin:login')}?{urlencode(query, safe='/')}")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form whose token is old or missing; a form of another site gets nothing at all."""
    if not request.path.startswith(reverse("admin:index")) or not kept_words.is_ours(request):
        raise PermissionDenied
    if request.path == reverse("admin:login"):
        from intake.admin.login import login_page

        address = request.POST.get("next", "")
        return login_page.ask(request, address, kept_words.carried(request.POST), status=403)
    if is_half_way(request.path):
        return give_back(request, request.path, kept_words.NOTHING, OLD_PAGE)
    if not admin.site.has_permission(request):
        return session_ended(request)
    return give_back(request, request.get_full_path(), kept_words.typed_in(request), OLD_PAGE)


def in_a_crowd(request: HttpRequest, crowd: TryAgain) -> HttpResponse:
    """503 for a press that asked for a hash while too many others did."""
    typed = kept_words.typed_in(request)
    response = give_back(request, request.get_full_path(), typed, crowd.message, status=503)
    response.headers["Retry-After"] = str(crowd.seconds)
    return response


def give_back(
    request: HttpRequest, address: str, typed: Kept, why: str, *, status: int = 403
) -> HttpResponse:
    """The page with everything that was typed, and a fresh token, for a member who is logged in."""
    lines = list(_lines(request, address, typed)) if is_press(request, address) else []
    context = {
        **admin.site.each_context(request),
        "title": "刚才的没有保存",
        "why": why,
        "typed": typed if lines or typed.files else kept_words.NOTHING,
        "lines": lines,
        "address": address,
        "back": address if is_half_way(address) else page_for(request, address),
    }
    response = render(request, TEMPLATE, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _lines(request: HttpRequest, address: str, typed: Kept) -> Iterator[tuple[str, str]]:
    """What was filled in, under the names that its page gives the fields."""
    fields = _fields_of(request, address)
    for name, value in typed.words():
        label, known = _known(fields, name)
        if known is not None:
            yield label, _said(known, value)
        elif not _KEY.fullmatch(value):
            yield "", value


def _known(fields: dict[str, Any], name: str) -> tuple[str, Any]:
    """The label and the field behind a name; 'hours_0' is the first part of the field 'hours'."""
    base, _, number = name.rpartition("_")
    whole = fields.get(name) or fields.get(base)
    label = str(getattr(whole, "label", "") or "")
    parts = getattr(whole, "fields", ())
    if name not in fields and number.isdecimal() and int(number) < len(parts):
        return label, parts[int(number)]
    return label, fields.get(name)


def _fields_of(request: HttpRequest, address: str) -> dict[str, Any]:
    """The fields of the form that a page shows to this member; none of a page without one."""
    match = resolve(urlsplit(address).path)
    own = getattr(match.func, _FIELDS, None)
    if own is not None:
        found: dict[str, Any] = own(request, **match.kwargs)
        return found
    page: Any = getattr(match.func, "model_admin", None)
    key = match.kwargs.get("object_id")
    try:
        row = page.get_object(request, unquote(key)) if page and key else None
    except (Http404, PermissionDenied):
        return {}
    # A list has no form, and whoever may only read a row has none of it either.
    if row is None and not (match.url_name or "").endswith("_add"):
        return {}
    may = page.has_change_permission(request, row) if row else page.has_add_permission(request)
    form = page.get_form(request, row, change=row is not None) if may else None
    return dict(form.base_fields) if form else {}


def _said(field: Any, value: str) -> str:
    """A choice in its words, a tick as one, all else as it was typed."""
    if isinstance(field, ChoiceField | ModelChoiceField):
        choices: Any = field.choices
        words = [str(label) for key, label in choices if str(key) == value]
        return words[0] if words else value
    return "是" if value == "on" else value
