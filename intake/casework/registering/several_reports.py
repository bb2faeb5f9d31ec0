"""Several items get their numbers at once, and are compared from then on. Audited."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from intake.casework.registering.giving_numbers import register
from intake.casework.together import keeping_digests
from intake.casework.versions import ChangedMeanwhile
from intake.models import StaffUser, Submission
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring

# As many rows as are held in memory with what is sealed in them.
_AT_ONCE = 50


def register_several(
    items: Iterable[Submission], keyring: Keyring, *, by: StaffUser, at: datetime
) -> list[int]:
    """Numbers those that wait, all or none, then keeps the digests of each; gives the numbers.

    Raises ChangedMeanwhile when somebody else was faster with one of them.

    To open hundreds takes seconds, in which nobody else who registers has to wait. An item that
    does not open says so on its own page, and has digests when it is first opened.
    """
    waiting = [item.pk for item in items if item.number is None]
    with transaction.atomic():
        numbers = register([Submission(pk=key) for key in waiting], by=by, at=at)
        if len(numbers) < len(waiting):
            raise ChangedMeanwhile
    keys = iter(waiting if numbers else ())
    while some := list(islice(keys, _AT_ONCE)):
        _compare(some, keyring, by)
    return numbers


def _compare(keys: list[UUID], keyring: Keyring, by: StaffUser) -> None:
    rows = Submission.objects.visible_to(by).filter(pk__in=keys, number__isnull=False)
    for item in rows.select_related("desk", "target").prefetch_related("case_files"):
        try:
            with transaction.atomic():
                keeping_digests.renew(item, keyring)
        except (CannotOpen, UnreadableReport):
            continue
