"""The two days of the audit's pages, as somebody types them."""

from datetime import date, timedelta, tzinfo
from typing import Any

from django import forms
from django.http import HttpRequest

from inspection.admin.notice_admin import DATE_INPUT
from inspection.screen.asked import received_at
from intake.admin.traces.event_filters import SINCE, UNTIL, read_day
from intake.admin.who import zone_of
from intake.audit.watching.days_asked import MOST_DAYS, Days

NO_DAY = "请写一个日期，例如 2025-04-15。"
REVERSED = "起始日期在截止日期后面，请调过来。"
TOO_LONG = f"一次最多看 {MOST_DAYS} 天，请把日期缩短。"
WEEK = 7


def _day(label: str) -> forms.DateField:
    said, written = {"invalid": NO_DAY}, ["%Y-%m-%d"]
    options: dict[str, Any] = {"error_messages": said, "input_formats": written}
    return forms.DateField(label=label, required=False, widget=DATE_INPUT, **options)


def or_seven_days(
    request: HttpRequest, since: date | None, until: date | None
) -> tuple[date, date]:
    """The days that were asked for, or else seven up to today."""
    until = until or received_at(request).astimezone(zone_of(request)).date()
    return since or until - timedelta(days=WEEK - 1), until


class DaysForm(forms.Form):
    """From a day to another; `longest` is how many days may lie in it, if that matters."""

    longest: int | None = None
    since = _day("从哪天起")
    until = _day("到哪天止")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")

    def clean_until(self) -> date | None:
        """The end of the last day must be a moment."""
        day: date | None = self.cleaned_data[UNTIL]
        if day == date.max:
            raise forms.ValidationError(NO_DAY)
        return day

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        since, until = found.get(SINCE), found.get(UNTIL)
        if since and until and since > until:
            self.add_error(SINCE, REVERSED)
        elif since and until and self.longest and (until - since).days >= self.longest:
            self.add_error(SINCE, TOO_LONG)
        return found


class BoundedDaysForm(DaysForm):
    """Both days, a quarter apart at most; the last week where nobody asked."""

    longest = MOST_DAYS
    zone: tzinfo

    @classmethod
    def asked(cls, request: HttpRequest) -> "BoundedDaysForm":
        """What an address asks."""
        typed = request.GET.get(SINCE, ""), request.GET.get(UNTIL, "")
        since, until = or_seven_days(request, *map(read_day, typed))
        days = {SINCE: typed[0] or since.isoformat(), UNTIL: typed[1] or until.isoformat()}
        form = cls({**request.GET.dict(), **days})
        form.zone = zone_of(request)
        return form

    @property
    def days(self) -> Days:
        """Of a form that is valid."""
        return Days(self.cleaned_data[SINCE], self.cleaned_data[UNTIL], self.zone)
