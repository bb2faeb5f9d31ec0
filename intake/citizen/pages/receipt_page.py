"""The receipt as a page."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from inspection.current import Published
from inspection.schedule import WindowState
from inspection.screen.asked import received_at
from inspection.screen.links import site_address
from inspection.screen.page_frame import LARGE, page_of
from inspection.wording import closing_words, moment_words
from intake.citizen.incoming.what_was_sent import Typed
from intake.citizen.pages.kept_receipt import signed_text
from intake.citizen.pages.report_page import afterwards
from intake.citizen.submitting import Receipt
from intake.report import receipts
from intake.report.evidence import is_cut
from intake.report.receipt_files import ReceivedFile

# Stand in the remembered page where each receipt's own facts go.
_CODE, _MOMENT = "code-of-this-receipt", "moment-of-this-receipt"
_TEXT, _SITE = "text-of-this-receipt", "site-of-this-receipt"
_GROUPS = tuple(f"group-{number}-of-this-receipt" for number in range(1, 6))


def answer(
    request: HttpRequest,
    typed: Typed,
    published: Published,
    receipt: Receipt,
    *,
    files: Sequence[ReceivedFile],
    leaves_out_a_name: bool,
) -> HttpResponse:
    """200: the code, when it was received, which files, and what to do with it."""
    state = published.state(received_at(request))
    shortens_a_name = any(is_cut(file.name or "") for file in typed.files.getlist("attachments"))
    if files or receipt.is_repeat or leaves_out_a_name or shortens_a_name:
        content = _render(
            request,
            published,
            code=receipt.code,
            groups=receipts.grouped(receipt.code).split(),
            moment=moment_words(receipt.received_at, published.round.zone),
            receipt_text=_signed_text(receipt, published, files),
            files=files,
            site=_site(request),
            round_title=receipt.round_title,
            is_repeat=receipt.is_repeat,
            leaves_out_a_name=leaves_out_a_name,
            shortens_a_name=shortens_a_name,
            supplements_until=closing_words(receipt.window),
            state=state,
        )
    else:
        content = _filled_in(request, published, receipt, state)
    response = HttpResponse(content)
    response.headers["Cache-Control"] = "no-store"
    return response


def _filled_in(
    request: HttpRequest, published: Published, receipt: Receipt, state: WindowState
) -> str:
    """The page of the usual case, remembered but for the receipt's own facts.

    To render it for each receipt made a whole report take half as long again.
    """
    key = ("receipt", request.GET.get("size") == LARGE, state, receipt.window.closes)
    page = published.remember(
        key,
        lambda: _render(
            request,
            published,
            code=_CODE,
            groups=_GROUPS,
            moment=_MOMENT,
            receipt_text=_TEXT,
            site=_SITE,
            round_title=receipt.round_title,
            supplements_until=closing_words(receipt.window),
            state=state,
        ),
    )
    page = page.replace(_CODE, receipt.code)
    page = page.replace(_TEXT, escape(_signed_text(receipt, published)))
    page = page.replace(_SITE, escape(_site(request)))
    page = page.replace(_MOMENT, moment_words(receipt.received_at, published.round.zone))
    for group, digits in zip(_GROUPS, receipts.grouped(receipt.code).split(), strict=True):
        page = page.replace(group, digits)
    return page


def _signed_text(receipt: Receipt, published: Published, files: Sequence[ReceivedFile] = ()) -> str:
    return signed_text(
        round_title=receipt.round_title,
        received_at=receipt.received_at,
        zone=published.round.zone,
        digest=receipt.digest,
        files=files,
    )


def _site(request: HttpRequest) -> str:
    """Where the code can be used, for the sheet that is printed."""
    return f"{site_address(request)}/receipt/"


def _render(request: HttpRequest, published: Published, **facts: object) -> str:
    context = {
        "page": page_of(request, published),
        "afterwards": afterwards(published.round),
        **facts,
    }
    return render_to_string("intake/receipt.html", context)
