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
from intake.admin.bare_text import BareText
from intake.admin.finding.way_back import item_address
from intake.admin.items import item_page
from intake.admin.registering import paper_lines
from intake.admin.who import member
from intake.admin.writing.case_form import number_in
from intake.admin.writing.in_words import said
from intake.casework import case_files, reporters
from intake.casework.case_files import CaseChangedMeanwhile, Seen
from intake.choices import ReporterPurpose, Way
from intake.models import Submission
from intake.report.case_words import REPORTER_FIELDS, Reporter
from intake.report.documents import UnreadableReport
from intake.report.on_paper.known_reporter import named_twice
from intake.report.on_paper.paper_facts import MOST_REPRESENTATIVES
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/submission/case/reporter.html"
SHOWN, VERSION = "initial-reporter", "initial-version"


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


def _names(field: str) -> forms.CharField:
    return forms.CharField(
        label=REPORTER_FIELDS[field],
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个姓名。"),
    )


class ReporterForm(forms.Form):
    """What a clerk knows of the reporter; never a number of an identity card."""

    name = BareText(label=REPORTER_FIELDS["name"], required=False, max_length=50)
    phone = BareText(label=REPORTER_FIELDS["phone"], required=False, max_length=50)
    address = BareText(label=REPORTER_FIELDS["address"], required=False, max_length=200)
    signers = _names("signers")
    representatives = _names("representatives")

    def __init__(self, item: Submission, data: Any = None, **options: Any) -> None:
        super().__init__(data, label_suffix="", **options)
        if item.way != Way.VISIT:
            del self.fields["representatives"]

    def clean_signers(self) -> tuple[str, ...]:
        return self._each_once("signers")

    def clean_representatives(self) -> tuple[str, ...]:
        names = self._each_once("representatives")
        if len(names) > MOST_REPRESENTATIVES:
            raise forms.ValidationError(
                _("来访代表最多 %(most)d 人。"), params={"most": MOST_REPRESENTATIVES}
            )
        return names

    def _each_once(self, field: str) -> tuple[str, ...]:
        """One a line, nobody twice."""
        lines = (name.strip() for name in self.cleaned_data[field].splitlines())
        names = tuple(name for name in lines if name)
        if twice := named_twice(names):
            raise forms.ValidationError(
                _("%(field)s里“%(name)s”写了不止一次；不是同一个人，请写得能分清。"),
                params={"field": REPORTER_FIELDS[field], "name": twice[0]},
            )
        return names

    def reporter(self, *, replaces: bool) -> Reporter:
        """Of a valid form; of what came on paper it stands in place of what was noted."""
        typed = self.cleaned_data
        return Reporter(**{name: typed[name] for name in self.fields}, replaces=replaces)


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
        self,
        reason: str,
        *,
        typed: ReporterForm | None = None,
        found: CaseChangedMeanwhile | None = None,
    ) -> HttpResponse:
        """The reporter, under an event; `typed` where it is wrong, or what others `found`."""
        by, at = member(self.request), received_at(self.request)
        purpose = ReporterPurpose(reason)
        reporter = reporters.show(
            self.item, keyring_of(self.request), purpose=purpose, by=by, at=at
        )
        status = 409 if found else 422 if typed else 200
        return self.answer(
            status,
            shown=reporter,
            noted=list(paper_lines.reporters(reporter.noted)),
            form=typed or _filled_in(self.item, found.mine if found else reporter.registered),
            hidden=_hidden(
                reason,
                found.version if found else reporter.version,
                found.theirs if found else reporter.registered,
            ),
            meanwhile=[
                (
                    REPORTER_FIELDS[one.field],
                    said(one.field, one.before),
                    said("", one.theirs),
                    one.is_to_decide,
                )
                for one in (found.found if found else ())
            ],
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
    page, form = _Page(request, site, item), ReporterForm(item, request.POST)
    reason = ReasonForm(request.POST, label_suffix="")
    if not reason.is_valid():
        return page.answer(422, reason=reason)
    return _guarded(page, lambda: _saved(page, form, reason.cleaned_data["reason"]))


def _saved(page: _Page, form: ReporterForm, reason: str) -> HttpResponse:
    if not form.is_valid():
        return page.shown(reason, typed=form)
    try:
        case_files.save(
            page.item,
            keyring_of(page.request),
            reporter=form.reporter(replaces=page.item.way != Way.WEB),
            seen=_seen(page.request),
            by=member(page.request),
            at=received_at(page.request),
        )
    except CaseChangedMeanwhile as changed:
        return page.shown(reason, found=changed)
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


def _filled_in(item: Submission, known: Reporter) -> ReporterForm:
    texts = {"name": known.name, "phone": known.phone, "address": known.address}
    names = {"signers": known.signers, "representatives": known.representatives}
    lines = {name: "\n".join(several) for name, several in names.items()}
    return ReporterForm(item, initial={**texts, **lines})


def _hidden(reason: str, version: int, stands: Reporter) -> list[tuple[str, str]]:
    return [("reason", reason), (VERSION, str(version)), (SHOWN, stands.to_bytes().decode())]


def _seen(request: HttpRequest) -> Seen:
    try:
        before = Reporter.from_bytes(request.POST.get(SHOWN, "").encode())
    except UnreadableReport:
        before = None
    return Seen(number_in(request.POST.get(VERSION, "")), before)
