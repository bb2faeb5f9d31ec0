"""Who makes a request, read together with the moment at which the first of their accesses ends."""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery

from intake.models import DeskAccess, StaffUser
from intake.staff import accesses


class MemberBackend(ModelBackend):
    """Django's; a substitute's end costs no query of its own."""

    def get_user(self, user_id: Any) -> StaffUser | None:
        ends = DeskAccess.objects.filter(user=OuterRef("pk"), until__isnull=False)
        first = Subquery(ends.order_by("until").values("until")[:1])
        user = StaffUser.objects.annotate(first_end=first).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def first_end_of(user: StaffUser | AnonymousUser) -> datetime | None:
    """When the first access of the member who asks ends by itself."""
    end: datetime | None = getattr(user, "first_end", None)
    return end


def end_what_is_over(user: Any, *, at: datetime) -> None:
    """Before anything else of a request is looked at."""
    end = first_end_of(user)
    if end is not None and end <= at:
        accesses.end_over(at=at, of=user)
