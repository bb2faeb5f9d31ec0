"""Fields as clerks fill them in: days and times in few keys, words that no browser remembers."""

import re
import unicodedata
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inspection import unseen
from intake.citizen.forms.typed_text import Words

# No browser keeps what was typed, and none sends it away to have its spelling looked at.
UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false"}
_DAY = re.compile(r"(?:(\d{4})\D+)?(\d{1,2})\D+(\d{1,2})\D?|(\d{4})?(\d\d)(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.点时](\d{1,2})分?|(\d{1,2})(\d\d)", re.ASCII)


class ClerkWords(Words):
    """Words without what nobody sees; several lines only where they are asked for."""

    def __init__(self, *, longest: int, rows: int = 0, **options: Any) -> None:
        kind = forms.Textarea if rows else forms.TextInput
        attributes = {**UNREMEMBERED, **({"rows": str(rows)} if rows else {})}
        super().__init__(
            longest=longest,
            has_lines=bool(rows),
            required=False,
            widget=kind(attrs=attributes),
            **options,
        )

    def to_python(self, value: Any) -> str:
        readable, _was_unreadable = unseen.readable(str(value or ""))
        return super().to_python(readable)


class ClerkDay(forms.Field):
    """'2025-04-15', '4-15', '4月15日', '0415'; without a year the last such day up to `today`."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={**UNREMEMBERED, "inputmode": "numeric"})
        super().__init__(required=False, widget=widget, **options)
        self.today = date.max

    def to_python(self, value: Any) -> date | None:
        typed = unicodedata.normalize("NFKC", str(value or "")).strip()
        if not typed:
            return None
        found = _DAY.fullmatch(typed)
        if found is None:
            raise ValidationError(_("日期请写成 2025-04-15，或者 4-15。"), code="invalid")
        year, month, day = (found[1], found[2], found[3]) if found[2] else found.groups()[3:]
        try:
            return self._day(year, int(month), int(day))
        except ValueError:
            raise ValidationError(_("没有这一天，请核对。"), code="invalid") from None

    def _day(self, year: str | None, month: int, day: int) -> date:
        if year:
            return date(int(year), month, day)
        this_year = date(self.today.year, month, day)
        # 29 February need not be a day of the year before.
        return this_year if this_year <= self.today else date(self.today.year - 1, month, day)


class ClerkTime(forms.Field):
    """'14:30', '14点30' or '1430'."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={**UNREMEMBERED, "inputmode": "numeric"})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: Any) -> time | None:
        typed = unicodedata.normalize("NFKC", str(value or "")).strip()
        if not typed:
            return None
        found = _TIME.fullmatch(typed)
        hour, minute = (found[1] or found[3], found[2] or found[4]) if found else ("24", "0")
        try:
            return time(int(hour), int(minute))
        except ValueError:
            raise ValidationError(_("时间请写成 14:30。"), code="invalid") from None


class ClerkNumber(forms.IntegerField):
    """What somebody wrote on a letter; None for nothing."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={**UNREMEMBERED, "inputmode": "numeric"})
        messages = {
            "invalid": _("请写一个数字。"),
            "min_value": _("编号从 1 开始。"),
            "max_value": _("编号太大，请核对。"),
        }
        super().__init__(
            required=False,
            min_value=1,
            max_value=9_999_999,
            widget=widget,
            error_messages=messages,
            **options,
        )


class ClerkCount(forms.IntegerField):
    """How many people; empty is nobody in particular."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={**UNREMEMBERED, "inputmode": "numeric"})
        messages = {
            "invalid": _("请写一个数字。"),
            "min_value": _("人数不能是负的。"),
            "max_value": _("人数太多，请核对。"),
        }
        super().__init__(
            required=False,
            min_value=0,
            max_value=30_000,
            widget=widget,
            error_messages=messages,
            **options,
        )

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0
