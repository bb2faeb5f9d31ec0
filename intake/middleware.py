"""What every request and response passes through."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

from inspection import clock
from inspection.screen.asked import received_at
from intake.arriving.arrivals import arrival_of
from intake.arriving.policy_headers import PERMISSIONS_POLICY, policy_text
from intake.arriving.sender_addresses import meta_name
from intake.citizen.views.error_pages import took_too_long, unavailable
from intake.staff.entering import sessions
from intake.staff.entering.member_backend import end_what_is_over

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

# The slowest upload takes less; a clock that is off by more is not believed.
LONGEST_WAIT = timedelta(hours=1)
# What PostgreSQL says of a statement that it ended, by its own limit or because it was told to.
STATEMENT_CUT = "57014"
_REQUEST_START = re.compile(r"t=(\d{10}(?:\.\d{1,6})?)", re.ASCII)


class ReceivedAtMiddleware:
    """Notes the moment at which a request reaches the server.

    It stands first, so that a slow upload counts from its beginning. What waited before a
    trusted proxy passed it on counts from the moment that the proxy writes into
    `X-Request-Start` ('t=1750435199.123', seconds since 1970).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        waited = max(_waited(request), timedelta(seconds=arrival_of(request.META).seconds))
        request.received_at = clock.now() - waited  # type: ignore[attr-defined]
        return self.get_response(request)


def _waited(request: HttpRequest) -> timedelta:
    """How long the request waited at a trusted proxy; nothing where that cannot be known."""
    if request.META.get("REMOTE_ADDR", "") not in settings.TRUSTED_PROXIES:
        return timedelta(0)
    stated = _REQUEST_START.fullmatch(request.META.get(meta_name(settings.START_HEADER), ""))
    if stated is None:
        return timedelta(0)
    waited = timedelta(seconds=clock.real_now().timestamp() - float(stated[1]))
    return waited if timedelta(0) < waited < LONGEST_WAIT else timedelta(0)


class ContentSecurityPolicyMiddleware:
    """Sends settings.SECURE_CSP; named as in Django 6.0, to be replaced by it at 6.2."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = policy_text(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class HeadersAnywayMiddleware:
    """Gives Django's security headers also to what its own middleware refuses: a strange host."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.security = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.security.process_response(request, self.get_response(request))


class PermissionsPolicyMiddleware:
    """Forbids the pages what they never ask for, so that nothing slipped in could."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class DatabaseAwayMiddleware:
    """Answers 503 in plain words when the database does not answer, on every page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Takes only what means that the database is away; the rest is a fault of ours."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        if getattr(exception.__cause__, "sqlstate", "") == STATEMENT_CUT:
            logger.error("the database took too long and was stopped", exc_info=exception)
            return took_too_long(request)
        logger.error("the database does not answer", exc_info=exception)
        return unavailable(request)


class SessionEndMiddleware:
    """Ends a session after twelve hours, one of whoever was shut out, and a substitute's access.

    Else the second would live again when the member may come back.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The citizen's pages look into no session, and so need not vary by the cookie.
        if request.path.startswith(settings.SESSION_COOKIE_PATH) and sessions.is_somebody_s(
            request.session
        ):
            is_over = sessions.time_left(request.session, real_at=clock.real_now()).is_over
            is_shut_out = SESSION_KEY in request.session and not request.user.is_authenticated
            if is_over or is_shut_out:
                request.session.flush()
                request.user = AnonymousUser()
            else:
                end_what_is_over(request.user, at=received_at(request))
        return self.get_response(request)


class StaffReferrerMiddleware:
    """Lets the staff's pages tell this very site where a form comes from.

    Under 'no-referrer' browsers send `Origin: null` with a form, and Django's CSRF check refuses.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(settings.SESSION_COOKIE_PATH):
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response
