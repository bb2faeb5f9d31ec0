"""反映人: shown for a reason, on a page that no browser keeps; a clerk corrects it there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import item_address
from intake.admin.items import item_page
from intake.admin.registering import paper_lines
from intake.admin.who import member
from intake.admin.writing.reporter_sheet import ReporterForm, ReporterSheet
from intake.casework import case_files, reporters
from intake.casework.case_files import CaseChangedMeanwhile
from intake.choices import ReporterPurpose
from intake.models import Submission
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/submission/case/reporter.html"


class ReasonForm(forms.Form):
    """What the name is wanted for; own words would stand in the audit."""

    reason = forms.ChoiceField(
        label=_("为什么要看反映人？"),
        choices=ReporterPurpose.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选一条事由。"),
            "invalid_choice": _("请从列出的事由里选一条。"),
        },
    )


def reporter_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks, the same of any item."""
    return dict(ReporterForm.base_fields)


@dataclass(frozen=True, slots=True)
class _Page:
    request: HttpRequest
    site: admin.AdminSite
    item: Submission

    def answer(self, status: int = 200, **more: object) -> HttpResponse:
        frame = self.site.each_context(self.request)
        context = {**frame, "title": "反映人", "submission": self.item, **more}
        return TemplateResponse(self.request, TEMPLATE, context, status=status)

    def shown(
        self, reason: str, sheet: ReporterSheet | None = None, status: int = 200
    ) -> HttpResponse:
        """The reporter, under an event; `sheet` where one was sent and not saved."""
        by, at = member(self.request), received_at(self.request)
        purpose = ReporterPurpose(reason)
        reporter = reporters.show(
            self.item, keyring_of(self.request), purpose=purpose, by=by, at=at
        )
        return self.answer(
            status,
            shown=reporter,
            noted=list(paper_lines.reporters(reporter.noted)),
            purpose=reason,
            sheet=sheet or ReporterSheet.opened(self.item, reporter),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def reporter_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """Asks what for; then name and telephone."""
    page = _Page(request, site, item)
    reason = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
    if not reason.is_valid():
        return page.answer(422 if reason.is_bound else 200, reason=reason)
    return _guarded(page, lambda: page.shown(reason.cleaned_data["reason"]))


def saved_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """Saves what the clerk wrote; what others wrote meanwhile stands beside it, to be decided."""
    page, sheet = _Page(request, site, item), ReporterSheet.typed(item, request.POST)
    reason = ReasonForm(request.POST, label_suffix="")
    if not reason.is_valid():
        return page.answer(422, reason=reason)
    return _guarded(page, lambda: _saved(page, sheet, reason.cleaned_data["reason"]))


def _saved(page: _Page, sheet: ReporterSheet, reason: str) -> HttpResponse:
    if not sheet.is_valid():
        return page.shown(reason, sheet, 422)
    try:
        case_files.save(
            page.item,
            keyring_of(page.request),
            reporter=sheet.reporter(),
            seen=sheet.seen(),
            by=member(page.request),
            at=received_at(page.request),
        )
    except CaseChangedMeanwhile as changed:
        return page.shown(reason, sheet.after(changed), 409)
    messages.success(page.request, "反映人信息已保存。")
    return redirect(item_address(page.request, page.item))


def _guarded(page: _Page, answer: Any) -> HttpResponse:
    try:
        response: HttpResponse = answer()
    except KeyringMissing:
        return item_page.log_in_again(page.request)
    except NoDeskAccess as error:
        return page.answer(403, problem=str(error))
    except (CannotOpen, UnreadableReport):
        return page.answer(500, problem=item_page.UNREADABLE)
    return response
