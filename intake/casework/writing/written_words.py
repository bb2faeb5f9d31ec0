"""What a clerk typed and has not saved: sealed to the clerk's own key, for nobody else.

It is given back after the session ended, and goes when the form is saved. `place` tells the form:
'item:<uuid>' or 'register:<sheet>'.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.models import StaffUser, WrittenDraft
from intake.report.documents import UnreadableReport, facts_in, to_bytes
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring

# Of one form, before it is sealed; and of how many forms for each member, and how long.
MOST_BYTES = 400_000
MOST_PLACES = 30
LONGEST = timedelta(days=30)

Fields = tuple[tuple[str, str], ...]


class TooMuchWritten(ValueError):
    """More than is kept between two savings."""


@dataclass(frozen=True, slots=True, repr=False)
class WrittenWords:
    """Name and value of each field, in their order."""

    saved_at: datetime
    fields: Fields


def keep(fields: Fields, *, place: str, keyring: Keyring, at: datetime) -> None:
    """Replaces what was kept for this place. Raises TooMuchWritten."""
    words = to_bytes("written", fields=fields)
    if len(words) > MOST_BYTES:
        raise TooMuchWritten
    values = {"sealed": keyring.seal_own(words), "saved_at": at}
    _, is_new = WrittenDraft.objects.update_or_create(
        user=keyring.user, place=place, defaults=values
    )
    if is_new:
        _remove_what_is_too_much(keyring.user, at)


def found(place: str, keyring: Keyring) -> WrittenWords | None:
    """What the member has not saved there; what an older key of theirs had sealed is gone."""
    row = WrittenDraft.objects.filter(user=keyring.user, place=place).first()
    if row is None:
        return None
    try:
        fields = facts_in("written", keyring.open_own(bytes(row.sealed)))["fields"]
    except (CannotOpen, UnreadableReport):
        row.delete()
        return None
    return WrittenWords(row.saved_at, tuple((name, value) for name, value in fields))


def kept_by(user: StaffUser) -> dict[str, datetime]:
    """When something was kept, by its place; nothing of it is opened."""
    return dict(WrittenDraft.objects.filter(user=user).values_list("place", "saved_at"))


def forget(place: str, *, by: StaffUser) -> None:
    """After it was saved, or when the member wants it no more."""
    WrittenDraft.objects.filter(user=by, place=place).delete()


def move(place: str, there: str, *, by: StaffUser) -> None:
    """What was kept for one sheet goes on as another, which has nothing yet."""
    WrittenDraft.objects.filter(user=by, place=place).update(place=there)


def _remove_what_is_too_much(user: StaffUser, at: datetime) -> None:
    own = WrittenDraft.objects.filter(user=user)
    own.filter(saved_at__lt=at - LONGEST).delete()
    newest = list(own.order_by("-saved_at").values_list("pk", flat=True)[:MOST_PLACES])
    own.exclude(pk__in=newest).delete()
