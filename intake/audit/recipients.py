"""Whom to seal to: nobody exchanges a public key in the database unseen.

Each stands beside a code under `AUDIT_KEY` that binds it to its desk or member; to check it takes
no query, so that the way of a citizen's report stays short. Members get new keys, and an old
pair could be put back: before a desk is granted the last event about the key must agree too.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from intake.audit.chain import is_genuine
from intake.audit.covering import prints_of
from intake.audit.keyed import PRINT_LENGTH, code_of, is_code_of
from intake.choices import Action, DeskKind
from intake.models import AuditEvent, Desk, StaffKey


class NotGenuine(RuntimeError):
    """A public key is not the one that was set up; nothing is sealed to it."""


def desk_code(round_id: int, kind: str, team_id: int | None, recipient: str) -> str:
    """What stands beside a desk's recipient."""
    return code_of("desk", round_id, _place(kind, team_id), recipient)


def key_code(user_id: int, recipient: str) -> str:
    """What stands beside a member's recipient."""
    return code_of("staffkey", user_id, recipient)


def is_genuine_desk(desk: Desk) -> bool:
    """Whether the desk's recipient is the one that it was set up with."""
    place = _place(desk.kind, desk.team_id)
    facts = (desk.recipient_code, desk.round_id, place, desk.recipient)
    return _is_code_of_desk(settings.AUDIT_KEY, *facts)


@lru_cache(maxsize=256)
def _is_code_of_desk(
    key: bytes, code: str, round_id: int, place: int | str | None, recipient: str
) -> bool:
    """Each report asks twice, and of the same values under the same `key` nothing changes."""
    return is_code_of(code, "desk", round_id, place, recipient)


def _place(kind: str, team_id: int | None) -> int | str | None:
    """A desk's place in its round; codes of before there were kinds know a team or none."""
    return team_id if kind in (DeskKind.OFFICE, DeskKind.TEAM) else str(kind)


def recipient_of(desk: Desk) -> str:
    """The recipient to seal to. Raises NotGenuine."""
    if not is_genuine_desk(desk):
        raise NotGenuine(f"the recipient of desk {desk.pk} was exchanged")
    return desk.recipient


def superseded_desks(desks: Iterable[Desk]) -> set[int]:
    """The keys of those whose recipient is an older one of their own, put back.

    Its code is right. What the last exchange gave stands in the chain; a desk without any has the
    one of its set-up. One query for all of them, and none where none was ever exchanged.
    """
    by_id = {str(desk.pk): desk for desk in desks}
    about = Q(action=Action.BEGIN_ROTATION, object_id__in=list(by_id))
    known = AuditEvent.objects.filter(about | Q(action=Action.CLOSE_CHAIN))
    last: dict[str, str] = {}
    for event in known.order_by("sequence"):
        if event.action == Action.CLOSE_CHAIN:
            # It took the keys as they stood then.
            last.clear()
        elif is_genuine(event):
            changed = event.covers.get("changed", {}).get("desk", {}).get(event.object_id, {})
            last[event.object_id] = str(changed.get("recipient", ["", ""])[1])
    return {
        desk.pk
        for key, desk in by_id.items()
        if key in last and last[key] != prints_of("desk", desk.pk, ["recipient"], [desk.recipient])
    }


def recipient_of_member(key: StaffKey) -> str:
    """The recipient of a member's key to seal to. Raises NotGenuine."""
    is_ours = is_code_of(key.recipient_code, "staffkey", key.user_id, key.recipient)
    if not is_ours or not _is_the_last(key):
        raise NotGenuine(f"the recipient of staff user {key.user_id} was exchanged")
    return key.recipient


def _is_the_last(key: StaffKey) -> bool:
    about = Q(object_type="staffuser", object_id=str(key.user_id)) | Q(action=Action.CLOSE_CHAIN)
    expected = prints_of("staffkey", key.pk, ["recipient"], [key.recipient])
    for event in AuditEvent.objects.filter(about).order_by("-sequence").iterator(chunk_size=50):
        if event.covers and not is_genuine(event):
            return False
        recorded = _recorded(event, str(key.pk))
        if recorded is not None:
            return recorded == expected
    return True


def _recorded(event: AuditEvent, pk: str) -> str | None:
    """The print of the recipient that an event gave to a key."""
    name, width = "staffkey", PRINT_LENGTH
    made = event.covers.get("made", {}).get(name, {}).get(pk)
    if made is not None:
        place = event.covers["columns"][name].index("recipient") * width
        return str(made[place : place + width])
    changed = event.covers.get("changed", {}).get(name, {}).get(pk, {})
    return str(changed["recipient"][1]) if "recipient" in changed else None
