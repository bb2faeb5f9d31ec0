"""The notice page of a round before citizens see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inspection.current import read
from inspection.models import Round
from inspection.screen.asked import received_at
from inspection.screen.notice_context import notice_context


def preview_page(request: HttpRequest, round_: Round) -> HttpResponse:
    """The page as it would stand at this moment, hidden or not."""
    context = {
        **notice_context(request, read(round_), received_at(request), slug=round_.slug),
        "is_preview": True,
        "back": reverse("admin:inspection_round_change", args=[round_.pk]),
    }
    return render(request, "inspection/notice.html", context)
