"""Whether a move that comes too late is the very one that was just made: a button pressed twice."""

from intake.casework import case_files
from intake.casework.moving import voiding_by_two
from intake.casework.moving.needed import Given
from intake.choices import Action, Status
from intake.models import AuditEvent, StaffUser, Submission
from intake.staff.keyring import Keyring


def was_made(
    item: Submission, to: str, given: Given, *, version: int, by: StaffUser, keyring: Keyring
) -> bool:
    """The last change of the item was this member's same move of this version, in the same words.

    Raises NoDeskAccess.
    """
    if item.version != version + 1 or not _is_there(item, to, by):
        return False
    if to == Status.TO_APPROVE and given.handling != item.proposed:
        return False
    words = list(given.words().values())
    if not words:
        return True
    notes = case_files.open(item, keyring).words.notes[-len(words) :]
    return [note.words for note in notes] == words


def _is_there(item: Submission, to: str, by: StaffUser) -> bool:
    if item.status != to:
        asked = voiding_by_two.pending_of(item)
        return to == Status.VOIDED and asked is not None and asked.asked_by_id == by.pk
    moves = AuditEvent.objects.filter(
        object_type="submission", object_id=str(item.pk), action=Action.MOVE
    )
    last = moves.order_by("-sequence").first()
    return last is not None and last.actor_id == by.pk and last.detail.get("to_status") == to
