"""Words that the items of a batch share: sealed to the clerk's own key, in no address.

They are kept with what is being typed, under a place of their own, until the batch ends.
"""

from collections.abc import Mapping
from datetime import datetime

from intake.casework.writing import written_words
from intake.staff.keyring import Keyring

SHARED = ("origin_detail",)
_PLACE = "batch"


def keep(typed: Mapping[str, str], keyring: Keyring, *, at: datetime) -> None:
    """For the next item; where there are none, the last ones are forgotten."""
    fields = tuple((name, typed[name]) for name in SHARED if typed.get(name))
    if fields:
        written_words.keep(fields, place=_PLACE, keyring=keyring, at=at)
    else:
        written_words.forget(_PLACE, by=keyring.user)


def found(keyring: Keyring) -> dict[str, str]:
    """What the item before had."""
    words = written_words.found(_PLACE, keyring)
    return dict(words.fields) if words else {}
