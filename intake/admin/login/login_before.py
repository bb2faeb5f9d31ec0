"""The login before this one, for the start page: asked once when somebody comes in.

What is kept in the session is a moment and a number; the page of the own logins tells the rest.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from intake.models import StaffUser
from intake.staff.entering.own_logins import own_logins

_KEY = "login_before"


@dataclass(frozen=True, slots=True)
class LoginBefore:
    """`at` is None where none is known; with `has_more` there were more failures since."""

    at: datetime | None
    failures: int
    has_more: bool


def note(request: HttpRequest, user: StaffUser) -> None:
    """Into the session that has just begun."""
    told = own_logins(user)
    at = told.before.at.isoformat() if told.before else ""
    request.session[_KEY] = [at, told.failures, told.has_more]


def login_before(request: HttpRequest) -> LoginBefore | None:
    """None in a session that began before this was noted."""
    kept = request.session.get(_KEY)
    if kept is None:
        return None
    at, failures, has_more = kept
    return LoginBefore(datetime.fromisoformat(at) if at else None, failures, has_more)
