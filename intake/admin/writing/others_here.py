"""'李（演示）也打开着这一件': in the list and on the page."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inspection import clock
from intake.admin.who import member
from intake.casework.writing import opened_with
from intake.models import StaffUser, Submission

_NAMES = "_open_with"


def mark_what_others_have_open(items: Iterable[Submission], *, beside: StaffUser) -> None:
    """Writes their names to the rows of a page, by one query."""
    rows = list(items)
    keys = [row.pk for row in rows]
    names = opened_with.others(keys, beside=beside, real_at=clock.real_now())
    for row in rows:
        setattr(row, _NAMES, names.get(row.pk, []))


def noted_here(request: HttpRequest, item: Submission) -> dict[str, Any]:
    """Of a page that opened the item: the member has it open; who else, for `_here.html`."""
    user, real_at = member(request), clock.real_now()
    opened_with.note(item, by=user, real_at=real_at)
    mark_what_others_have_open([item], beside=user)
    return {"open_with": open_with_words(item), "here_since": real_at}


def open_with_words(item: Submission) -> str:
    """'' where nobody else has it open; of a row that was marked."""
    names: list[str] = getattr(item, _NAMES, [])
    return f"{'、'.join(names)}也打开着这一件" if names else ""


def open_with_html(item: Submission) -> SafeString:
    words = open_with_words(item)
    return format_html('<span class="quiet open-with">{}</span>', words) if words else SafeString()
