"""What is asked for a reading: the published text or a file of it, and what only a person knows."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from inspection.documents.file_text import LARGEST_FILE, LONGEST_TEXT, text_of_file
from inspection.documents.no_text import NoText
from inspection.revising.edits import Edits

TOO_LARGE = _("文件超过5MB，不像一页公告。请把公告的文字复制粘贴进来。")
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NoticeForm(forms.Form):
    """The text as given stays under `text`; a file takes its place.

    `seen` tells which text and settings were looked at: only those are loaded.
    """

    text = forms.CharField(
        label=_("公告的文字"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("从网页、报纸或者文件里复制，整页粘贴进来也可以，程序会找出公告。"),
        error_messages={"max_length": _("字太多，不像一页公告。请只粘贴公告那一页。")},
    )
    file = forms.FileField(
        label=_("或者选一个文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.html,.htm"}),
        help_text=_("文本（.txt）、Word 文件（.docx）或者存下来的网页（.html）。"),
    )
    year = forms.CharField(label=_("年份"), required=False, max_length=4)
    accepts_until = forms.CharField(label=_("受理截止日期"), required=False, widget=_DAY)
    accepts_from = forms.CharField(label=_("开始受理日期"), required=False, widget=_DAY)
    notice_date = forms.CharField(label=_("公告日期"), required=False, widget=_DAY)
    area_code = forms.CharField(label=_("电话区号"), required=False, max_length=4)
    edits = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> str:
        """Its text; nothing of the file itself is kept."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if file is None:
            return ""
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(TOO_LARGE)
        try:
            return text_of_file(str(file.name), file.read())
        except NoText as error:
            raise ValidationError(str(error)) from error

    def clean_edits(self) -> Edits:
        """All decisions so far."""
        try:
            return Edits.from_json(self.cleaned_data["edits"])
        except ValueError as error:
            raise ValidationError(_("更正的内容读不出来，请从头再来。")) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = cleaned.get("file") or cleaned.get("text", "")
        if not text.strip() and not self.errors:
            self.add_error("text", _("请把公告的文字粘贴进来，或者选一个文件。"))
        cleaned["text"] = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        return cleaned

    def settled(self) -> dict[str, str]:
        """What a person settled, by the names that the reader knows."""
        return {name: value for name in SETTLED if (value := self.cleaned_data.get(name))}

    def is_seen(self) -> bool:
        """Whether just this was looked at."""
        mark: str = self.cleaned_data["seen"]
        return mark == mark_of(
            self.cleaned_data["text"], self.settled(), self.cleaned_data["edits"]
        )


def mark_of(text: str, settled: Mapping[str, str], edits: Edits) -> str:
    """Tells one text with its settings and decisions from another."""
    typed = [text, edits.to_json(), *(f"{name}={settled[name]}" for name in sorted(settled))]
    return hashlib.sha256("\n".join(typed).encode()).hexdigest()


SETTLED = ("year", "accepts_until", "accepts_from", "notice_date", "area_code")
