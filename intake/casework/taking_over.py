"""What is about inspectors and still lies at the office goes to the head's desk at a login.

It came in before the round had such a desk. Only the head can send it on: the office's identity
opens it, and no other clerk may learn that the head's desk has it. Whatever became of it so far
stands, and what it is linked with goes along: links do not reach from one desk to another.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from intake.access import Deed
from intake.casework.rerouting import CannotReroute, Rerouting
from intake.casework.together.linked import live_link_of, live_repeats_of
from intake.choices import DeskKind
from intake.filing.files_anew import files_anew
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
    return sum(
        _send_on(group, desk, keyring, by, at) for desk in heads for group in _left(desk, by)
    )


def _left(desk: Desk, by: StaffUser) -> list[list[Submission]]:
    """Each with what it is linked with; by the reason of the route, nothing is opened for it."""
    at_office = Submission.objects.visible_to(by).filter(
        round=desk.round_id, desk__kind=DeskKind.OFFICE
    )
    about = at_office.filter(route_reason__contains=ABOUT_INSPECTORS)
    groups: dict[UUID, list[Submission]] = {}
    for item in about.order_by("received_at", "pk"):
        link = live_link_of(item)
        lead = link.lead if link else item
        if lead.pk not in groups:
            groups[lead.pk] = [lead, *(one.repeat for one in live_repeats_of(lead))]
    return list(groups.values())


def _send_on(
    group: list[Submission], desk: Desk, keyring: Keyring, by: StaffUser, at: datetime
) -> int:
    """One that does not open stays where it is, and stops neither the others nor the login."""
    try:
        all_of_them = [Rerouting(item, desk, as_it_stands=True) for item in group]
        with files_anew() as anew:
            for one in all_of_them:
                one.seal_ahead(anew, keyring=keyring, by=by)
            with transaction.atomic():
                for one in all_of_them:
                    one.do(anew, keyring=keyring, by=by, at=at)
                anew.are_named()
    except (CannotReroute, CannotOpen, NoDeskAccess, UnreadableReport):
        logger.exception("item %s stays at the office", group[0].pk)
        return 0
    return len(group)
