"""What the site keeps of a visitor, and what it cannot promise."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inspection.current import current_round
from inspection.screen.asked import received_at
from inspection.screen.page_frame import page_of
from intake.citizen.pages.report_page import out_of_scope_of


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice, with the issuer of the current round where there is one."""
    published = current_round(received_at(request))
    context = {
        "page": page_of(request, published),
        "round": published.round if published else None,
        "out_of_scope": out_of_scope_of(published.round if published else None),
        "kept_until": settings.KEPT_UNTIL,
    }
    response = render(request, "privacy.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response
