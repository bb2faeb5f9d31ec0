"""A clerk presses, and the copies of a file are made; who presses meanwhile finds them begun."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from intake import audit
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.copy_jobs import ROOM, Clock, Job
from intake.casework.viewing.kept_copies import are_whole
from intake.casework.viewing.opening_files import opened_in_memory, which_file
from intake.choices import Action, CopyState
from intake.filing.dropping_copies import drop_copies
from intake.models import Attachment, CopyMaking, Desk, StaffUser
from intake.staff.keyring import Keyring


def begin(
    attachment: Attachment,
    keyring: Keyring,
    *,
    first: int,
    by: StaffUser,
    at: datetime,
    now: Clock,
) -> Job | None:
    """The job, which starts with the commit; None where they are made, or being made. Audited.

    Copies of which one is damaged are made anew. `at` is when it is pressed, `now` asks the clock
    on the wall, by which the job is heard of.
    Raises NoRoom, NoDeskAccess, CannotOpen, UnreadableReport.
    """
    reader = Reader(attachment.submission, keyring)
    making = _making(attachment, reader.desk, first, now())
    damaged = _damaged(making)
    if _is_settled(making, damaged):
        return None
    job = _with_room(making, reader, now)
    with transaction.atomic():
        # The end of the chain comes before the rows: of two who press at once one is the second.
        audit.checkpoint(at=at)
        if _is_settled(making, damaged):
            return None
        drop_copies(_rows_of(making))
        audit.record(
            Action.MAKE_COPY,
            by=by,
            at=at,
            obj=attachment.submission,
            desk=reader.desk,
            **which_file(attachment),
            first=first,
        )
        making.save(force_insert=True)
        transaction.on_commit(job.start)
    return job


def _making(attachment: Attachment, desk: Desk, first: int, started_at: datetime) -> CopyMaking:
    """Not stored yet. Raises NotGenuine for a desk whose key was exchanged."""
    return CopyMaking(
        attachment=attachment,
        desk=desk,
        first=first,
        mark=uuid.uuid4(),
        recipient=audit.recipient_of(desk),
        state=CopyState.MAKING,
        started_at=started_at,
        heard_at=started_at,
    )


def _with_room(making: CopyMaking, reader: Reader, now: Clock) -> Job:
    """The job with its file, which stands in memory from here on. Raises NoRoom."""
    size = making.attachment.size
    ROOM.take(size)
    try:
        source = opened_in_memory(making.attachment, reader)
    except BaseException:
        ROOM.give_back(size)
        raise
    return Job(making, making.attachment.kind, source, room=size, now=now)


def _rows_of(making: CopyMaking) -> "QuerySet[CopyMaking]":
    """The one that stands in its place, if any."""
    place = {"attachment": making.attachment, "desk": making.desk, "first": making.first}
    return CopyMaking.objects.filter(**place)


def _damaged(making: CopyMaking) -> uuid.UUID | None:
    """The mark of the run whose copies are there and not as they were made."""
    there = _rows_of(making).first()
    if there is None or not there.is_made or are_whole(there.copies.all()):
        return None
    return there.mark


def _is_settled(making: CopyMaking, damaged: uuid.UUID | None) -> bool:
    """Whether the copies are there, or somebody makes them already."""
    there = _rows_of(making).first()
    if there is None or there.mark == damaged:
        return False
    return there.is_made or there.goes_on_at(making.started_at)
