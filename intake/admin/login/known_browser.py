"""The cookie of a browser in which members logged in: a lock that others caused is not for it."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from intake.arriving.arrivals import arrival_of
from intake.arriving.senders import network_in
from intake.models import StaffUser
from intake.staff.entering.browsers import mark_of
from intake.staff.entering.guesses import Sender

COOKIE = "known-browser"
_SALT = "known-browser"
_SECONDS = 400 * 24 * 3600
# Of those who share a computer the last ones are known.
_MOST_MEMBERS = 8


def sender_of(request: HttpRequest) -> Sender:
    """Who knocks: the network, and which members the browser is known for."""
    network = arrival_of(request.META).network
    if not network:
        network = network_in(request.META)
    browser, *marks = _known(request)
    return Sender(network, browser, frozenset(marks))


def remember(request: HttpRequest, response: HttpResponse, user: StaffUser) -> None:
    """Makes the browser known for this member, who has just proved all three."""
    browser, *marks = _known(request)
    mark = mark_of(user)
    others = [known for known in marks if known != mark]
    kept = [browser or secrets.token_hex(16), *others, mark]
    response.set_signed_cookie(
        COOKIE,
        "-".join([kept[0], *kept[1:][-_MOST_MEMBERS:]]),
        salt=_SALT,
        max_age=_SECONDS,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _known(request: HttpRequest) -> list[str]:
    """The browser's own number, and the marks of its members; '' alone for a stranger's."""
    try:
        value = request.get_signed_cookie(COOKIE, "", salt=_SALT, max_age=_SECONDS)
    except BadSignature:
        value = None
    return (value or "").split("-")
