"""The list of items as a member asks for it, without its page: what it refuses, it refuses here."""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.test import RequestFactory

from intake.models import StaffUser, Submission
from tests.making import INSIDE

LIST = "/admin/intake/submission/"


def listed(user: StaffUser, query: str, *, at: datetime = INSIDE) -> "QuerySet[Submission]":
    """All that the list shows at this address, on all of its pages. Raises NotOffered."""
    request = RequestFactory().get(f"{LIST}?{query}")
    request.user = user
    request.received_at = at  # type: ignore[attr-defined]
    found = admin.site.get_model_admin(Submission).get_changelist_instance(request)
    rows: QuerySet[Submission] = found.queryset
    return rows
