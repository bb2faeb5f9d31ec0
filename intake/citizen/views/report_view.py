"""The report's address: gives out the form, takes it, answers with a receipt."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from inspection import clock
from inspection.current import Published, current_round, round_for
from inspection.screen.asked import code_asked_for, received_at
from intake.arriving.ahead.waiting_content import Gone
from intake.citizen.forms import ReportForm, planted_sheet
from intake.citizen.forms.attached_files import TOO_LARGE
from intake.citizen.forms.files_ahead import AHEAD, GONE
from intake.citizen.forms.typed_text import RESIZE
from intake.citizen.incoming.guarding import guarded
from intake.citizen.incoming.taking import take
from intake.citizen.incoming.what_was_sent import Typed
from intake.citizen.pages import not_sent, receipt_page, report_page
from intake.citizen.pages.kept_receipt import received_files
from intake.citizen.submitting import submit
from intake.citizen.windows import window_for
from intake.report.acceptance import OutsideWindow
from intake.report.draft import read_choice


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """A signed token in the form, not a cookie, tells that a POST comes from our page."""
    if request.method == "POST":
        return take(request, _answer, address=not_sent.REPORT)
    at = received_at(request)
    target, slug = code_asked_for(request, "target"), code_asked_for(request, "round")
    published = round_for(at, target=target, slug=slug) or current_round(at)
    if published is None or not published.window.contains(at):
        return not_sent.no_form(request, published, at)
    return report_page.blank(request, published, at)


def _answer(request: HttpRequest, typed: Typed) -> HttpResponse:
    at = received_at(request)
    published = _round_named_in(typed.data, at)
    if published is None:
        return not_sent.no_round(request, typed)
    form = ReportForm(typed.data, typed.files, has_target=published.target, at=clock.real_now())
    form.came_ahead = typed.data.get(AHEAD, "")
    if typed.is_planted:
        form.sheet = planted_sheet()
    if typed.is_too_long:
        form.tell_too_long()
    if RESIZE in typed.data:
        form.stay_as_it_was(str(typed.data[RESIZE]))
    if RESIZE in typed.data or not form.is_valid():
        return _sheet_again(request, typed, published, form)
    draft = form.to_draft()
    try:
        receipt = guarded(
            request, draft, form.sheet, lambda: submit(draft, published=published, at=at)
        )
    except OutsideWindow as outside:
        return not_sent.outside_window(request, typed, published, outside.window, at)
    except Gone:
        form.add_error("attachments", GONE)
        return _sheet_again(request, typed, published, form)
    return receipt_page.answer(
        request,
        typed,
        published,
        receipt,
        files=received_files(draft.attachments),
        leaves_out_a_name=form.leaves_out_a_name,
    )


def _round_named_in(data: QueryDict, at: datetime) -> Published | None:
    """The round of the chosen body, else the one that the form names."""
    code, _ = read_choice(data.get("target", "").strip())
    return round_for(at, target=code or "", slug=data.get("round", "").strip())


def _sheet_again(
    request: HttpRequest, typed: Typed, published: Published, form: ReportForm
) -> HttpResponse:
    """The sheet with what is wrong with it; unless nothing is accepted any more."""
    at = received_at(request)
    window = window_for(published, form.data["target"])
    if not window.contains(at):
        return not_sent.outside_window(request, typed, published, window, at)
    is_too_much = typed.is_too_long or form.has_error("attachments", TOO_LARGE)
    status = 413 if is_too_much else 422 if form.errors else 200
    return report_page.again(request, published, at, form, status=status)
