"""The blank form to print: the questions of the report's form, on two sides of one sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from inspection import clock
from inspection.current import Published
from inspection.models import Target
from inspection.print import facts_on_paper
from inspection.print.printed_pages import asked_for, paper_facts, to_print
from intake.choices import Category
from intake.citizen.forms import ReportForm

LINES_ON_THE_FRONT = 11
LINES_ON_THE_BACK = 6
# Where there is much to say about boxes and letters, it takes the place of lines.
LINES_BESIDE_MUCH = 1
# More boxes than these are too many to print; the notice has them all.
MOST_BOXES = 30
# Asked with a line to write on; the other questions look different on paper.
ASKED = ("place", "subject", "happened")


@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """A4, black on white, for the whole round or with one body filled in; it asks for no name."""
    published, target = asked_for(request)
    return to_print(
        request,
        published,
        target,
        lambda: ("intake/paper.html", _facts(request, published, target)),
    )


def _facts(request: HttpRequest, published: Published, target: Target | None) -> dict[str, Any]:
    form = ReportForm(None, has_target=published.target, at=clock.real_now())
    nearest = facts_on_paper.nearest_boxes(published, target)
    boxes = nearest or published.boxes
    facts = paper_facts(request, published, target)
    is_much = facts["is_dense"] or len(boxes) > 3
    lines = LINES_BESIDE_MUCH if is_much else LINES_ON_THE_BACK
    return {
        **facts,
        "form": form,
        "asked": [form[name] for name in ASKED],
        "categories": [label for _, label in Category.choices],
        "front": range(LINES_ON_THE_FRONT),
        "back": range(lines),
        "boxes": boxes if len(boxes) <= MOST_BOXES else (),
    }
