"""The way back to the list as it was: every page and form below an item carries it along.

An address below the list carries the list's own as Django's admin does, in `_changelist_filters`.
Nothing else of it is believed: it is put behind our own addresses, never followed.
"""

from typing import Any

from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from inspection.admin.offered import WAY_BACK
from intake.admin.items.list_filters import list_address, parameters_of
from intake.models import BoxOpening, SealedMatter, Submission, TransferList

# A list with all of its filters chosen and the longest search needs less.
LONGEST = 2000


def kept_list(request: HttpRequest, model: type[Model] = Submission) -> str:
    """What the list was asked for; '' for what no list of ours asks for, or for the whole list."""
    match = request.resolver_match
    is_list = match is not None and match.url_name == f"intake_{model._meta.model_name}_changelist"
    asked = request.GET.urlencode() if is_list else request.GET.get(WAY_BACK, "")
    if not asked or len(asked) > LONGEST or "\x00" in asked:
        return ""
    wanted = QueryDict(asked)
    names = {PAGE_VAR, ORDER_VAR, SEARCH_VAR, *parameters_of(model)}
    is_ours = set(wanted) <= names and all(len(some) == 1 for _name, some in wanted.lists())
    return wanted.urlencode() if is_ours else ""


def carried(kept: str, start: str = "?") -> str:
    """What an address below the list ends with."""
    return f"{start}{urlencode({WAY_BACK: kept})}" if kept else ""


def item_address(request: HttpRequest, item: Submission, page: str = "change") -> str:
    """The page of an item, or another page below it, with the way back to the list."""
    below = reverse(f"admin:intake_submission_{page}", args=[item.pk])
    return f"{below}{carried(kept_list(request))}"


def row_address(request: HttpRequest, row: TransferList | BoxOpening | SealedMatter) -> str:
    """The page of a row of another list, with the way back to where it was found."""
    return f"{row.get_absolute_url()}{carried(kept_list(request, type(row)))}"


def list_of_row(request: HttpRequest, row: Model) -> str:
    """The list as it was, at the row."""
    model = type(row)
    return list_at(kept_list(request, model), row.pk, model)


def marked_row(row: Model, words: str) -> SafeString:
    """What the first column says, as the place that an address of the list leads to."""
    return format_html('<span id="item-{}">{}</span>', row.pk, words)


def items_list(request: HttpRequest, item: object = None) -> str:
    """The list as it was, at the row of an item."""
    return list_at(kept_list(request), item)


def list_at(kept: str, key: Any = None, model: type[Model] = Submission) -> str:
    """The list that was asked for so, at the row of that key."""
    return f"{list_address(model)}{'?' if kept else ''}{kept}{f'#item-{key}' if key else ''}"
