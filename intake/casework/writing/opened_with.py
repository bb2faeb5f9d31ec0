"""Who else has an item open: told to the members of the same desk, and only while a session lives.

It is no record. `real_at` is the wall's time, by which sessions end.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from intake.models import Desk, DeskAccess, HelpingDesk, Presence, StaffUser, Submission
from intake.models.desk import DeskQuerySet


def note(item: Submission, *, by: StaffUser, real_at: datetime) -> None:
    """The member opened the item; rows of sessions that are over go."""
    Presence.objects.filter(seen_at__lte=_idle_since(real_at)).delete()
    own = Desk.objects.filter(accesses__user=by, round=item.round_id)
    # Who reaches a team's item through the office looks as a member of the office.
    desk = own.filter(pk=item.desk_id).first() or own.of_offices().first() or _helping(own, item)
    if desk is None:
        return
    Presence.objects.update_or_create(
        user=by,
        submission_id=item.pk,
        defaults={
            "desk": desk,
            "opened_at": real_at,
            "seen_at": real_at,
        },
    )


def _helping(own: DeskQuerySet, item: Submission) -> Desk | None:
    """The desk that helps with it, which tells its own members alone."""
    return own.filter(helping__in=HelpingDesk.objects.live().filter(submission=item)).first()


def keep_alive(by: StaffUser, *, real_at: datetime) -> None:
    """The member's session goes on, and with it whatever is open."""
    alive = Presence.objects.filter(user=by, seen_at__gt=_idle_since(real_at))
    alive.update(seen_at=real_at)


def leave(item_id: UUID, *, by: StaffUser, opened_at: datetime) -> None:
    """The page that was opened then was left; one that was opened since stays."""
    Presence.objects.filter(user=by, submission=item_id, opened_at=opened_at).delete()


def leave_all(by: StaffUser) -> None:
    """The member logged out."""
    Presence.objects.filter(user=by).delete()


def others(
    items: Collection[UUID], *, beside: StaffUser, real_at: datetime
) -> dict[UUID, list[str]]:
    """By item the names of the others at the member's own desks, in one query."""
    own = DeskAccess.objects.filter(user=beside).values("desk")
    rows = Presence.objects.filter(
        submission__in=items,
        desk__in=own,
        seen_at__gt=_idle_since(real_at),
        user__is_active=True,
    ).exclude(user=beside)
    names: dict[UUID, list[str]] = {}
    for row in rows.select_related("user").order_by("opened_at", "pk"):
        names.setdefault(row.submission_id, []).append(str(row.user))
    return names


def _idle_since(real_at: datetime) -> datetime:
    return real_at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
