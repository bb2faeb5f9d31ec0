"""不寻常的情况: what each pattern finds within some days, and the way to what it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from inspection.admin.offered import refuse_what_is_no_text
from intake.admin.traces.days_form import BoundedDaysForm
from intake.admin.traces.finding_filter import finding_address, subject_words
from intake.admin.who import calendar_of
from intake.audit.watching.patterns import PATTERNS, Within

TEMPLATE = "admin/intake/auditevent/patterns.html"
# More of one pattern are said to be more: then its threshold or the days are too wide.
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: whom or what it is about, how much of it, when, and the events behind it."""

    subject: str
    measured: str
    days: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One pattern with what it found."""

    name: str
    title: str
    definition: str
    lines: list[Line]
    more: int
    notes: list[str]


def patterns_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET, perhaps with `since` and `until`: the last week where nobody asked."""
    refuse_what_is_no_text(request.GET)
    form = BoundedDaysForm.asked(request)
    is_fine = form.is_valid()
    parts = list(_parts(Within(form.days, calendar_of(request)))) if is_fine else []
    shown = {"title": "不寻常的情况", "form": form, "parts": parts}
    return TemplateResponse(request, TEMPLATE, context | shown, status=200 if is_fine else 422)


def _parts(asked: Within) -> Iterator[Part]:
    found = {pattern: pattern.find(pattern, asked) for pattern in PATTERNS}
    shown = {pattern: one.findings[:MOST_SHOWN] for pattern, one in found.items()}
    # Of all of them at once: a query a kind of subject, however many have something to say.
    names = subject_words(
        (pattern.subjects, one.subject) for pattern, lines in shown.items() for one in lines
    )
    for pattern, findings in shown.items():
        lines = [
            Line(
                subject=names[pattern.subjects, one.subject],
                measured=pattern.says.format(measured=one.measured),
                days=f"{one.days.since} 到 {one.days.until}",
                count=one.count,
                url=finding_address(pattern, one.subject, one.days),
            )
            for one in findings
        ]
        more = len(found[pattern].findings) - len(lines)
        notes = found[pattern].notes
        yield Part(pattern.name, pattern.title, pattern.words, lines, more, notes)
