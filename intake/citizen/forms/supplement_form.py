"""The supplement's form: more words and files under the code of a receipt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.arriving.decoding.kept_files import Uploads
from intake.citizen.forms.attached_files import Files, TakesFiles
from intake.citizen.forms.form_sheet import read_sheet
from intake.citizen.forms.typed_text import NumberText, TypedForm, Words
from intake.report import receipts
from intake.report.draft import SupplementDraft
from intake.report.report_limits import LONGEST

MISTYPED = _("查询码抄错了。它是 20 位数字，请对照回执再输一遍。")


def read_code(typed: str) -> str:
    """The 20 digits of a receipt's code; a ValidationError when they cannot be one."""
    if not typed.strip():
        raise ValidationError(_("请输入查询码。"))
    try:
        return receipts.normalise(typed)
    except receipts.MistypedCode as error:
        raise ValidationError(MISTYPED) from error


class CodeForm(TypedForm):
    """Asks for the code of a receipt."""

    code = NumberText(
        required=False,
        longest=receipts.LONGEST_TYPED,
        label=_("查询码"),
        help_text="回执上的 20 位数字，中间的空格打不打都行。",
    )

    def clean_code(self) -> str:
        return read_code(self.cleaned_data["code"])


class SupplementForm(TakesFiles, CodeForm):
    """More words, files, or both."""

    narrative = Words(
        required=False, longest=LONGEST["narrative"], has_lines=True, label=_("补充什么？")
    )
    attachments = Files()
    form_token = forms.CharField(required=False)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        files: Uploads | None = None,
        *,
        at: datetime,
    ) -> None:
        """`at` is the real time."""
        super().__init__(data, files)
        self.sheet = read_sheet(self.data.get("form_token", ""), at=at)

    def clean(self) -> dict[str, Any]:
        super().clean()
        facts = self.cleaned_data
        has_files = self.came_ahead or facts.get("attachments") != ()
        if facts.get("narrative") == "" and not has_files:
            self.add_error("narrative", _("请写下要补充的内容，或者选择文件。"))
        if self.sheet.problem:
            self.add_error(None, ValidationError(self.sheet.problem, code="token"))
        self.take_ahead()
        return self.cleaned_data

    def to_draft(self) -> SupplementDraft:
        """What a valid form adds; the form gives its files away."""
        return SupplementDraft(
            narrative=self.cleaned_data["narrative"],
            attachments=self.cleaned_data.pop("attachments"),
        )

    @property
    def nonce(self) -> str:
        """What makes a repeated POST of a valid form one supplement."""
        return cast(str, self.sheet.nonce)
