"""What is being typed, kept every few seconds, and given back to the same person.

A form of the staff takes part by one mark, `{% written … %}` inside it, and its place in the table
of `written_places`: a script keeps what is typed and offers it again, and a form that was taken
needs it no more. All forms work without it. Two whose page the server fills in again do more:

- its page puts `written_in(request, place, …)` into its context, includes `admin/_written.html`
  above the form and `admin/_written_mark.html` in it, and loads `intake/written.js`; a page of
  which several sheets may be open puts `written_on_other_sheets` there instead;
- its view, before it reads the form, asks `answer_of(request, place)`: what was put back is the
  data of the form to show, and nothing is saved yet;
- after saving, it calls `forget_saved(request, place)`.

What waits for a decision is neither written over nor removed before the member decides.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from http import HTTPStatus

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
from intake.admin.who import member, once, round_of
from intake.admin.writing.written_places import is_there, read_place
from intake.casework.writing import opened_with, written_words
from intake.casework.writing.written_words import TooMuchWritten
from intake.staff.keyring import KeyringMissing, keyring_of

PUT_BACK, THROW_AWAY, HERE = "_put_back", "_throw_away", "_written"
# Comes with a form beside which words still waited.
UNDECIDED = "_undecided"


class Answer(Enum):
    """What a member pressed of what was not saved."""

    NOTHING = auto()
    THROWN_AWAY = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """For the page: the place of what is typed; when something was kept, if ever, and where."""

    place: str
    kept: str = ""
    found_at: str = ""

    @property
    def keep_at(self) -> str:
        """The address that keeps what is typed."""
        return reverse("admin:written", args=[self.place])

    @property
    def is_in_the_way(self) -> bool:
        """Whether keeping what is typed would write over what waits."""
        return bool(self.kept) and self.found_at == self.place


def written_in(request: HttpRequest, place: str, *, is_sent: bool) -> Written:
    """Whether something of the member's own waits there; `is_sent` where the form itself came.

    What came with it is the member's latest, unless the older words still waited beside it.
    """
    is_asked = not is_sent or UNDECIDED in request.POST
    found = written_words.found(place, keyring_of(request)) if is_asked else None
    return Written(place, _moment(request, found.saved_at), place) if found else Written(place)


def written_on_other_sheets(request: HttpRequest, place: str) -> Written:
    """The newest that waits on another sheet of the same page; no sheet is in another's way."""
    name = place.partition(":")[0]
    kept = written_words.kept_by(member(request)) if request.method != "POST" else {}
    others = {other for other in kept if other.partition(":")[0] == name} - {place}
    for other in sorted(others, key=kept.__getitem__, reverse=True):
        if written_words.found(other, keyring_of(request)):
            return Written(place, _moment(request, kept[other]), other)
    return Written(place)


def forget_saved(request: HttpRequest, place: str) -> None:
    """After the form was saved; what still waits there was not part of it."""
    if UNDECIDED not in request.POST:
        written_words.forget(place, by=member(request))


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


def kept_since(request: HttpRequest, place: str) -> str:
    """When the member's words there were kept; one query for all forms of a page."""

    def find() -> dict[str, datetime]:
        return written_words.kept_by(member(request))

    at = once(request, "written", find).get(place)
    return _moment(request, at) if at else ""


def forget_what_was_taken(request: HttpRequest, response: HttpResponse) -> None:
    """After a form that leads on; whoever must log in first has not been taken."""
    place, leads_on = request.POST.get(HERE), response.status_code == HTTPStatus.FOUND
    if place and leads_on and not response["Location"].startswith(reverse("admin:login")):
        written_words.forget(place, by=member(request))


@only_post
def keep_view(request: HttpRequest, place: str) -> HttpResponse:
    """POST the fields of a form: kept for the member alone. Says when, and how long is left.

    With PUT_BACK what is kept comes back as names and values, with THROW_AWAY it goes.
    """
    user, at = member(request), received_at(request)
    if not user.may(Deed.OPEN):
        raise PermissionDenied
    known = read_place(place)
    if known is None or not is_there(place, user):
        raise Http404
    if not user.may(known.deed):
        raise PermissionDenied
    try:
        if PUT_BACK in request.POST or THROW_AWAY in request.POST:
            return _answered(request, place)
        typed = kept_words.typed_in(request)
        written_words.keep(typed.fields, place=place, keyring=keyring_of(request), at=at)
    except KeyringMissing:
        return HttpResponse(status=403)
    except TooMuchWritten:
        return HttpResponse(status=413)
    opened_with.keep_alive(user, real_at=clock.real_now())
    return JsonResponse({"kept": _moment(request, at), **seconds_left(request)})


def _answered(request: HttpRequest, place: str) -> HttpResponse:
    answer = answer_of(request, place)
    lists = answer.lists() if isinstance(answer, QueryDict) else ()
    fields = [(name, value) for name, values in lists for value in values]
    return JsonResponse({"fields": fields}, headers={"Cache-Control": "no-store"})


def _moment(request: HttpRequest, at: datetime) -> str:
    round_ = round_of(request)
    return moment(at, round_.zone) if round_ else ""
