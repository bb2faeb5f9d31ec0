"""The page on which a year of working days is pasted, looked at and loaded."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from inspection.admin.offered import refuse_beside_a_list
from inspection.holidays.arrangement import ArrangedDay, Arrangement
from inspection.holidays.holiday_reading import LONGEST, YEARS, read
from inspection.loading.year_loading import YearDifference, difference, load_year
from inspection.models import WorkCalendarDay
from inspection.wording import short_day_words

if TYPE_CHECKING:
    from inspection.admin.calendar_admin import WorkCalendarDayAdmin

TEMPLATE = "admin/inspection/workcalendarday/year.html"
LOOK_FIRST = "文字和刚才看过的不一样，还没有载入。请把下面的结果再看一遍。"


class YearForm(forms.Form):
    """The notice's text, and its year where the text does not say it.

    `seen` is the text whose preview was looked at: only that one is loaded.
    """

    text = forms.CharField(
        label=_("通知里的放假安排"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("把“一、元旦：……”到“七、国庆节：……”几行粘贴进来，整篇通知也可以。"),
        error_messages={"required": _("请把通知的文字粘贴进来。")},
    )
    year = forms.IntegerField(
        label=_("年份"),
        required=False,
        min_value=YEARS.start,
        max_value=YEARS.stop - 1,
        help_text=_("通知的标题也粘贴了就不用填。"),
        error_messages={"invalid": _("年份写四个数字，例如 2027。")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def arrangement(self) -> Arrangement:
        """As the text says it; what contradicts is an error of the field."""
        found = read(self.cleaned_data["text"], self.cleaned_data["year"])
        for words in found.problems:
            self.add_error("year" if "年份" in words else "text", words)
        return found

    def mark(self) -> str:
        """Tells one text with its year from another."""
        typed = f"{self.cleaned_data['year']}\n{self.cleaned_data['text']}"
        return hashlib.sha256(typed.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """One holiday of the preview."""

    name: str
    off: str
    worked: str


def year_view(page: "WorkCalendarDayAdmin", request: HttpRequest) -> HttpResponse:
    """GET asks; POST shows what was read, and with `load` loads what was shown before."""
    refuse_beside_a_list(request)
    if not (page.has_add_permission(request) and page.has_change_permission(request)):
        raise PermissionDenied
    typed = request.POST.copy()
    form = YearForm(typed if request.method == "POST" else None, label_suffix="")
    if not form.is_bound:
        return _answer(page, request, form)
    found = form.arrangement() if form.is_valid() else Arrangement(None)
    if form.errors:
        return _answer(page, request, form, found, status=422)
    mark = form.mark()
    if "load" in request.POST:
        if form.cleaned_data["seen"] == mark:
            return _loaded(page, request, found)
        messages.warning(request, LOOK_FIRST)
    typed["seen"] = mark
    return _answer(page, request, form, found)


def _loaded(page: "WorkCalendarDayAdmin", request: HttpRequest, found: Arrangement) -> HttpResponse:
    with transaction.atomic():
        change = load_year(found)
        if change:
            first = WorkCalendarDay.objects.filter(date__year=found.year).earliest("date")
            page.log_change(request, first, {"日期": f"{found.year}年：{_in_words(change)}"})
    if change:
        messages.success(request, f"已载入{found.year}年的工作日安排，已留痕。")
    else:
        messages.info(request, f"{found.year}年的安排和已有的一样，没有变化。")
    return redirect("admin:inspection_workcalendarday_changelist")


def _answer(
    page: "WorkCalendarDayAdmin",
    request: HttpRequest,
    form: YearForm,
    found: Arrangement | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **page.admin_site.each_context(request),
        "title": "粘贴一年的放假通知",
        "opts": page.opts,
        "form": form,
        **(_preview(found) if found and found.year else {}),
        "loadable": found is not None and not form.errors,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _preview(found: Arrangement) -> dict[str, Any]:
    months = found.workdays_by_month()
    return {
        "found": found,
        "holidays": list(_holiday_lines(found.days)),
        "months": [f"{month}月 {count} 天" for month, count in enumerate(months, start=1)],
        "workdays": sum(months),
        "change": _shown(found, difference(found)),
    }


def _holiday_lines(days: Iterable[ArrangedDay]) -> Iterable[HolidayLine]:
    by_name: dict[str, list[ArrangedDay]] = {}
    for day in days:
        by_name.setdefault(day.name.removesuffix("调休上班"), []).append(day)
    for name, some in by_name.items():
        off = [day for day in some if not day.is_workday]
        worked = "、".join(f"{short_day_words(day.date)}上班" for day in some if day.is_workday)
        yield HolidayLine(name, "、".join(_spans(off)), worked or "没有调休上班")


def _spans(days: list[ArrangedDay]) -> Iterable[str]:
    """'1月1日（周四）至1月3日（周六），3天'."""
    numbered = enumerate(days)
    for _start, group in groupby(numbered, key=lambda pair: pair[1].date.toordinal() - pair[0]):
        some = [day for _place, day in group]
        words = short_day_words(some[0].date)
        last = f"至{short_day_words(some[-1].date)}" if len(some) > 1 else ""
        yield f"{words}{last}，{len(some)}天"


def _shown(found: Arrangement, change: YearDifference) -> list[str]:
    """Of a year that was not there the days stand above already."""
    is_new = len(change.added) == len(found.days) and not change.removed
    return [f"这一年还没有载入过，新增 {len(change.added)} 天。"] if is_new else _lines_of(change)


def _lines_of(change: YearDifference) -> list[str]:
    """What loading would change, a line a kind; empty when it would change nothing."""
    kinds = (
        ("新增", [_day_words(day) for day in change.added]),
        ("更正", [f"{_day_words(old)} → {_day_words(new)}" for old, new in change.changed]),
        ("去掉", [_day_words(day) for day in change.removed]),
    )
    return [f"{word} {len(days)} 天：{'；'.join(days)}" for word, days in kinds if days]


def _in_words(change: YearDifference) -> str:
    return "。".join(_lines_of(change))


def _day_words(day: ArrangedDay) -> str:
    word = "上班" if day.is_workday else "休息"
    return f"{short_day_words(day.date)}{day.name.removesuffix(word)}{word}"
