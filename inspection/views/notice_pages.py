"""The notice as pages and as data."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from inspection.current import Published, current_round, read
from inspection.loading.notice_of_rows import notice_of
from inspection.models import Round
from inspection.screen.asked import received_at
from inspection.screen.notice_context import chooser_context, notice_context
from inspection.screen.page_frame import KEPT, LARGE


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A finished page and its fingerprint."""

    content: bytes
    etag: str


@require_safe
def notice(request: HttpRequest) -> HttpResponseBase:
    """The current round; where several take reports, a choice; without one, a page that says so."""
    at = received_at(request)
    published = current_round(at)
    if published is None:
        return _fresh(render(request, "inspection/nothing.html"))
    if any(name in request.GET for name in KEPT):
        page = render(request, *_front(request, published, at))
        return _fresh(page, holds_words="q" in request.GET)
    rendered = _remembered(request, published, at)
    response = _fresh(HttpResponse(rendered.content))
    response.headers["ETag"] = rendered.etag
    return get_conditional_response(request, etag=rendered.etag, response=response) or response


@require_safe
def round_notice(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page for any public round."""
    published = read(get_object_or_404(Round.objects.public(), slug=slug))
    context = notice_context(request, published, received_at(request), slug=slug)
    page = render(request, "inspection/notice.html", context)
    return _fresh(page, holds_words="q" in request.GET)


@require_safe
def notice_json(request: HttpRequest) -> HttpResponse:
    """The current round's Notice, in the contract's form."""
    published = current_round(received_at(request))
    if published is None:
        raise Http404("nothing is published")
    data = notice_of(published.round).to_json()
    return _fresh(JsonResponse(data, json_dumps_params={"ensure_ascii": False}))


def _front(request: HttpRequest, published: Published, at: datetime) -> tuple[str, dict[str, Any]]:
    """The template of the front page and what it asks for."""
    if published.window.contains(at) and published.others_accepting(at):
        return "inspection/rounds.html", chooser_context(request, published, at)
    return "inspection/notice.html", notice_context(request, published, at)


def _fresh(response: HttpResponse, *, holds_words: bool = False) -> HttpResponse:
    """Lets a browser keep a page, but ask before it shows it again; none that holds typed words."""
    response.headers["Cache-Control"] = "no-store" if holds_words else "no-cache"
    return response


def _remembered(request: HttpRequest, published: Published, at: datetime) -> _Rendered:
    """The page of this size and minute; no text in it is finer than a minute."""
    key = ("notice", request.GET.get("size") == LARGE, int(at.timestamp()) // 60)
    return published.remember(key, lambda: _render(request, published, at))


def _render(request: HttpRequest, published: Published, at: datetime) -> _Rendered:
    content = render_to_string(*_front(request, published, at), request=request).encode()
    return _Rendered(content, f'"{sha256(content).hexdigest()[:32]}"')
