"""What came in or was corrected since a desk began to help: sealed to it as well. Audited.

A deed of the lead or the office brings it about and must not fail by it: what does not open is
passed over, and nothing is sealed to a key that was exchanged.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from intake import audit
from intake.casework.together.copying import Copying
from intake.casework.together.helped_items import live_helpers_of
from intake.choices import Action
from intake.filing.files_anew import FilesAnew, files_anew
from intake.models import HelpingCopy, HelpingDesk, HelpingFile, StaffUser, Submission
from intake.staff.keyring import Keyring


def pass_on(item: Submission, keyring: Keyring, *, by: StaffUser, at: datetime) -> None:
    """All of it, after the item was opened: the files are sealed before the short transaction."""
    helpers = list(_genuine_helpers_of(item))
    if not helpers:
        return
    with files_anew() as anew:
        all_of_them = [Copying(item, row, keyring, anew) for row in helpers]
        needed = [copying for copying in all_of_them if copying.is_needed()]
        for copying in needed:
            copying.ahead()
        if needed:
            with transaction.atomic():
                _pass_on_what_is_missing(item, keyring, anew, by=by, at=at)
                anew.are_named()


def pass_on_words(item: Submission, keyring: Keyring, *, by: StaffUser, at: datetime) -> None:
    """What was corrected, in the transaction of the deed that holds the item.

    Files that came in go on with the next opening, which holds nobody up.
    """
    with files_anew() as anew:
        for row in _genuine_helpers_of(item):
            renewed = list(Copying(item, row, keyring, anew).stale())
            _record(item, row, [], renewed, by=by, at=at)


def _genuine_helpers_of(item: Submission) -> Iterator[HelpingDesk]:
    return (row for row in live_helpers_of(item) if audit.is_genuine_desk(row.desk))


def _pass_on_what_is_missing(
    item: Submission, keyring: Keyring, anew: FilesAnew, *, by: StaffUser, at: datetime
) -> None:
    # The end of the chain comes before the row, as everywhere: of two who open, one is the second.
    audit.checkpoint(at=at)
    held = Submission.objects.select_for_update(no_key=True, of=("self",))
    now = held.select_related("desk__team", "round").get(pk=item.pk)
    if now.desk_id != item.desk_id:
        return
    for row in _genuine_helpers_of(now):
        copying = Copying(now, row, keyring, anew)
        made = list(copying.missing(passes_over_damaged=True))
        _record(now, row, made, list(copying.stale()), by=by, at=at)


def _record(
    item: Submission,
    row: HelpingDesk,
    made: list[HelpingCopy | HelpingFile],
    renewed: list[HelpingCopy],
    *,
    by: StaffUser,
    at: datetime,
) -> None:
    if not made and not renewed:
        return
    audit.record(
        Action.PASS_ON,
        by=by,
        at=at,
        obj=item,
        desk=item.desk,
        made=made,
        changed=renewed,
        helper=str(row.desk),
        copies=len(made) + len(renewed),
    )
    for copy in renewed:
        copy.save(update_fields=["sealed", "sealed_digest", "source_digest"])
