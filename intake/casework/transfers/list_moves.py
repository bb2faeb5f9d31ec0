"""One deed on a list, with what it means for its items. Audited.

The words of a deed are sealed into the list; the event says that there are some.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake import audit
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.transfers.held_lists import entries_of, hold_list, position_of
from intake.casework.transfers.items_going import keep_results, move_items
from intake.casework.transfers.list_clocks import is_late_objection
from intake.casework.transfers.list_faults import Facts, Given, NotFilled, faults_of
from intake.casework.transfers.list_table import (
    WORDS,
    ListDeed,
    Step,
    row_of,
    why_not,
)
from intake.choices import Action, ListState
from intake.models import StaffUser, TransferEntry, TransferList, TransferReminder
from intake.report.transfer_words import ListNote, ListWords
from intake.sealing.sealing import seal
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

S = ListState
_LIST_COLUMNS = (
    "state",
    "version",
    "document_number",
    "proposed_by",
    "proposed_at",
    "approved_by",
    "approved_at",
    "sent_on",
    "sent_by",
    "signed_on",
    "objection_on",
    "returned_on",
    "returned_by",
    "feedback_on",
    "sealed",
    "sealed_digest",
)
_ENTRY_COLUMNS = ("is_objected", "is_out", "is_settled", "answered_on")
# The words of these are about some of the items, and say about which.
_OF_SOME = (Step.OBJECT, Step.TAKE_BACK, Step.ANSWER)


class CannotDo(Exception):
    """The list is not where this deed begins; the message is for the clerk."""


class MayNotDo(PermissionDenied):
    """The deed exists, and is not for this member; the message is for the clerk."""


def do(
    list_id: UUID,
    step: Step,
    given: Given,
    *,
    version: int,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
) -> TransferList:
    """Gives the list as it is now.

    Raises TransferList.DoesNotExist at a desk of somebody else, ListChangedMeanwhile, CannotDo,
    MayNotDo, and NotFilled with a sentence for each field.
    """
    with transaction.atomic():
        row = hold_list(list_id, by, version, at=at)
        deed = _allowed(row, step, by)
        entries = entries_of(row, by)
        facts = Facts(row, entries, at, RuleBook.read(), keyring)
        if faults := faults_of(deed, given, facts):
            raise NotFilled(faults)
        before = S(row.state)
        concerned = _concerned(step, given, entries)
        _set_columns(row, step, given, by=by, at=at)
        _mark(step, given, entries, concerned)
        row.state = _state_after(deed, row, entries)
        _keep_words(row, step, given, concerned, keyring, by=by, at=at)
        _store(row, entries, before, given, facts.book, by=by, at=at)
        if not row.is_fix:
            move_items(step, concerned, given, keyring=keyring, by=by, at=at)
        elif step == Step.ANSWER:
            keep_results(concerned, given, keyring=keyring, by=by, at=at)
    return row


def words_of(row: TransferList, keyring: Keyring) -> ListWords:
    """The free words of the list, opened in memory."""
    return ListWords.from_bytes(open_sealed(bytes(row.sealed), keyring.desk_secret(row.desk)))


def _allowed(row: TransferList, step: Step, by: StaffUser) -> ListDeed:
    position = position_of(row, by)
    deed = row_of(step, position)
    if deed is None:
        raise CannotDo(f"这份清单现在是“{row.get_state_display()}”，这一步已经办过，或者还不能办。")
    if reason := why_not(deed, position):
        raise MayNotDo(reason)
    return deed


def _set_columns(
    row: TransferList, step: Step, given: Given, *, by: StaffUser, at: datetime
) -> None:
    """Who did it and when, as the deed has it."""
    if step == Step.PROPOSE:
        row.proposed_by, row.proposed_at = by, at
    elif step in (Step.WITHDRAW, Step.REFUSE, Step.REOPEN):
        row.proposed_by = row.proposed_at = row.approved_by = row.approved_at = None
        row.document_number = ""
    elif step == Step.APPROVE:
        row.approved_by, row.approved_at = by, at
        row.document_number = given.document_number.strip()
    elif step == Step.SEND:
        row.sent_on, row.sent_by = given.sent_on, by
    elif step == Step.SIGN:
        row.signed_on = given.signed_on
    elif step == Step.OBJECT:
        row.objection_on, row.returned_on, row.returned_by = given.objection_on, None, None
    elif step == Step.TAKE_BACK:
        row.returned_on, row.returned_by = given.returned_on, by


def _concerned(
    step: Step, given: Given, entries: Sequence[TransferEntry]
) -> Sequence[TransferEntry]:
    """Which of the items a deed is about: those that it names, else all of the list."""
    if step == Step.TAKE_BACK:
        return [entry for entry in entries if entry.is_objected]
    if step == Step.OBJECT:
        return [entry for entry in entries if entry.pk in given.entries]
    if step == Step.ANSWER:
        still = [entry for entry in entries if entry.is_open]
        return [entry for entry in still if not given.entries or entry.pk in given.entries]
    return entries


def _mark(
    step: Step,
    given: Given,
    entries: Sequence[TransferEntry],
    concerned: Sequence[TransferEntry],
) -> None:
    for entry in entries:
        if step == Step.OBJECT:
            entry.is_objected = entry in concerned
        elif step == Step.INSIST:
            entry.is_objected = False
        elif step == Step.TAKE_BACK:
            entry.is_out = entry.is_objected
        elif step == Step.DROP:
            entry.is_out = True
        elif step == Step.ANSWER and entry in concerned:
            entry.is_settled, entry.answered_on = True, given.feedback_on


def _state_after(deed: ListDeed, row: TransferList, entries: list[TransferEntry]) -> ListState:
    """What some of the items go through, the list has only gone through when all have."""
    if deed.to is not None and deed.step not in (Step.TAKE_BACK, Step.ANSWER):
        return deed.to
    left = [entry for entry in entries if not entry.is_out]
    if deed.step == Step.TAKE_BACK and not left:
        return S.RETURNED
    answers = [entry.answered_on for entry in left if entry.answered_on is not None]
    if answers and len(answers) == len(left):
        row.feedback_on = max(answers)
        return S.ANSWERED
    return S.SIGNED if row.signed_on else S.SENT


def _keep_words(
    row: TransferList,
    step: Step,
    given: Given,
    concerned: Sequence[TransferEntry],
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
) -> None:
    said = given.reason.strip() or given.result.strip()
    if not said and not given.signer.strip():
        return
    words = words_of(row, keyring)
    if said:
        about = "、".join(str(entry) for entry in concerned) if step in _OF_SOME else ""
        words = words.with_note(ListNote(at, by.told_apart, step.value, said, about))
    if step == Step.SIGN:
        words = ListWords(given.signer.strip(), words.notes)
    row.sealed = seal(words.to_bytes(), audit.recipient_of(row.desk))
    row.sealed_digest = audit.fingerprint(row.sealed)


def _store(
    row: TransferList,
    entries: list[TransferEntry],
    before: ListState,
    given: Given,
    book: RuleBook,
    *,
    by: StaffUser,
    at: datetime,
) -> None:
    reminders = []
    if given.reminded_on is not None:
        reminder = TransferReminder(
            list=row, reminded_on=given.reminded_on, reminded_by=by, recorded_at=at
        )
        reminder.save(force_insert=True)
        reminders.append(reminder)
    wrote = [asked.value for asked in WORDS if getattr(given, asked.value).strip()]
    said: dict[str, Any] = {"list_given": ",".join(wrote)} if wrote else {}
    if reminders:
        said["reminded"] = "yes"
    if given.objection_on is not None and is_late_objection(row, book):
        said["objection"] = "late"
    audit.record(
        Action.MOVE_LIST,
        by=by,
        at=at,
        obj=row,
        desk=row.desk,
        made=reminders,
        changed=[row, *entries],
        from_list_state=before.value,
        list_state=S(row.state).value,
        **said,
    )
    row.save(update_fields=_LIST_COLUMNS)
    for entry in entries:
        entry.save(update_fields=_ENTRY_COLUMNS)
