"""协办: other teams that work on an item beside the lead, each with its own case file. Audited.

What came in is sealed once more to each of them; what is added later, when the lead or the office
next opens the item (`passing_on`). The item is moved, judged and closed by its lead alone, and
counted there.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed
from intake.casework.together.copying import Copying
from intake.casework.together.helped_items import live_helpers_of
from intake.casework.together.item_facts import open_report
from intake.casework.versions import hold
from intake.choices import HELPED_WITH_IN, Action, DeskKind
from intake.filing.dropping_copies import drop_copies
from intake.filing.files_anew import FilesAnew, files_anew
from intake.keeping import sealed_files
from intake.models import (
    CopyMaking,
    Desk,
    HelpingDesk,
    HelpingFile,
    StaffUser,
    Submission,
)
from intake.staff.keyring import Keyring

# Whose items no team works on.
_NO_TEAMS = (DeskKind.HEAD, DeskKind.SUPERIOR)


class CannotHelp(ValueError):
    """The desk cannot help with the item; the message is for the clerk."""


def may_help(item: Submission) -> "QuerySet[Desk]":
    """The teams' desks of the round that do not work on the item yet."""
    teams = Desk.objects.of_teams().filter(round=item.round_id).exclude(pk=item.desk_id)
    helping = HelpingDesk.objects.live().filter(submission=item)
    return teams.exclude(pk__in=helping.values("desk")).order_by("team__order")


def add(
    item: Submission, desk: Desk, *, keyring: Keyring, by: StaffUser, at: datetime
) -> HelpingDesk:
    """The desk reads the item from now on. The office's alone.

    Files are sealed before the transaction, and fall with their rows where it fails.
    Raises PermissionDenied, Submission.DoesNotExist, CannotHelp, NoDeskAccess, CannotOpen.
    """
    if not by.may(Deed.ADD_HELPER):
        raise PermissionDenied
    stands = Submission.objects.visible_to(by).select_related("desk__team", "round").get(pk=item.pk)
    _refuse_what_may_not_be_helped(stands, desk, keyring)
    with files_anew() as anew:
        anew.ahead_of(stands, keyring.desk_secret(stands.desk), audit.recipient_of(desk))
        with transaction.atomic():
            row = _add(hold(item.pk, by, None, at=at), desk, anew, keyring=keyring, by=by, at=at)
            anew.are_named()
    return row


def _add(
    item: Submission,
    desk: Desk,
    anew: FilesAnew,
    *,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
) -> HelpingDesk:
    _refuse_what_may_not_be_helped(item, desk, keyring)
    row = HelpingDesk.objects.create(submission=item, desk=desk, added_by=by, added_at=at)
    made = [row, *Copying(item, row, keyring, anew).missing()]
    audit.record(
        Action.ADD_HELPER,
        by=by,
        at=at,
        obj=item,
        desk=item.desk,
        made=made,
        changed=[item],
        helper=str(desk),
    )
    item.save(update_fields=["version"])
    return row


def end(helping: HelpingDesk, *, by: StaffUser, at: datetime) -> None:
    """The desk reads it no more: its copies go, its case file stays sealed to it.

    Raises PermissionDenied, Submission.DoesNotExist, CannotHelp.
    """
    if not by.may(Deed.ADD_HELPER):
        raise PermissionDenied
    with transaction.atomic():
        item = hold(helping.submission_id, by, None, at=at)
        row = live_helpers_of(item).filter(pk=helping.pk).first()
        if row is None:
            raise CannotHelp(_("这个受理席已经不协办这一件。"))
        _end(row, item, by=by, at=at, is_own_deed=True)
        item.save(update_fields=["version"])


def end_all(item: Submission, *, by: StaffUser, at: datetime) -> None:
    """The same for every desk that helps, inside a deed that holds the item and ends its way."""
    for row in live_helpers_of(item):
        _end(row, item, by=by, at=at, is_own_deed=False)


def _refuse_what_may_not_be_helped(item: Submission, desk: Desk, keyring: Keyring) -> None:
    if item.desk.kind in _NO_TEAMS:
        raise CannotHelp(_("这个受理席的信访件不经过任何巡察组，不能请协办。"))
    if item.status not in HELPED_WITH_IN:
        now = item.get_status_display()
        raise CannotHelp(_("这一件现在是“%s”，不能请协办。") % now)
    if not may_help(item).filter(pk=desk.pk).exists():
        raise CannotHelp(_("只能请同一轮里还没有办这一件的巡察组。"))
    if not audit.is_genuine_desk(desk):
        raise CannotHelp(_("这个受理席的封存公钥和设立时的不一样，不能交给它。"))
    if open_report(item, keyring.desk_secret(item.desk)).about_inspectors:
        raise CannotHelp(_("反映巡察干部的信访件不经过任何巡察组，不能请协办。"))


def _end(
    row: HelpingDesk, item: Submission, *, by: StaffUser, at: datetime, is_own_deed: bool
) -> None:
    gone = [*row.copies.all(), *row.files.all()]
    names = [one.sealed_file for one in gone if isinstance(one, HelpingFile)]
    row.ended_by, row.ended_at = by, at
    audit.record(
        Action.END_HELPER,
        by=by,
        at=at,
        obj=item,
        desk=item.desk,
        changed=[row, *([item] if is_own_deed else [])],
        removed=gone,
        helper=str(row.desk),
    )
    looked_at = {"attachment__submission": item, "desk": row.desk}
    drop_copies(CopyMaking.objects.filter(**looked_at))
    row.copies.all().delete()
    row.files.all().delete()
    row.save(update_fields=["ended_by", "ended_at"])
    for name in names:
        sealed_files.remove(name)
