"""The notice as pages and as data."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from inspection import notice_page
from inspection.current import Published, current_round, read
from inspection.models import Round
from inspection.page import KEPT, LARGE, page_of, received_at
from inspection.publishing import notice_of
from inspection.searching import MAX_CHARACTERS, matching


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A finished page and its fingerprint."""

    content: bytes
    etag: str


@require_safe
def notice(request: HttpRequest) -> HttpResponseBase:
    """The current round; without one, a page that says so."""
    at = received_at(request)
    published = current_round(at)
    if published is None:
        return _fresh(render(request, "inspection/nothing.html"))
    if any(name in request.GET for name in KEPT):
        return _fresh(render(request, "inspection/notice.html", _context(request, published, at)))
    rendered = _remembered(request, published, at)
    response = _fresh(HttpResponse(rendered.content))
    response.headers["ETag"] = rendered.etag
    return get_conditional_response(request, etag=rendered.etag, response=response) or response


@require_safe
def round_notice(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page for any round."""
    published = read(get_object_or_404(Round, slug=slug))
    context = _context(request, published, received_at(request))
    return _fresh(render(request, "inspection/notice.html", context))


@require_safe
def notice_json(request: HttpRequest) -> HttpResponse:
    """The current round's Notice, in the contract's form."""
    published = current_round(received_at(request))
    if published is None:
        raise Http404("nothing is published")
    data = notice_of(published.round).to_json()
    return _fresh(JsonResponse(data, json_dumps_params={"ensure_ascii": False}))


def _fresh(response: HttpResponse) -> HttpResponse:
    """Lets a browser keep a page, but ask before it shows it again."""
    response.headers["Cache-Control"] = "no-cache"
    return response


def _remembered(request: HttpRequest, published: Published, at: datetime) -> _Rendered:
    """The page of this size and minute; no text in it is finer than a minute."""
    key = ("notice", request.GET.get("size") == LARGE, int(at.timestamp()) // 60)
    rendered: _Rendered | None = published.remembered.get(key)
    if rendered is None:
        text = render_to_string(
            "inspection/notice.html", _context(request, published, at), request=request
        )
        content = text.encode()
        rendered = _Rendered(content, f'"{sha256(content).hexdigest()[:32]}"')
        published.remembered[key] = rendered
    return rendered


def _context(request: HttpRequest, published: Published, at: datetime) -> dict[str, object]:
    words = request.GET.get("q", "").strip()[:MAX_CHARACTERS]
    return {
        "page": page_of(request, published),
        "round": published.round,
        "others": published.others,
        "state": published.state(at),
        "is_accepting": published.window.contains(at),
        "is_running": published.is_running(at),
        "card": notice_page.state_card(published, at),
        "teams": notice_page.team_cards(published, at),
        "words": words,
        "found": matching(published.targets, words),
        "contacts": notice_page.contact_rows(published, at),
        "boxes": notice_page.boxes_by_county(published),
        "paragraphs": published.round.source_text.splitlines(),
        "focus": notice_page.focus_by_kind(published),
    }
