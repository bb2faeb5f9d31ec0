"""查封存的内容: a search inside of sealed items, whose hits come as they are found.

The answer is written piece by piece, so that it needs no script: the newest line about its progress
covers those before it, and the button that stops it leaves the page where it is.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspection.admin.offered import WAY_BACK, NotOffered, refuse_what_is_no_text
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.search_pieces import PLACE_OF_RESULTS, Pieces
from intake.admin.finding.way_back import carried, kept_list, list_at
from intake.admin.items.item_page import log_in_again
from intake.admin.link_targets import keys_in
from intake.admin.who import member, round_of, still_in
from intake.casework.looking_inside import under_way
from intake.casework.looking_inside.look import LONGEST_SECONDS, MOST_HITS, Wanted, look_inside
from intake.casework.looking_inside.openable import Keys
from intake.casework.search.looked_for import LONGEST_TYPED, NothingToFind, check
from intake.models import Submission
from intake.staff.keyring import Keyring, KeyringMissing, keyring_of

TEMPLATE = "admin/intake/finding/search.html"
WORDS, AFTER = "words", "after"
GONE = "原来的筛选现在没有了，没有查。请回到列表重新筛选，或者查全部。"


@require_http_methods(["GET", "HEAD", "POST"])
def search_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponseBase:
    """POST `words`: looks for them in all items that the member may open, or in those of a list.

    With `after`, the key of an item, only in those behind it.
    """
    if not member(request).may(Deed.OPEN):
        raise PermissionDenied
    refuse_what_is_no_text(request.GET)
    if set(request.GET) - {WAY_BACK}:
        raise NotOffered("beside a search")
    if request.method != "POST":
        return _page(request, site)
    typed = request.POST.get(WORDS, "")
    try:
        check(typed)
        keyring = keyring_of(request)
    except NothingToFind as nothing:
        return _page(request, site, typed=typed, problem=str(nothing), status=422)
    except KeyringMissing:
        return log_in_again(request)
    listed, is_part = _listed(request)
    if listed is None:
        return _page(request, site, typed=typed, problem=GONE, status=422)
    keys = Keys.of(listed, member(request), with_helped=not is_part)
    for after in keys_in([request.POST.get(AFTER, "")]):
        keys = keys.after(after)
    return _answer_in_pieces(request, site, keyring, keys)


def stop_view(request: HttpRequest) -> HttpResponse:
    """POST: the member's search ends; the page that shows it stays where it is."""
    if not member(request).may(Deed.OPEN):
        raise PermissionDenied
    under_way.stop(member(request))
    return HttpResponse(status=204)


def _listed(request: HttpRequest) -> tuple[Any, bool]:
    """The items in the order of the list that was asked for, and whether it is only a part.

    None for a list that is not offered any more: everything else would be opened instead.
    """
    pages: Any = admin.site.get_model_admin(Submission)
    page: ModelAdmin[Submission] = pages
    if not request.GET.get(WAY_BACK):
        return page.get_queryset(request), False
    _wanted, found = pages.list_behind(request)
    return (found.queryset, True) if found else (None, True)


def _answer_in_pieces(
    request: HttpRequest, site: admin.AdminSite, keyring: Keyring, keys: Keys
) -> StreamingHttpResponse:
    user, round_ = member(request), round_of(request)
    typed = request.POST[WORDS]
    before, _, after = render_to_string(
        TEMPLATE, _context(request, site, typed=typed, is_running=True), request
    ).partition(PLACE_OF_RESULTS)
    pieces = Pieces(request, len(keys))

    def written() -> Iterator[str]:
        yield before
        if round_ is not None:
            steps = look_inside(
                Wanted(typed, keys, round_, MOST_HITS),
                keyring,
                by=user,
                at=received_at(request),
                is_still_in=still_in(request),
            )
            with closing(steps):
                yield from pieces.of(steps)
        yield after

    response = StreamingHttpResponse(written())
    # nginx would collect the pieces until there are enough of them.
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _page(
    request: HttpRequest, site: admin.AdminSite, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = _context(request, site, **more)
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _context(request: HttpRequest, site: admin.AdminSite, **more: Any) -> dict[str, Any]:
    kept = kept_list(request)
    return {
        **site.each_context(request),
        "title": "查封存的内容",
        "longest": LONGEST_TYPED,
        "most_hits": MOST_HITS,
        "seconds": int(LONGEST_SECONDS),
        "back": list_at(kept),
        "way": carried(kept),
        "is_part": bool(kept),
        **more,
    }
