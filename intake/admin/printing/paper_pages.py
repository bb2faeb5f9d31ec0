"""文书: which there are of an item, a list or an opening; each is one download, by POST."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from inspection.screen.asked import received_at
from intake.admin.downloads import DOCX, saved_as
from intake.admin.items.item_page import log_in_again
from intake.admin.link_targets import only_post
from intake.admin.traces.audited import OwnOnly
from intake.admin.who import member
from intake.casework.printing import giving_papers
from intake.casework.printing.giving_papers import CannotPrint
from intake.casework.printing.paper_table import Of, PaperKind, paper_kind, papers_for
from intake.choices import ReporterPurpose
from intake.papers.marked_paper import Paper
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)
TEMPLATE = "admin/intake/printing/papers.html"
DAMAGED = "封存的内容打不开，可能已经损坏，没有打印。请告诉系统管理员。"


class WithReporterForm(forms.Form):
    """Whether the reporter stands on the paper, and what for."""

    reason = forms.ChoiceField(
        label=_("附反映人的姓名和联系方式吗？"),
        choices=[("", _("不附")), *ReporterPurpose.choices],
        required=False,
        error_messages={"invalid_choice": _("请从列出的事由里选一条，或者选“不附”。")},
    )

    def purpose(self) -> ReporterPurpose | None:
        """Of a valid form."""
        chosen = self.cleaned_data["reason"]
        return ReporterPurpose(chosen) if chosen else None


class WithPapers(OwnOnly):
    """Gives the rows of a model their papers' addresses."""

    papers_of: Of

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, f"intake_{self.opts.model_name}"
        paper = wrap(only_post(self.paper_view))
        return [
            path("<uuid:row_id>/papers/", wrap(self.papers_view), name=f"{name}_papers"),
            path("<uuid:row_id>/papers/<slug:name>/", paper, name=f"{name}_paper"),
            *super().get_urls(),
        ]

    def papers_view(self, request: HttpRequest, row_id: UUID) -> HttpResponse:
        """GET: those that there are, and why another is not there yet."""
        return _papers_view(request, self.get_object(request, str(row_id)), self)

    def paper_view(self, request: HttpRequest, row_id: UUID, name: str) -> HttpResponse:
        """POST `reason` where it can name the reporter: a docx."""
        kind = paper_kind(name, self.papers_of)
        if kind is None:
            raise Http404
        return _paper_view(request, self.get_object(request, str(row_id)), kind, self)


def download(paper: Paper, name: str) -> HttpResponse:
    """As a file that no browser keeps or runs."""
    return saved_as(f"{name}.docx", HttpResponse(paper.content, content_type=DOCX))


@require_safe
def _papers_view(request: HttpRequest, row: Any, of: WithPapers) -> HttpResponse:
    return _page(request, row, of)


def _paper_view(request: HttpRequest, row: Any, kind: PaperKind, of: WithPapers) -> HttpResponse:
    """The bytes, once the event of their printing stands; 422 and a sentence without any."""
    form = WithReporterForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, row, of, form=form, status=422)
    try:
        paper = _GIVERS[kind.of](request, kind, row, form.purpose() if kind.names else None)
    except KeyringMissing:
        return log_in_again(request)
    except NoDeskAccess as error:
        return _page(request, row, of, problem=str(error), status=403)
    except CannotPrint as error:
        return _page(request, row, of, problem=str(error), status=422)
    except (CannotOpen, UnreadableReport):
        logger.exception("%s %s does not open", row._meta.model_name, row.pk)
        return _page(request, row, of, problem=DAMAGED, status=500)
    return download(paper, f"{kind.name} {row}")


Giver = Callable[[HttpRequest, PaperKind, Any, ReporterPurpose | None], Paper]


def _of_item(
    request: HttpRequest, kind: PaperKind, row: Any, purpose: ReporterPurpose | None
) -> Paper:
    by, at, keyring = member(request), received_at(request), keyring_of(request)
    return giving_papers.paper_of_item(kind, row, keyring, purpose=purpose, by=by, at=at)


def _of_list(
    request: HttpRequest, kind: PaperKind, row: Any, purpose: ReporterPurpose | None
) -> Paper:
    by, at, keyring = member(request), received_at(request), keyring_of(request)
    return giving_papers.paper_of_list(kind, row, keyring, purpose=purpose, by=by, at=at)


def _of_opening(
    request: HttpRequest, kind: PaperKind, row: Any, purpose: ReporterPurpose | None
) -> Paper:
    by, at = member(request), received_at(request)
    return giving_papers.paper_of_opening(kind, row, keyring_of(request), by=by, at=at)


_GIVERS: dict[Of, Giver] = {Of.ITEM: _of_item, Of.LIST: _of_list, Of.OPENING: _of_opening}


def _page(
    request: HttpRequest,
    row: Any,
    of: WithPapers,
    *,
    problem: str = "",
    form: WithReporterForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **of.admin_site.each_context(request),
        "title": f"文书 {row}",
        "row": row,
        "address_name": f"admin:intake_{of.opts.model_name}_paper",
        "papers": [(kind, kind.why_not(row)) for kind in papers_for(row, of.papers_of)],
        "form": form or WithReporterForm(label_suffix=""),
        "problem": problem,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
