"""文书核对 for everybody who opens items, and the registers that the office prints."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspection.models import Round
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.printing.paper_pages import download
from intake.admin.who import member
from intake.casework.printing import giving_papers
from intake.casework.printing.checking_papers import check_paper
from intake.casework.printing.paper_table import PAPERS, Of, PaperKind, paper_kind
from intake.choices import PaperCode
from intake.models import Desk, StaffUser
from intake.papers.marked_paper import LARGEST_FILE, NoPaper

TEMPLATE = "admin/intake/printing/office.html"
FILE = "paper"
NO_FILE = "请选要核对的文件。"
TOO_LARGE = "这个文件太大，不会是本站打印的文书。"
NO_PAPER = "这不是本站打印的文书：里面没有编号和核对码，或者文件坏了。"
# Who keeps a register prints it.
_DEEDS = {PaperCode.SEALED: Deed.KEEP_SEALED_MATTERS, PaperCode.NOT_ARCHIVED: Deed.ARCHIVE}


@require_http_methods(["GET", "HEAD", "POST"])
def office_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """POST `paper`: whether a docx is one of ours, with not a word changed."""
    if not member(request).may(Deed.OPEN):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, site)
    file = request.FILES.get(FILE)
    if file is None:
        return _page(request, site, problem=NO_FILE, status=422)
    if (file.size or 0) > LARGEST_FILE:
        return _page(request, site, problem=TOO_LARGE, status=422)
    try:
        return _page(request, site, checked=check_paper(file.read()))
    except NoPaper:
        return _page(request, site, problem=NO_PAPER, status=422)


def register_view(request: HttpRequest, name: str) -> HttpResponse:
    """POST `round`: a register of one of the own rounds, as a docx."""
    kind, user = paper_kind(name, Of.ROUND), member(request)
    if kind is None:
        raise Http404
    if not user.may(_DEEDS[kind.code]):
        raise PermissionDenied
    desk = next(
        (one for one in _offices(user) if str(one.round_id) == request.POST.get("round", "")), None
    )
    if desk is None:
        raise Http404
    at = received_at(request)
    paper = giving_papers.paper_of_round(kind, desk.round, desk, by=user, at=at)
    return download(paper, f"{kind.name} {desk.round.title}")


def _offices(user: StaffUser) -> list[Desk]:
    return list(Desk.objects.visible_to(user).of_offices().select_related("round"))


def _registers(user: StaffUser) -> list[tuple[PaperKind, Round]]:
    kinds = [one for one in PAPERS if one.of is Of.ROUND and user.may(_DEEDS[one.code])]
    return [(kind, desk.round) for desk in _offices(user) for kind in kinds]


def _page(
    request: HttpRequest, site: admin.AdminSite, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "文书核对和打印",
        "registers": _registers(member(request)),
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
