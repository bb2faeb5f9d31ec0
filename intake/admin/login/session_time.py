"""Until when this login lasts, in words on each page; a script warns two minutes before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from inspection import clock
from inspection.screen.asked import received_at
from intake.admin.who import member
from intake.casework.writing import opened_with
from intake.staff.entering.sessions import TimeLeft, time_left


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """The sentence, and for the script how many seconds are left."""

    words: str
    idle: int
    whole: int


def end_of(request: HttpRequest) -> SessionEnd:
    """As of now; this request counts as work."""
    left = time_left(request.session, real_at=clock.real_now())
    words = _words(left, timezone.localtime(received_at(request)))
    return SessionEnd(words, *_seconds(left))


def stay(request: HttpRequest) -> JsonResponse:
    """For the button in the warning: the asking alone keeps the session, as any page does."""
    opened_with.keep_alive(member(request), real_at=clock.real_now())
    return JsonResponse(seconds_left(request))


def seconds_left(request: HttpRequest) -> dict[str, int]:
    """For a script, which counts them down."""
    idle, whole = _seconds(time_left(request.session, real_at=clock.real_now()))
    return {"idle": idle, "whole": whole}


def _seconds(left: TimeLeft) -> tuple[int, int]:
    return int(left.shorter.total_seconds()), int(left.whole.total_seconds())


def _words(left: TimeLeft, at: datetime) -> str:
    """Moments of the page's own clock, which in the demo is not the one on the wall."""
    last = _moment(at, left.whole)
    if left.idle >= left.whole:
        return f"这次登录到 {last} 为止，到时请重新登录"
    return f"没有操作的话，登录到 {_moment(at, left.idle)} 为止；最晚到 {last}"


def _moment(at: datetime, left: timedelta) -> str:
    then = at + left
    return f"{then:%H:%M}" if then.date() == at.date() else f"明天 {then:%H:%M}"
