"""What every address that takes a form does when it cannot: nothing typed is lost."""

import errno
import logging
from collections.abc import Callable

from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse

from intake.abuse.floods import TooMany
from intake.audit import NotGenuine
from intake.citizen.incoming import guarding
from intake.citizen.incoming.what_was_sent import NO_ROOM, CannotRead, FilesRefused, Typed, read
from intake.citizen.pages import not_sent
from intake.filing.desks_now import NoDesk

logger = logging.getLogger(__name__)

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What PostgreSQL calls it.
_FULL_DATABASE = "53100"


def take(
    request: HttpRequest, answer: Callable[[HttpRequest, Typed], HttpResponse], *, address: str
) -> HttpResponse:
    """The answer to what was typed; or why there is none, with everything to send again.

    A full disk and a database that is away are told as 503. Only the kind of an error is
    logged: its words may hold what was typed.
    """
    try:
        typed = read(request)
    except CannotRead as problem:
        response = not_sent.refused(
            request,
            problem.typed,
            status=problem.status,
            sentences=[problem.sentence],
            # Of what was not read nothing can be sent again from this page.
            again=address if problem.typed.data else "",
        )
        if problem.status in (429, 503):
            response.headers["Retry-After"] = "60"
        return response
    except FilesRefused as refused:
        return guarding.refused(request, refused.typed, refused.many, again=address)
    try:
        return answer(request, typed)
    except TooMany as many:
        return guarding.refused(request, typed, many, again=address)
    except (AnyDatabaseError, OSError, NoDesk, NotGenuine) as error:
        logger.error("%s: not done: %s", address, type(error).__name__)  # noqa: TRY400
        why = NO_ROOM if typed.files and _is_full(error) else not_sent.AWAY
        return not_sent.refused(request, typed, status=503, sentences=[why], again=address)


def _is_full(error: Exception) -> bool:
    """Whether there is no room left on a disk: ours or the database's."""
    cause = error.__cause__
    return (
        getattr(error, "errno", None) in _FULL
        or getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL"
        or getattr(cause, "sqlstate", "") == _FULL_DATABASE
    )
