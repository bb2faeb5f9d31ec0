"""What the page of an item shows of its way: its station, what to do now, its judging."""

from dataclasses import dataclass
from typing import Any

from intake.access import Deed
from intake.admin.judging.judging_form import JudgingForm, facts_in_words
from intake.admin.judging.move_form import MoveForm
from intake.casework.moving.allowing import moves_of
from intake.casework.moving.judging import SETTLED
from intake.casework.moving.needed import not_judged
from intake.casework.moving.voiding_by_two import pending_of
from intake.choices import HANDLED_IN, Handling, Status
from intake.models import StaffUser, Submission, Voiding


@dataclass(frozen=True, slots=True)
class Stage:
    """One station of an item's way."""

    words: str
    is_past: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A request to void it, and whether this member may confirm it."""

    row: Voiding
    is_own: bool


def handling_context(item: Submission, user: StaffUser) -> dict[str, Any]:
    """For the partials in `submission/handling/`."""
    waiting = pending_of(item)
    forms = [MoveForm(move) for move in moves_of(item, user)] if waiting is None else []
    may_judge = user.may(Deed.JUDGE) and item.status not in SETTLED
    return {
        "way": way_of(item),
        "move_forms": [form for form in forms if not form.move.is_last],
        "rare_forms": [form for form in forms if form.move.is_last],
        "pending": Pending(waiting, waiting.asked_by_id == user.pk) if waiting else None,
        "may_void": user.may(Deed.VOID),
        "unjudged": not_judged(item) if item.status == Status.TO_ASSESS else [],
        "judged": facts_in_words(item),
        "judging_form": JudgingForm(item) if may_judge else None,
    }


def way_of(item: Submission) -> list[Stage]:
    """From registering to the archive, with the statuses of the way in which it is handled."""
    handled = item.handled_as or item.proposed
    middle = HANDLED_IN[Handling(handled)] if handled else ()
    end = Status.NOT_ARCHIVED if item.status == Status.NOT_ARCHIVED else Status.ARCHIVED
    stations = [Status.UNREGISTERED, Status.TO_ASSESS, Status.TO_APPROVE, *middle]
    stations += [Status.CLOSED, end]
    words = [str(one.label) for one in stations]
    if not middle:
        words.insert(3, "办理")
    if item.status not in stations:
        # It has left the way: a side status stands at the end of what it had passed.
        return [Stage(words[0], True, False), Stage(str(item.get_status_display()), False, True)]
    now = words.index(str(Status(item.status).label))
    return [Stage(one, place < now, place == now) for place, one in enumerate(words)]
