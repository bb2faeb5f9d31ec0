"""Every form of the staff whose words outlive the session: one table of places.

A template marks its form with `{% written "move" submission.pk form.move.to %}`; the place is then
'move:<key of the item>:<status>'. Who may not do the deed keeps nothing there, and a place beside a
row that is not there for the member is not there either.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from intake.access import Deed
from intake.models import BoxOpening, StaffUser, Submission, TransferList

LONGEST = 60
_PLACE = re.compile(r"([a-z_]{1,12})(?::([0-9a-f-]{1,36}))?(?::([a-z0-9_]{1,20}))?")


@dataclass(frozen=True, slots=True)
class Place:
    """The deed that its form does, and of what its key is; None for a form beside no row."""

    deed: Deed
    beside: Any = None


PLACES: Mapping[str, Place] = {
    "register": Place(Deed.REGISTER),
    "web": Place(Deed.REGISTER, Submission),
    "correct": Place(Deed.REGISTER, Submission),
    "item": Place(Deed.WRITE_CASE, Submission),
    "reporter": Place(Deed.WRITE_CASE, Submission),
    "move": Place(Deed.OPEN, Submission),
    "several": Place(Deed.HANDLE),
    "judge": Place(Deed.JUDGE, Submission),
    "reroute": Place(Deed.REROUTE, Submission),
    "pause": Place(Deed.PAUSE_CLOCK, Submission),
    "extend": Place(Deed.APPROVE, Submission),
    "told": Place(Deed.HANDLE, Submission),
    "opinion": Place(Deed.WRITE_CASE, Submission),
    "recuse": Place(Deed.RECUSE, Submission),
    "unlink": Place(Deed.OPEN, Submission),
    "notice": Place(Deed.LOAD_NOTICE),
    "hold": Place(Deed.ARCHIVE),
    "appraise": Place(Deed.ARCHIVE),
    "open_box": Place(Deed.OPEN_BOXES),
    "box": Place(Deed.OPEN_BOXES, BoxOpening),
    "list": Place(Deed.NOTIFY, TransferList),
    "entry": Place(Deed.NOTIFY, TransferList),
}


def place_named(name: str, key: object = None, part: object = None) -> str:
    """What an address and a row call it. Raises KeyError for a name that the table lacks."""
    place = PLACES[name]
    words = [name, *(str(one) for one in (key, part) if one is not None)]
    found = ":".join(words)
    if (key is not None) is not (place.beside is not None) or not read_place(found):
        raise KeyError(found)
    return found


def sheet_named(name: str, nonce: str) -> str:
    """The place of one sheet of a form of which several may be open."""
    return f"{place_named(name)}:{hashlib.sha256(nonce.encode()).hexdigest()[:32]}"


def read_place(typed: str) -> Place | None:
    """The entry of a place that an address names; None for what is none."""
    match = _PLACE.fullmatch(typed)
    return PLACES.get(match[1]) if match and len(typed) <= LONGEST else None


def is_there(typed: str, user: StaffUser) -> bool:
    """Whether the row beside which it stands is one that the member sees."""
    place, (_, _, rest) = read_place(typed), typed.partition(":")
    if place is None or place.beside is None or not rest:
        return place is not None
    key = rest.partition(":")[0]
    rows = place.beside.objects
    shown = [rows.visible_to(user)]
    if place.beside is Submission:
        shown.append(rows.helped_by(user))
    try:
        return any(some.filter(pk=key).exists() for some in shown)
    except (ValidationError, ValueError):
        return False
