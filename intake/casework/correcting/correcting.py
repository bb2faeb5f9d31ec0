"""更正登记: what was registered of an item is set right at its desk, with a reason. Audited.

Of what is sealed only what a clerk noted is sealed anew; what a reporter wrote is never changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.current import Published
from inspection.models import Target
from intake import audit
from intake.access import Deed
from intake.casework import case_files
from intake.casework.correcting.registered import COLUMNS, FOLLOWING, Registered, changes, facts_of
from intake.casework.deadlines import clock_facts
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.registering.taking_in import NumberTaken, refuse_a_number_taken
from intake.casework.together import keeping_digests, passing_on
from intake.casework.versions import hold
from intake.choices import CLOSED_STATUSES, Action, CorrectionReason, NoteKind, Status, Way
from intake.models import StaffUser, Submission
from intake.report.on_paper.told_facts import told_in, with_told
from intake.sealing.sealing import seal
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

# What has left, is done with, or has no number yet, stays as it is.
NOT_CORRECTED = (
    *(Status.UNREGISTERED, Status.VOIDED, *CLOSED_STATUSES),
    *(Status.TRANSFERRED, Status.ACKNOWLEDGED, Status.ANSWERED),
)
NOTE = "更正登记的理由："


class CannotCorrect(ValueError):
    """Why it cannot be corrected so, in a sentence; `field` names what is wrong, '' for all."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class IsAnotherDesks(CannotCorrect):
    """The body goes with another desk: the item has to be sent there first."""

    def __init__(self, target: Target) -> None:
        words = f"“{target.name}”归{target.team.name}，这一件在别的受理席，不能只改单位，要改派。"
        super().__init__("target", words)


@dataclass(frozen=True, slots=True, repr=False)
class Correction:
    """What it is to be; `told` by the names of TOLD_FIELDS, None where nobody may touch it."""

    registered: Registered
    told: Mapping[str, Any] | None = None
    reason: CorrectionReason = CorrectionReason.CHECKED
    words: str = ""


def may_correct(item: Submission, by: StaffUser) -> bool:
    """Whether the page is offered."""
    return by.may(Deed.REGISTER) and item.status not in NOT_CORRECTED


def correct(
    item_id: UUID,
    correction: Correction,
    keyring: Keyring,
    *,
    published: Published,
    version: int | None,
    by: StaffUser,
    at: datetime,
) -> bool:
    """Stores it under one event; False where nothing differs, and then nothing is stored.

    Raises ChangedMeanwhile, CannotCorrect, CannotOpen, and Submission.DoesNotExist.
    """
    if not by.may(Deed.REGISTER):
        raise PermissionDenied
    with transaction.atomic():
        item = hold(item_id, by, version, at=at)
        _refuse(item, correction.registered)
        before = facts_of(item)
        correction.registered.put_into(item, published)
        _refuse_a_number_taken(item)
        said = list(changes(before, facts_of(item)))
        fields = _seal_again(item, correction, keyring)
        if not said and not fields:
            return False
        _set_clock(item)
        if correction.words:
            words = f"{NOTE}{correction.words}"
            case_files.add_note(item, keyring, kind=NoteKind.REASON, words=words, by=by, at=at)
        _store(item, correction.reason, said, fields, by=by, at=at)
        keeping_digests.renew(item, keyring)
        passing_on.pass_on_words(item, keyring, by=by, at=at)
    return True


def _refuse(item: Submission, to_be: Registered) -> None:
    if item.status in NOT_CORRECTED:
        raise CannotCorrect("", f"这一件现在是“{item.get_status_display()}”，登记不能再更正。")
    if (item.way == Way.WEB) != (to_be.way == Way.WEB):
        raise CannotCorrect("way", "网上提交的和别的来件不能互相改。")
    target = to_be.target
    if target and target != item.target and target.team_id != item.desk.team_id:
        raise IsAnotherDesks(target)


def _refuse_a_number_taken(item: Submission) -> None:
    try:
        refuse_a_number_taken(item)
    except NumberTaken as taken:
        raise CannotCorrect("box_number", str(taken)) from taken


def _seal_again(item: Submission, correction: Correction, keyring: Keyring) -> list[str]:
    """Of what was noted; gives the names of what changed."""
    if correction.told is None:
        return []
    opened = open_sealed(bytes(item.sealed), keyring.desk_secret(item.desk))
    stands = told_in(opened)
    fields = [name for name, value in correction.told.items() if value != stands[name]]
    if fields:
        code = item.target.code if item.target else None
        item.sealed = seal(with_told(opened, correction.told, code), audit.recipient_of(item.desk))
        item.sealed_digest = audit.fingerprint(item.sealed)
    return fields


def _set_clock(item: Submission) -> None:
    """What counts from the arrival counts from the right day."""
    steps = clock_facts.steps_so_far([item])[str(item.pk)]
    clock_facts.set_clock(item, steps, RuleBook.read())


def _store(
    item: Submission,
    reason: CorrectionReason,
    said: list[tuple[str, str, str]],
    fields: list[str],
    *,
    by: StaffUser,
    at: datetime,
) -> None:
    detail: dict[str, Any] = {f"from_{name}": old for name, old, _ in said if old}
    detail |= {name: new for name, _, new in said if new}
    if fields:
        detail["fields"] = ",".join(fields)
    audit.record(
        Action.CORRECT_ITEM,
        by=by,
        at=at,
        obj=item,
        desk=item.desk,
        changed=[item],
        reason=reason.value,
        **detail,
    )
    sealed = ("sealed", "sealed_digest") if fields else ()
    item.save(update_fields=[*COLUMNS, *FOLLOWING, *clock_facts.FIELDS, *sealed, "version"])
