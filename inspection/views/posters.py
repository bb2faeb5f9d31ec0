"""Pages to print and to hang up or hand out: posters, labels of the boxes, contact cards."""

from functools import wraps
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from inspection.current import Published
from inspection.models import Target
from inspection.print import facts_on_paper
from inspection.print.printed_pages import asked_for, form_address, paper_facts, to_print
from inspection.print.qr import qr_svg
from inspection.schedule import WindowState
from inspection.screen.asked import received_at

LABELS_ON_A_SHEET = 6
CARDS_ON_A_SHEET = 10
# Longer lists of bodies do not fit on a poster in a type that can be read.
LONGEST_LIST = 450
LONG_LIST = 330


class _Shown(Protocol):
    """Gives the template of a page and what it asks for beside the facts of all printed pages."""

    def __call__(
        self, request: HttpRequest, published: Published, target: Target | None
    ) -> tuple[str, dict[str, Any]]: ...


def _printed(shown: _Shown) -> Any:
    """A page to print of the round and body that the address names. It may be kept for a minute."""

    @require_safe
    @wraps(shown)
    def view(request: HttpRequest) -> HttpResponse:
        published, target = asked_for(request)

        def make() -> tuple[str, dict[str, Any]]:
            template, more = shown(request, published, target)
            return template, {**paper_facts(request, published, target), **more}

        return to_print(request, published, target, make)

    return view


@_printed
def poster(
    request: HttpRequest, published: Published, target: Target | None
) -> tuple[str, dict[str, Any]]:
    """An A4 page to hang up, for the whole round or for one body."""
    characters = facts_on_paper.characters_of_list(published)
    is_list = target is None and characters <= LONGEST_LIST
    return "inspection/poster.html", {
        "qr": _form_code(request, published, target),
        "teams": published.teams if is_list else (),
        "count": len(published.targets),
        "is_long": characters > LONG_LIST,
    }


@_printed
def box_labels(
    request: HttpRequest, published: Published, target: Target | None
) -> tuple[str, dict[str, Any]]:
    """A label for every box, six on a sheet."""
    at = received_at(request)
    labels = []
    for box in published.boxes:
        window = published.window_of(box.target)
        is_over = window.state(at) == WindowState.CLOSED
        qr = "" if is_over else _form_code(request, published, box.target)
        labels.append({"box": box, "qr": qr, "until": facts_on_paper.until_words(window, at)})
    return "inspection/box_labels.html", {
        "sheets": facts_on_paper.sheets(labels, LABELS_ON_A_SHEET)
    }


@_printed
def cards(
    request: HttpRequest, published: Published, target: Target | None
) -> tuple[str, dict[str, Any]]:
    """Ten cards to cut out, all alike."""
    return "inspection/cards.html", {
        "qr": _form_code(request, published, target),
        "cards": range(CARDS_ON_A_SHEET),
    }


def _form_code(request: HttpRequest, published: Published, target: Target | None) -> str:
    # The picture is made of an address that qr_svg escapes.
    return mark_safe(qr_svg(form_address(request, published, target)))  # noqa: S308
