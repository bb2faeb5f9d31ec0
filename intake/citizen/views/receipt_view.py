"""The receipt's addresses: look a code up, add to the report behind it."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from inspection import clock
from inspection.current import last_read
from inspection.screen.asked import received_at
from inspection.screen.links import site_address
from inspection.wording import closing_words, day_words, moment_words
from intake.abuse import counters
from intake.arriving.ahead.waiting_content import Gone
from intake.citizen.adding import Added, Found, UnknownCode, look_up, supplement
from intake.citizen.forms import CodeForm, SupplementForm, fresh_token, planted_sheet
from intake.citizen.forms.attached_files import TOO_LARGE
from intake.citizen.forms.files_ahead import AHEAD, GONE
from intake.citizen.forms.typed_text import RESIZE
from intake.citizen.incoming.guarding import guarded
from intake.citizen.incoming.sender_keys import sender_today
from intake.citizen.incoming.taking import take
from intake.citizen.incoming.what_was_sent import Typed
from intake.citizen.pages import kept_receipt, not_sent
from intake.citizen.pages.giving_back import page_giving_back
from intake.citizen.pages.letting_speak import let_speak
from intake.citizen.pages.report_page import afterwards
from intake.report import receipts
from intake.report.acceptance import WindowClosed
from intake.report.draft import SupplementDraft

ADDRESS = "/receipt/"
MOST_WRONG_CODES = 30
WITHIN = 600
TOO_FAST = "试得太快了，请等一会儿"
SLOW_DOWN = "从您这个网络来的错误查询码太多了。请过十分钟再试；查询码请对照回执慢慢输。"
UNKNOWN = "没有找到这个查询码，请对照回执看看有没有抄错。"


class TooManyWrongCodes(Exception):
    """So many unknown codes came from one place that it must be somebody trying them out."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """The code travels in the body of a POST, never in an address."""
    if request.method == "POST":
        return take(request, _look_up, address=ADDRESS)
    return _ask_for_code(request, CodeForm(None))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def add_to_report(request: HttpRequest) -> HttpResponse:
    """Whoever reloads the answer, or kept its address, starts with the code again."""
    if request.method == "POST":
        return take(request, _add, address=not_sent.SUPPLEMENT)
    return redirect("receipt")


def answer_code(
    request: HttpRequest, typed: Typed, answer: Callable[[Found, str], HttpResponse]
) -> HttpResponse:
    """Whatever is given for a code: told apart are mistyped, unknown and tried too often."""
    form = CodeForm(typed.data)
    if not form.is_valid():
        return _ask_for_code(request, form, status=422)
    code: str = form.cleaned_data["code"]
    try:
        found = _found_by(request, code)
    except UnknownCode:
        return _ask_for_code(request, form, status=404)
    except TooManyWrongCodes:
        return _too_fast(request, typed, again=ADDRESS)
    return answer(found, code)


def _look_up(request: HttpRequest, typed: Typed) -> HttpResponse:
    if RESIZE in typed.data:
        form = CodeForm(typed.data)
        form.stay_as_it_was(str(typed.data[RESIZE]))
        return _ask_for_code(request, form, status=422 if form.errors else 200)
    return answer_code(request, typed, lambda found, code: _show(request, found, code))


def _add(request: HttpRequest, typed: Typed) -> HttpResponse:
    form = SupplementForm(typed.data, typed.files, at=clock.real_now())
    form.came_ahead = typed.data.get(AHEAD, "")
    if typed.is_planted:
        form.sheet = planted_sheet()
    if typed.is_too_long:
        form.tell_too_long()
    if form.has_error("code"):
        return not_sent.refused(request, typed, status=422, sentences=form.errors["code"])
    code: str = form.cleaned_data["code"]
    try:
        return _add_to(request, typed, _found_by(request, code), form)
    except UnknownCode:
        return not_sent.refused(request, typed, status=404, sentences=[UNKNOWN])
    except TooManyWrongCodes:
        return _too_fast(request, typed, again=not_sent.SUPPLEMENT)
    except WindowClosed as closed:
        return not_sent.too_late_to_add(request, typed, closed.window)


def _add_to(request: HttpRequest, typed: Typed, found: Found, form: SupplementForm) -> HttpResponse:
    """Raises what keeps anything from being added to this report."""
    code: str = form.cleaned_data["code"]
    if RESIZE in typed.data:
        form.stay_as_it_was(str(typed.data[RESIZE]))
    if RESIZE in typed.data or not form.is_valid():
        return _again(request, typed, found, form, code)
    draft, at = form.to_draft(), received_at(request)
    try:
        added = guarded(
            request,
            draft,
            form.sheet,
            lambda: supplement(code, draft, nonce=form.nonce, at=at),
        )
    except Gone:
        form.add_error("attachments", GONE)
        return _again(request, typed, found, form, code)
    return _added(request, found, added, code, draft)


def _found_by(request: HttpRequest, code: str) -> Found:
    """The report behind a code. Raises UnknownCode, and after many of them TooManyWrongCodes."""
    at = clock.real_now()
    sender = sender_today(request, at)
    if sender and counters.peek(sender, at=at) >= MOST_WRONG_CODES:
        raise TooManyWrongCodes
    try:
        found = look_up(code)
    except UnknownCode:
        _count(sender, at)
        raise
    # Nobody reads this counter: a right code costs one too, so that the time tells nothing.
    _count(f"right {sender}" if sender else "", at)
    return found


def _too_fast(request: HttpRequest, typed: Typed, *, again: str) -> HttpResponse:
    response = not_sent.refused(
        request, typed, status=429, sentences=[SLOW_DOWN], again=again, title=TOO_FAST
    )
    response.headers["Retry-After"] = str(WITHIN)
    return response


def _count(key: str, at: datetime) -> None:
    if key:
        counters.hit(key, seconds=WITHIN, at=at)


def _ask_for_code(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    published = last_read()
    context = {
        "form": form,
        "problems": form.problems,
        "unknown": status == 404,
        "afterwards": afterwards(published.round if published else None),
    }
    return _page(request, "intake/look_up.html", context, status)


def _show(request: HttpRequest, found: Found, code: str) -> HttpResponse:
    if found.removed_at is not None:
        return _removed(request, found, found.removed_at)
    form = SupplementForm(None, at=clock.real_now())
    token = fresh_token(at=clock.real_now())
    return _sheet(request, _context(request, found, form, code, token), 200)


def _removed(request: HttpRequest, found: Found, at: datetime) -> HttpResponse:
    """All that can still be told of it, once the round's end has destroyed what was sealed."""
    zone = found.round.zone
    context = {
        "found": found,
        "moment": moment_words(found.received_at, zone),
        "removed": day_words(at.astimezone(zone).date()),
    }
    return _page(request, "intake/removed.html", context, 200)


def _again(
    request: HttpRequest, typed: Typed, found: Found, form: SupplementForm, code: str
) -> HttpResponse:
    """The supplement's form with what is wrong with it; unless its time is over."""
    if not found.takes_supplements(received_at(request)):
        return not_sent.too_late_to_add(request, typed, found.window)
    token = form.sheet.renewed(clock.real_now())
    context = _context(request, found, form, code, token)
    more = {"problems": form.problems, "files_again": bool(typed.files)}
    is_too_much = typed.is_too_long or form.has_error("attachments", TOO_LARGE)
    status = 413 if is_too_much else 422 if form.errors else 200
    return _sheet(request, {**context, **more}, status)


def _added(
    request: HttpRequest, found: Found, added: Added, code: str, draft: SupplementDraft
) -> HttpResponse:
    context = {
        "added": added,
        "files": kept_receipt.received_files(draft.attachments),
        "code": code,
        "moment": moment_words(added.received_at, found.round.zone),
        "afterwards": afterwards(found.round),
    }
    return _page(request, "intake/added.html", context, 200)


def _context(
    request: HttpRequest, found: Found, form: SupplementForm, code: str, token: str
) -> dict[str, object]:
    return {
        "found": found,
        "form": form,
        "code": code,
        "code_groups": receipts.grouped(code),
        "receipt_text": kept_receipt.text_of(found),
        "site": f"{site_address(request)}{ADDRESS}",
        "token": token,
        "moment": moment_words(found.received_at, found.round.zone),
        "takes_supplements": found.takes_supplements(received_at(request)),
        "closing": closing_words(found.window),
        "afterwards": afterwards(found.round),
    }


def _sheet(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    """What is known, and the supplement's form where there is one."""
    page = _page(request, "intake/found.html", context, status)
    return let_speak(page) if context["takes_supplements"] else page


def _page(
    request: HttpRequest, template: str, context: dict[str, object], status: int
) -> HttpResponse:
    return page_giving_back(request, template, context, status=status)
