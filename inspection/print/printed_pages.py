"""What every page to print has in common: whose it is, how long it may be kept, what it tells."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zlib import compress, decompress

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from inspection.current import Published, round_for
from inspection.models import Target
from inspection.print import facts_on_paper
from inspection.schedule import WindowState
from inspection.screen.asked import code_asked_for, received_at
from inspection.screen.links import address, led_to, site_address
from inspection.screen.page_frame import LARGE, page_of

PRINTABLES = (
    ("海报", "/poster/"),
    ("举报箱标签", "/poster/boxes/"),
    ("联系卡", "/poster/cards/"),
)
MAX_AGE_SECONDS = 60
# The notice of an ordinary city has 120 characters for a body's poster.
MOST_IN_LARGE_TYPE = 170


def asked_for(request: HttpRequest) -> tuple[Published, Target | None]:
    """The round and the body that an address to print names. Raises Http404."""
    code, slug = code_asked_for(request, "target"), code_asked_for(request, "round")
    published = round_for(received_at(request), target=code, slug=slug)
    target = published.target(code) if published and code else None
    if published is None or (code and target is None):
        raise Http404("no such round or body")
    return published, target


def to_print(
    request: HttpRequest,
    published: Published,
    target: Target | None,
    make: Callable[[], tuple[str, dict[str, Any]]],
) -> HttpResponse:
    """The sheet of the template and the facts that `make` gives, made once an edition.

    Packed it is a tenth as long, so that all sheets of a round may be remembered. Nothing on a
    blank one is anybody's own: caches may hand it on for a minute.
    """
    is_large = request.GET.get("size") == LARGE
    slug, code = code_asked_for(request, "round"), target.code if target else ""
    key = ("sheet", request.path, code, slug, is_large, site_address(request))
    packed = published.remember(
        key, lambda: compress(render_to_string(*make(), request=request).encode())
    )
    response = HttpResponse(decompress(packed))
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    return response


def form_address(request: HttpRequest, published: Published, target: Target | None) -> str:
    """Where a code leads: the form with the body chosen, or the form of this round."""
    if target is not None:
        return site_address(request) + address(led_to("form"), target=target.code)
    return site_address(request) + address(led_to("form"), round=published.round.slug)


def paper_facts(
    request: HttpRequest, published: Published, target: Target | None
) -> dict[str, Any]:
    """What the templates of all printed pages ask for."""
    at = received_at(request)
    window = published.window_of(target)
    until_label, until = facts_on_paper.until_words(window, at)
    return {
        "page": replace(page_of(request, published), other_size=_other_size(request, target)),
        "round": published.round,
        "target": target,
        "code": target.code if target else "",
        "targets_by_team": published.teams,
        "until_label": until_label,
        "until": until,
        "is_over": window.state(at) == WindowState.CLOSED,
        "numbers": facts_on_paper.numbers(published, target),
        "letters": facts_on_paper.letters(published, target),
        "posting_rule": facts_on_paper.posting_rule(published, window),
        "nearest": facts_on_paper.nearest_boxes(published, target),
        "box_count": len(published.boxes),
        "is_dense": facts_on_paper.weight(published, target) > MOST_IN_LARGE_TYPE,
        "has_team_phones": any(contact.team_id for contact in published.contacts),
        "site": site_address(request),
        "slug": code_asked_for(request, "round"),
        "printables": _printables(request, target),
    }


def _other_size(request: HttpRequest, target: Target | None) -> str:
    """The same sheet in the other size; nothing else that an address may say is remembered."""
    size = "" if request.GET.get("size") == LARGE else LARGE
    code, slug = target.code if target else "", code_asked_for(request, "round")
    return address(request.path, target=code, round=slug, size=size)


def _printables(request: HttpRequest, target: Target | None) -> list[tuple[str, str, bool]]:
    """(name, address, whether this is it) of everything that can be printed for the same body."""
    size = LARGE if request.GET.get("size") == LARGE else ""
    asked = {"round": code_asked_for(request, "round"), "size": size}
    code = target.code if target else ""
    return [
        (name, address(path, target=code, **asked), path == request.path)
        for name, path in (*PRINTABLES, ("空白反映表", led_to("paper")))
    ]
