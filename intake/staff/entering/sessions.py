"""Until when a member stays logged in, and how all sessions of one end at once.

Sessions run on real time: some idle minutes end one, and twelve hours any.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from intake.models import StaffUser

_BEGAN = "began"
# Where a session remembers who is between the right password and being in.
HALF_WAY = "half_way"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long a session lasts from now on: without another request, and at all."""

    idle: timedelta
    whole: timedelta

    @property
    def is_over(self) -> bool:
        return self.whole <= timedelta(0)

    @property
    def shorter(self) -> timedelta:
        return min(self.idle, self.whole)


def is_somebody_s(session: SessionBase) -> bool:
    """Whether a member is logged in under it, or half way to it."""
    return _BEGAN in session or SESSION_KEY in session


def begin(session: SessionBase, *, real_at: datetime) -> None:
    """Notes when the member came in."""
    session[_BEGAN] = int(real_at.timestamp())


def time_left(session: SessionBase, *, real_at: datetime) -> TimeLeft:
    """Nothing is left of a session that never began."""
    began = session.get(_BEGAN, 0)
    whole = timedelta(seconds=began + settings.SESSION_LONGEST_SECONDS - real_at.timestamp())
    return TimeLeft(timedelta(seconds=settings.SESSION_COOKIE_AGE), whole)


def is_still_in(session: SessionBase, user: StaffUser, *, real_at: datetime) -> bool:
    """Whether this very login holds as it was made, while a long answer of it goes on."""
    if time_left(session, real_at=real_at).is_over:
        return False
    kept = Session.objects.filter(pk=session.session_key, expire_date__gt=real_at)
    same = StaffUser.objects.filter(pk=user.pk, is_active=True, role=user.role)
    return kept.exists() and same.exists()


def end_all_of(user: StaffUser, *, but: str | None = None) -> None:
    """Removes the member's sessions, so that none lives again, with the half of the keys in it.

    The one that asks for it (`but`) could not be saved any more, and ends with its next request.
    """
    for session in Session.objects.exclude(session_key=but or ""):
        held = session.get_decoded()
        half_way = held.get(HALF_WAY, {}).get("user")
        if held.get(SESSION_KEY) == str(user.pk) or half_way == user.pk:
            session.delete()
