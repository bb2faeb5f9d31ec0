"""Form fields in which a clerk writes lists and hours as on paper."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inspection.body_kinds import BodyKind
from inspection.notice import Hours
from inspection.wording import DAYS

DAYS_CHOICES = [("", _("没有写明")), *DAYS.items()]

_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-—–－─至到~～]+\s*(\d{1,2})[:：](\d{2})")
_BETWEEN = re.compile(r"[\s,，、;；]*")


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "lines"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("一行写一个。"), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]


class RowsField(LinesField):
    """A list of small records, one a line in two parts: '单位：内容'."""

    shape = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("一行写一项：%s。") % self.shape, **kwargs})

    def said(self, rows: list[dict[str, Any]]) -> list[str]:
        """Each record as its line."""
        raise NotImplementedError

    def read(self, line: str, first: str, second: str) -> dict[str, Any]:
        """The record of a line and its two parts. Raises ValidationError."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(self.said(value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        rows = []
        for line in super().to_python(value):
            first, _colon, second = line.replace(":", "：", 1).partition("：")
            rows.append(self.read(line, first.strip(), second.strip()))
        return rows


class PairsField(RowsField):
    """A list of {'by': …, 'what': …}, one a line as '单位：内容'."""

    shape = "单位：内容"

    def said(self, rows: list[dict[str, Any]]) -> list[str]:
        return pairs_text(rows)

    def read(self, line: str, first: str, second: str) -> dict[str, Any]:
        if not (first and second):
            raise ValidationError(_("请这样写：单位：内容。看不懂的一行：%s") % line)
        return {"by": first, "what": second}


class CountsField(RowsField):
    """A list of {'kind': …, 'count': …}, one a line as '企业：8'."""

    shape = "类型：数目"

    def said(self, rows: list[dict[str, Any]]) -> list[str]:
        return counts_text(rows)

    def read(self, line: str, first: str, second: str) -> dict[str, Any]:
        kinds = {kind.facts.word: kind.value for kind in BodyKind}
        if first not in kinds or not re.fullmatch(r"[0-9]{1,4}", second):
            said = {"line": line, "kinds": "、".join(kinds)}
            raise ValidationError(_("看不懂的一行：%(line)s。类型有：%(kinds)s。") % said)
        return {"kind": kinds[first], "count": int(second)}


class HoursField(forms.MultiValueField):
    """Duty hours: which days, and windows such as '08:30—12:00，14:00—18:00'."""

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.ChoiceField(choices=DAYS_CHOICES, required=False),
            forms.CharField(max_length=200, required=False),
        )
        help_text = _("时间这样写：08:30—12:00，14:00—18:00。两项都空着就是公告没有写。")
        options = {"required": False, "require_all_fields": False, "help_text": help_text}
        super().__init__(fields, widget=HoursWidget(), **{**options, **kwargs})

    def compress(self, data_list: Any) -> dict[str, Any] | None:
        days, text = [*(data_list or []), "", ""][:2]
        windows = tuple((opens, closes) for opens, closes in read_windows(text or ""))
        return Hours(days or None, windows).to_json() if days or windows else None


class HoursWidget(forms.MultiWidget):
    """A choice of days beside a line of windows."""

    def __init__(self) -> None:
        super().__init__(
            {
                "days": forms.Select(choices=DAYS_CHOICES, attrs={"aria-label": _("哪些天")}),
                "windows": forms.TextInput(attrs={"aria-label": _("时间"), "class": "hours"}),
            }
        )

    def decompress(self, value: Any) -> list[Any]:
        hours = Hours.from_json(value)
        return [hours.days or "", windows_text(hours.windows)] if hours else ["", ""]


def read_windows(text: str) -> list[list[str]]:
    """[['08:30', '18:00'], …]; ValidationError when something is no window."""
    windows, rest = [], text
    while rest := _BETWEEN.sub("", rest, count=1):
        span = _SPAN.match(rest)
        if span is None:
            raise ValidationError(_("时间看不懂，请这样写：08:30—12:00，14:00—18:00。"))
        hours = [int(part) for part in span.groups()]
        if max(hours[0], hours[2]) > 24 or max(hours[1], hours[3]) > 59:
            raise ValidationError(_("没有这个时刻：%s") % span.group())
        start, end = (f"{h % 24:02d}:{m:02d}" for h, m in (hours[:2], hours[2:]))
        windows.append([start, end])
        rest = rest[span.end() :]
    return windows


def windows_text(windows: Iterable[Iterable[str]]) -> str:
    """'08:30—12:00，14:00—18:00'."""
    return "，".join("—".join(window) for window in windows)


def hours_text(stored: dict[str, Any] | None) -> str:
    """'工作日 08:30—18:00', or '没有写明'."""
    hours = Hours.from_json(stored)
    if hours is None:
        return "没有写明"
    days = DAYS[hours.days] if hours.days else ""
    return " ".join(part for part in (days, windows_text(hours.windows)) if part)


def pairs_text(pairs: list[dict[str, str]]) -> list[str]:
    """Each pair as '单位：内容'."""
    return [f"{pair['by']}：{pair['what']}" for pair in pairs]


def counts_text(counts: list[dict[str, Any]]) -> list[str]:
    """Each count as '类型：数目'."""
    return [f"{BodyKind(row['kind']).facts.word}：{row['count']}" for row in counts]
