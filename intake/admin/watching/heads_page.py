"""链尾指纹: the present head for paper, and an earlier one compared with the chain."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe

from inspection.admin.offered import refuse_what_is_no_text
from inspection.print.qr import qr_svg
from inspection.screen.asked import received_at
from intake.admin.who import zone_of
from intake.audit.watching.noted_heads import (
    Compared,
    NotAHead,
    Noted,
    compare,
    groups_of,
    read_noted,
)
from intake.models import AuditEvent
from intake.report.check_code import aloud_code_of

TEMPLATE = "admin/intake/auditevent/heads.html"
_MOST_NUMBER = 2**63 - 1

# The digest stands beside it in groups, which are easier to listen to.
QR_WORDS = "链尾指纹，和旁边写的一样"


class NotedForm(forms.Form):
    """What stands on the paper."""

    number = forms.IntegerField(
        label="第几条（纸上写着的话）", required=False, min_value=1, max_value=_MOST_NUMBER
    )
    head = forms.CharField(
        label="指纹，或者短码",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="照纸上写，空格、大小写都可以；短码要和第几条一起写。",
    )
    noted: Noted

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "number" in found and "head" in found:
            try:
                self.noted = read_noted(found["head"], found["number"])
            except NotAHead as wrong:
                self.add_error("head", str(wrong))
        return found


def heads_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET the head; POST `head` and perhaps `number`: whether the chain still holds it."""
    refuse_what_is_no_text(request.GET)
    is_asked = request.method == "POST"
    form = NotedForm(request.POST if is_asked else None, label_suffix="")
    compared: Compared | None = compare(form.noted) if is_asked and form.is_valid() else None
    shown = {"title": "链尾指纹", "form": form, "compared": compared, **_head(request)}
    status = 422 if form.errors else 200
    return TemplateResponse(request, TEMPLATE, context | shown, status=status)


def _head(request: HttpRequest) -> dict[str, Any]:
    last = AuditEvent.objects.defer("covers").order_by("-sequence").first()
    if last is None:
        return {"last": None}
    # The picture is made of digits and letters of a digest alone.
    picture = mark_safe(qr_svg(f"{last.sequence} {last.digest}", QR_WORDS))  # noqa: S308
    return {
        "last": last,
        "groups": groups_of(last.digest),
        "aloud": aloud_code_of(last.digest),
        "qr": picture,
        "printed_at": received_at(request),
        "zone": zone_of(request),
    }
