"""What is being typed, kept every few seconds, and given back to the same person.

A form of the staff takes part in three steps, and works without any of it:

- its page puts `written_in(request, place)` into its context, includes `admin/_written.html` above
  the form, gives the form `data-written="{{ written.keep_at }}"`, includes
  `admin/_written_status.html` in it, and loads `intake/written.js`;
- its view, before it reads the form, asks `answer_of(request, place)`: what was put back is the
  data of the form to show, and nothing is saved yet;
- after saving, it calls `written_words.forget(place, by=…)`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import QueryDict
from django.urls import reverse

from inspection import clock
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import kept_words
from intake.admin.items.item_lines import moment
from intake.admin.link_targets import only_post
from intake.admin.login.session_time import seconds_left
from intake.admin.who import member, round_of
from intake.casework.writing import opened_with, written_words
from intake.casework.writing.written_words import TooMuchWritten
from intake.staff.keyring import KeyringMissing, keyring_of

PUT_BACK, THROW_AWAY = "_put_back", "_throw_away"
_PLACE = re.compile(r"[a-z]{1,20}(:[0-9a-f-]{1,36})?")


class Answer(Enum):
    """What a member pressed of what was not saved."""

    NOTHING = auto()
    THROWN_AWAY = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """For the page: where to keep what is typed, and when it was kept last, if ever."""

    keep_at: str
    kept: str = ""


def written_in(request: HttpRequest, place: str) -> Written:
    """Whether something of the member's own waits there."""
    found = written_words.found(place, keyring_of(request))
    kept = _moment(request, found.saved_at) if found else ""
    return Written(reverse("admin:written", args=[place]), kept)


def answer_of(request: HttpRequest, place: str) -> QueryDict | Answer:
    """What was put back, as if it had just been typed; or that the member decided otherwise."""
    if THROW_AWAY in request.POST:
        written_words.forget(place, by=member(request))
        return Answer.THROWN_AWAY
    if PUT_BACK not in request.POST:
        return Answer.NOTHING
    found = written_words.found(place, keyring_of(request))
    data = QueryDict(mutable=True)
    for name, value in found.fields if found else ():
        data.appendlist(name, value)
    return data if found else Answer.THROWN_AWAY


@only_post
def keep_view(request: HttpRequest, place: str) -> HttpResponse:
    """POST the fields of a form: kept for the member alone. Says when, and how long is left."""
    user, at = member(request), received_at(request)
    if not user.may(Deed.WRITE_CASE):
        raise PermissionDenied
    if not _PLACE.fullmatch(place):
        raise Http404
    try:
        typed = kept_words.typed_in(request)
        written_words.keep(typed.fields, place=place, keyring=keyring_of(request), at=at)
    except KeyringMissing:
        return HttpResponse(status=403)
    except TooMuchWritten:
        return HttpResponse(status=413)
    opened_with.keep_alive(user, real_at=clock.real_now())
    return JsonResponse({"kept": _moment(request, at), **seconds_left(request)})


def _moment(request: HttpRequest, at: datetime) -> str:
    round_ = round_of(request)
    return moment(at, round_.zone) if round_ else ""
