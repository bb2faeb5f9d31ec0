"""What is about inspectors and still lies at the office goes to the head's desk at a login.

It came in before the round had such a desk. Only the head can send it on: the office's identity
opens it, and no other clerk may learn that the head's desk has it.
"""

import logging
from datetime import datetime

from intake.access import Deed
from intake.casework.rerouting import CannotReroute, reroute
from intake.choices import DeskKind
from intake.models import Desk, StaffUser, Submission
from intake.report.documents import UnreadableReport
from intake.routing import ABOUT_INSPECTORS
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, NoDeskAccess

logger = logging.getLogger(__name__)


def take_over(keyring: Keyring, *, by: StaffUser, at: datetime) -> int:
    """Seals such items of the rounds whose head this is to the head's desk; gives how many."""
    if not by.may(Deed.APPROVE):
        return 0
    heads = Desk.objects.visible_to(by).filter(kind=DeskKind.HEAD)
    return sum(_send_on(item, desk, keyring, by, at) for desk in heads for item in _left(desk, by))


def _left(desk: Desk, by: StaffUser) -> list[Submission]:
    """The reason of the route tells them: what is sealed need not be opened for it."""
    at_office = Submission.objects.visible_to(by).filter(
        round=desk.round_id, desk__kind=DeskKind.OFFICE, route_reason__contains=ABOUT_INSPECTORS
    )
    return list(at_office.order_by("received_at", "pk"))


def _send_on(item: Submission, desk: Desk, keyring: Keyring, by: StaffUser, at: datetime) -> bool:
    """One that does not open stays where it is, and stops neither the others nor the login."""
    try:
        reroute(item, to=desk, keyring=keyring, by=by, at=at)
    except (CannotReroute, CannotOpen, NoDeskAccess, UnreadableReport):
        logger.exception("item %s stays at the office", item.pk)
        return False
    return True
