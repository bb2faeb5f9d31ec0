"""已告知: a named reporter was told what became of the item, which ends that clock. Audited.

What was said, if a clerk notes it, stands sealed in the case file.
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed
from intake.casework import case_files
from intake.casework.deadlines.clock_facts import ON
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.versions import hold
from intake.choices import Action, NoteKind, ToldBy
from intake.choices.deadline_lists import TELLING
from intake.models import StaffUser, Submission
from intake.staff.keyring import Keyring


class CannotTell(ValueError):
    """Nobody has to be told now, or not on that day; the message is for the clerk."""


def tell(
    submission: Submission,
    rule: str,
    *,
    on: date,
    told_by: ToldBy,
    note: str = "",
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
) -> None:
    """Ends the clock. Raises CannotTell, and Submission.DoesNotExist at somebody else's desk."""
    if not by.may(Deed.HANDLE):
        raise PermissionDenied
    with transaction.atomic():
        item = hold(submission.pk, by, None, at=at)
        waits_from = _waits_from(item, rule, at)
        if on > at.astimezone(item.round.zone).date():
            raise CannotTell(_("告知日期还没有到，请核对。"))
        if on < waits_from:
            raise CannotTell(_("告知日期不能早于期限起算的那一天。"))
        said: dict[str, Any] = {ON: on.isoformat()}
        if note:
            said["given"] = "note"
            case_files.add_note(item, keyring, kind=NoteKind.TOLD, words=note, by=by, at=at)
        audit.record(
            Action.TELL_REPORTER,
            by=by,
            at=at,
            obj=item,
            desk=item.desk,
            changed=[item],
            rule=rule,
            told_by=told_by.value,
            **said,
        )
        item.telling_from = None
        item.save(update_fields=["version", "telling_from"])


def _waits_from(item: Submission, rule: str, at: datetime) -> date:
    """Since when the reporter waits to be told by that rule. Raises CannotTell."""
    lines = lines_for(item, at) if rule in TELLING else []
    line = next((line for line in lines if line.rule == rule), None)
    if line is None or line.from_day is None:
        raise CannotTell(_("这一件现在没有要告知反映人的期限。"))
    return line.from_day
