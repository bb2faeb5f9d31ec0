"""检查留痕: what `verify_audit` does, from a page and in slices; and what the last check found."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from inspection.admin.offered import refuse_what_is_no_text
from inspection.screen.asked import received_at
from intake.admin.stepping import stepping_page
from intake.admin.stepping.stepping_page import Task
from intake.admin.who import member, zone_of
from intake.audit.checking import audit_checks
from intake.audit.checking.course import MOST_TOLD, CourseAltered
from intake.audit.watching.noted_heads import NotAHead, read_noted
from intake.models import AuditCheck
from intake.stepping.slices import Progress, work_for

TEMPLATE = "admin/intake/auditevent/check.html"
TITLE = "检查留痕"
ENDED = "检查做完了，结果在下面。"
EXPLAINS = (
    "从第一条核对到最后一条，再核对各处的数据和封存的内容。别人照常办理；"
    "停下来或者关掉这一页，以后从停下的地方接着做。"
)
ONLY_WHOLE = "这里要写完整的指纹（16组），不能写短码。"


class CheckForm(forms.Form):
    """A head from paper, if there is one at hand."""

    head = forms.CharField(
        label="纸上抄着的指纹（可以不写）",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text="写了就一起核对它还在不在链上；末尾的记录被截掉时，只有这样才能发现。",
    )

    def clean_head(self) -> str:
        """The digest, '' where none was typed."""
        typed: str = self.cleaned_data["head"].strip()
        if not typed:
            return ""
        try:
            digest = read_noted(typed, 1).digest
        except NotAHead as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if not digest:
            raise forms.ValidationError(ONLY_WHOLE)
        return digest


def check_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET the last result; POST `head`, perhaps empty: begins a check anew."""
    refuse_what_is_no_text(request.GET)
    is_asked = request.method == "POST"
    form = CheckForm(request.POST if is_asked else None, label_suffix="")
    if is_asked and form.is_valid():
        by, at = member(request), received_at(request)
        audit_checks.begin(by=by, noted=form.cleaned_data["head"], at=at)
        return redirect("admin:intake_auditevent_checking")
    last = audit_checks.last_ended()
    shown = {
        "title": TITLE,
        "form": form,
        "goes_on": audit_checks.current(),
        "last": last,
        "most": MOST_TOLD,
        "zone": zone_of(request),
        **(_found(last) if last else {}),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, TEMPLATE, context | shown, status=status)


def checking_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET how far the check is; POST one more slice of it."""
    refuse_what_is_no_text(request.GET)
    check = audit_checks.current()
    address = reverse("admin:intake_auditevent_check")
    if check is None:
        return redirect(address)
    task = Task(TITLE, EXPLAINS, ends_at=address, ended=ENDED, leads_back=address)
    try:
        progress = _slice(request, check) if request.method == "POST" else None
        return stepping_page.answer(request, task, progress or audit_checks.progress_of(check))
    except CourseAltered as altered:
        stuck = Progress(0, 1, words=str(altered), is_stuck=True)
        return stepping_page.answer(request, task, stuck)


def _slice(request: HttpRequest, check: AuditCheck) -> Progress:
    by, at = member(request), received_at(request)
    return work_for(lambda: audit_checks.step(check.pk, by=by, at=at))


def _found(check: AuditCheck) -> dict[str, Any]:
    try:
        return {"result": audit_checks.result_of(check)}
    except CourseAltered as altered:
        return {"altered": str(altered)}
