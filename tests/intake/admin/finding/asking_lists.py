"""The list of items as a member asks for it, without its page: what it refuses, it refuses here."""

from copy import copy
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from inspection.admin.offered import OfferedList
from intake.admin.items.item_list import SubmissionAdmin
from intake.admin.items.waiting_filters import due_lists_of
from intake.admin.who import desks_of, targets_of
from intake.models import StaffUser, Submission
from tests.making import INSIDE

LIST = "/admin/intake/submission/"


class _Unread(OfferedList):
    """The rows of no page are read."""

    def get_results(self, request: HttpRequest) -> None:
        """Left to whoever counts them."""


class _Lists(SubmissionAdmin):
    def get_changelist(self, request: HttpRequest, **options: Any) -> type[OfferedList]:
        return _Unread


class AskingLists:
    """One member, who asks for many lists at one moment: what all of them need is read once."""

    def __init__(self, user: StaffUser, *, at: datetime = INSIDE) -> None:
        self._request = RequestFactory().get(LIST)
        self._request.user = user
        self._request.received_at = at  # type: ignore[attr-defined]
        for needed in (desks_of, targets_of, due_lists_of):
            needed(self._request)
        self._lists = _Lists(Submission, admin.site)

    def listed(self, query: str) -> "QuerySet[Submission]":
        """All that the list shows at this address, on all of its pages. Raises NotOffered."""
        request = copy(self._request)
        request.GET = QueryDict(query)  # type: ignore[assignment]
        rows: QuerySet[Submission] = self._lists.get_changelist_instance(request).queryset
        return rows
