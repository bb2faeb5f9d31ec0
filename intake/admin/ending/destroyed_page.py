"""销毁清单: page by page for whoever ended the round, and as a table to keep."""

from typing import cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.admin.downloads import XLSX, saved_as
from intake.admin.ending.ending_page import ended_round
from intake.admin.who import member
from intake.casework.ending import taking_away
from intake.casework.ending.starting_archive import may_end
from intake.models import RoundPurge

TEMPLATE = "admin/intake/ending/destroyed.html"
LINES_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def destroyed_view(request: HttpRequest, round_id: int, site: admin.AdminSite) -> HttpResponse:
    """GET `p`: a page of the list; POST: all of it as xlsx."""
    round_, user = ended_round(request, round_id), member(request)
    if not may_end(round_, user):
        raise PermissionDenied
    purge = RoundPurge.objects.filter(round=round_).select_related("round", "archive").first()
    if purge is None:
        raise Http404
    if request.method == "POST":
        pieces = taking_away.take_destroyed(purge, by=user, at=received_at(request))
        response = StreamingHttpResponse(pieces, content_type=XLSX)
        name = f"{taking_away.NAME} {round_.slug}.xlsx"
        # The stubs hold that no page of ours streams.
        return cast(HttpResponse, saved_as(name, response))
    pages = Paginator(taking_away.lines_of(purge), LINES_A_PAGE)
    page = pages.get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": taking_away.NAME,
        "subtitle": round_.title,
        "purge": purge,
        "page": page,
        "counts": taking_away.counts_of(purge),
        "lines": [(one, taking_away.kind_of(one.kind), taking_away.column_of(one)) for one in page],
    }
    return TemplateResponse(request, TEMPLATE, context)
