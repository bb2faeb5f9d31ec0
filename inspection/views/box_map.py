"""Where a drop box is: in words here, and on another site's map for whoever wants to go there."""

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inspection.current import round_for
from inspection.screen import ways_in
from inspection.screen.asked import code_asked_for, received_at
from inspection.screen.page_frame import page_of


@require_safe
def box_map(request: HttpRequest, number: int) -> HttpResponse:
    """Says what looking at a map means before anybody leaves the site."""
    slug = code_asked_for(request, "round")
    published = round_for(received_at(request), slug=slug)
    boxes = published.boxes if published else ()
    box = next((box for box in boxes if box.number == number), None)
    if published is None or box is None or not settings.MAP_URL:
        raise Http404("no such box, or no map")
    words = ways_in.map_words(published.round, box)
    page = page_of(request, published)
    home = published.round.get_absolute_url() if slug else "/"
    context = {
        "page": page,
        "round": published.round,
        "box": box,
        "words": words,
        "back": f"{home}{page.keep}#boxes",
        "map_address": settings.MAP_URL.replace("{words}", quote(words, safe="")),
    }
    response = render(request, "inspection/box_map.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response
