"""What a deed on a list means for its items: each goes on with its list. Audited."""

from collections.abc import Iterable
from datetime import date, datetime

from intake.casework import case_files
from intake.casework.moving.allowing import CannotMove
from intake.casework.moving.move_table import Through
from intake.casework.moving.moving import move
from intake.casework.transfers.list_faults import Given, NotFilled
from intake.casework.transfers.list_table import Asked, Step
from intake.casework.versions import hold
from intake.choices import NoteKind, Status
from intake.models import StaffUser, TransferEntry
from intake.staff.keyring import Keyring

_AT_THE_RECEIVER: tuple[Status, ...] = (Status.TRANSFERRED, Status.ACKNOWLEDGED)
# From where an item goes on with its list, and to where; one that went its own way stays there.
_ITEMS_GO: dict[Step, tuple[tuple[Status, ...], Status]] = {
    Step.SEND: ((Status.TO_TRANSFER,), Status.TRANSFERRED),
    Step.SIGN: ((Status.TRANSFERRED,), Status.ACKNOWLEDGED),
    Step.ANSWER: ((Status.ACKNOWLEDGED,), Status.ANSWERED),
}
# The clock of an item begins on the day that the list names, not when somebody entered it.
_DAY_OF = {
    Step.SEND: "sent_on",
    Step.SIGN: "signed_on",
    Step.ANSWER: "feedback_on",
    Step.TAKE_BACK: "returned_on",
}


def keep_results(
    entries: Iterable[TransferEntry],
    given: Given,
    *,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
) -> None:
    """What the body wrote about a notice goes into each item's case file, sealed as any result.

    The items stay where they are, and one that went its own way keeps the result that it has.
    """
    note = (NoteKind.RESULT, given.result.strip())
    for entry in entries:
        item = hold(entry.submission_id, by, None, at=at)
        if item.status == Status.FIXING:
            case_files.amend(
                item, keyring, by=by, at=at, note=note, is_own_deed=True, result=note[1]
            )


def move_items(
    step: Step,
    entries: Iterable[TransferEntry],
    given: Given,
    *,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
) -> None:
    """Moves those that are where the deed finds them. Raises NotFilled where one cannot go."""
    back = (_AT_THE_RECEIVER, Status(given.back_to)) if step == Step.TAKE_BACK else None
    going = back or _ITEMS_GO.get(step)
    if going is None:
        return
    befores, to = going
    on: date = getattr(given, _DAY_OF[step])
    words = {"reason": given.reason, "result": given.result}
    for entry in entries:
        if entry.submission.status not in befores:
            continue
        try:
            move(
                entry.submission_id,
                to,
                version=None,
                by=by,
                at=at,
                keyring=keyring,
                through=Through.TRANSFERS,
                on=on,
                **words,
            )
        except CannotMove as error:
            raise NotFilled({Asked.ENTRIES.value: f"{entry.submission}：{error}"}) from error
