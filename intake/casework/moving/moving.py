"""Moving an item from one status to another, as the table of moves says. Audited.

The words of a deed go sealed into the case file; the event says that there are some.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake import audit
from intake.casework import case_files
from intake.casework.deadlines import clock_facts, pausing
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.ending.holds import words_of_hold
from intake.casework.moving import voiding_by_two
from intake.casework.moving.allowing import CannotMove, MayNotMove, allowed_move
from intake.casework.moving.move_table import APPROVED_TO, Move, Need, Through
from intake.casework.moving.needed import Given, Missing, missing_for
from intake.casework.together import helping
from intake.casework.versions import hold
from intake.choices import (
    APPRAISED_STATUSES,
    CLOSED_STATUSES,
    HELP_ENDS_IN,
    Action,
    Handling,
    NoteKind,
    Status,
    VoidingEnd,
)
from intake.models import StaffUser, Submission, Voiding
from intake.staff.keyring import Keyring

# What was proposed, approved and done begins anew in these.
_ANEW = (Status.TO_ASSESS, Status.RETURNED, Status.REPEAT)
_FIELDS = (
    "status",
    "status_since",
    "proposed",
    "proposed_by",
    "proposed_at",
    "approved_by",
    "approved_at",
    "handled_as",
    "closed_at",
    "version",
    *clock_facts.FIELDS,
)
_HANDLING_OF = {status: handling for handling, status in APPROVED_TO.items()}


def move(
    item_id: UUID,
    to: str,
    *,
    version: int | None,
    by: StaffUser,
    at: datetime,
    keyring: Keyring,
    through: Through = Through.PAGE,
    on: date | None = None,
    **needed: str,
) -> Submission:
    """Moves the item, or asks for what needs a second person; gives the item as it is now.

    `needed` are the fields of `Given`: handling, opinion, reason, result. `on` is the day when it
    happened, where that is entered afterwards.
    Raises Submission.DoesNotExist at a desk of somebody else, ChangedMeanwhile, CannotMove,
    MayNotMove, and Missing with a sentence for each field that is not filled.
    """
    given = Given(**needed)
    with transaction.atomic():
        item = hold(item_id, by, version, at=at)
        row = allowed_move(item, to, by, through)
        pending = voiding_by_two.pending_of(item)
        _refuse_what_waits(row, pending, by)
        if row.to in APPRAISED_STATUSES and (words := words_of_hold(item)):
            raise CannotMove(words)
        if row.to == Status.VOIDED:
            voiding_by_two.refuse_with_repeats(item)
        needs = () if pending else row.needs
        if lacking := missing_for(needs, item, given):
            raise Missing(lacking)
        if given.words() and not pending:
            _keep_words(item, row, given, keyring=keyring, by=by, at=at)
        if Need.SECOND_PERSON in needs:
            voiding_by_two.ask(item, by=by, at=at)
            return item
        _go(item, row, given, pending, by=by, at=at, on=on)
    return item


def _refuse_what_waits(row: Move, pending: Voiding | None, by: StaffUser) -> None:
    if pending is None:
        return
    if row.to != Status.VOIDED:
        raise CannotMove(_("有人申请作废这一件。请先确认，或者撤下申请。"))
    if pending.asked_by_id == by.pk:
        raise MayNotMove(_("您申请的作废，要由别人确认。"))


def _keep_words(
    item: Submission,
    row: Move,
    given: Given,
    *,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
) -> None:
    """Each kind of words once in the log, and what stands for the item also in its field."""
    words = given.words()
    if opinion := words.get("opinion"):
        is_proposal = row.to == Status.TO_APPROVE
        kind, field = (
            (NoteKind.PROPOSAL, "proposal") if is_proposal else (NoteKind.APPROVAL, "approval")
        )
        written: dict[str, Any] = {field: opinion}
        case_files.amend(item, keyring, by=by, at=at, note=(kind, opinion), **written)
    if result := words.get("result"):
        note = (NoteKind.RESULT, result)
        case_files.amend(item, keyring, by=by, at=at, note=note, result=result)
    if reason := words.get("reason"):
        case_files.add_note(item, keyring, kind=NoteKind.REASON, words=reason, by=by, at=at)


def _go(
    item: Submission,
    row: Move,
    given: Given,
    pending: Voiding | None,
    *,
    by: StaffUser,
    at: datetime,
    on: date | None,
) -> None:
    item.status, item.status_since = row.to, at
    _set_what_goes_with(item, row, given, by=by, at=at)
    clock_facts.moved(item, before=row.before, at=at, book=RuleBook.read(), on=on)
    if pending:
        pending.end, pending.settled_by, pending.settled_at = VoidingEnd.VOIDED, by, at
    said: dict[str, Any] = {"handling": item.proposed} if row.to == Status.TO_APPROVE else {}
    if on:
        said[clock_facts.ON] = on.isoformat()
    if words := given.words():
        said["given"] = ",".join(words)
    audit.record(
        Action.MOVE,
        by=by,
        at=at,
        obj=item,
        desk=item.desk,
        changed=[item, *([pending] if pending else [])],
        from_status=row.before.value,
        to_status=row.to.value,
        **said,
    )
    if pending:
        pending.save(update_fields=["end", "settled_by", "settled_at"])
    item.save(update_fields=_FIELDS)
    pausing.end_those_over(item, by=by, at=at)
    if row.to in HELP_ENDS_IN:
        helping.end_all(item, by=by, at=at)


def _set_what_goes_with(
    item: Submission, row: Move, given: Given, *, by: StaffUser, at: datetime
) -> None:
    """Who proposed, approved and closed, and when, as the status has it."""
    if row.to in _ANEW:
        item.proposed = item.handled_as = ""
        item.proposed_by = item.proposed_at = item.approved_by = item.approved_at = None
    elif row.to == Status.TO_APPROVE:
        item.proposed, item.proposed_by, item.proposed_at = Handling(given.handling), by, at
    elif row.before in (Status.TO_APPROVE, Status.TO_ASSESS) and row.to in _HANDLING_OF:
        item.handled_as, item.approved_by, item.approved_at = _HANDLING_OF[row.to], by, at
    if row.to not in CLOSED_STATUSES:
        item.closed_at = None
    elif row.before not in CLOSED_STATUSES:
        item.closed_at = at
