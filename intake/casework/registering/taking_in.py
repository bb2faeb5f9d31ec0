"""What came by letter, box, telephone or visit is taken in, and registered at once."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.current import Published
from inspection.models import DropBox
from inspection.schedule import Window
from intake.access import Deed
from intake.casework.numbering import hold_numbers
from intake.casework.registering.giving_numbers import give_numbers
from intake.casework.registering.sending_to import Sending
from intake.casework.registering.sheets import registered_on
from intake.casework.together import keeping_digests
from intake.choices import Origin, Signature, Way
from intake.filing.preparing import prepare
from intake.filing.storing import with_files
from intake.models import BoxOpening, Desk, RoundPurge, StaffUser, Submission
from intake.report.acceptance import is_late
from intake.report.draft import Draft
from intake.staff.keyring import Keyring


class NotFromABox(ValueError):
    """A drop box or an opening stands only with what came out of it."""


class NumberTaken(ValueError):
    """Another letter of the opening is registered with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"这次开箱的 {number} 号已经登记过一件，请核对信上的编号。")


class RoundIsPurged(ValueError):
    """Nobody could ever open what came in now: its keys were destroyed at the round's end."""

    def __init__(self) -> None:
        super().__init__("这一轮已经清理，不能再登记。来件请按规定转给有关部门。")


class NotOnPaper(ValueError):
    """What comes over the web is submitted, not taken in."""


def take_in(
    draft: Draft,
    *,
    published: Published,
    way: Way,
    received_at: datetime,
    origin: Origin = Origin.OWN,
    drop_box: DropBox | None = None,
    opening: BoxOpening | None = None,
    box_number: int | None = None,
    postmarked_on: date | None = None,
    signers: int = 0,
    people: int = 0,
    sending: Sending | None = None,
    by: StaffUser | None = None,
    keyring: Keyring | None = None,
    at: datetime | None = None,
) -> Submission:
    """Seals and stores it; late items are marked, not lost. The same sheet again is the same item.

    With `by`, the clerk who took it in, it is registered at once, `at` or when it came, and with a
    `keyring` that opens its desk compared from then on. Raises SheetUsed and NumberTaken.
    """
    _refuse(way, drop_box, opening, by)
    item, desk = _prepared(draft, published, sending)
    window = Window(item.window_opens, item.window_closes, published.round.zone)
    item.way, item.origin = way, origin
    item.drop_box, item.opening, item.box_number = drop_box, opening, box_number
    item.received_at, item.postmarked_on = received_at, postmarked_on
    item.round, item.signers, item.people = published.round, signers, people
    item.is_late = came_late(
        window,
        published,
        way=way,
        origin=origin,
        received_at=received_at,
        postmarked_on=postmarked_on,
    )
    item.signature = item.signature if draft.reporter_name else Signature.ANONYMOUS
    return _stored(item, draft, desk, published, by=by, keyring=keyring, at=at or received_at)


def _prepared(
    draft: Draft, published: Published, sending: Sending | None
) -> tuple[Submission, Desk]:
    """Of the body, and so in the time, that goes with the desk where it is sent."""
    if sending is None:
        return prepare(draft, published)
    window = published.window_of(sending.target)
    item, desk = prepare(draft, published, window=window, sending=sending.as_prepared)
    item.target = sending.target
    return item, desk


def _refuse(
    way: Way, drop_box: DropBox | None, opening: BoxOpening | None, by: StaffUser | None
) -> None:
    if by is not None and not by.may(Deed.REGISTER):
        raise PermissionDenied
    if way == Way.WEB:
        raise NotOnPaper("a web report is submitted by the citizen")
    if way != Way.BOX and (drop_box or opening):
        raise NotFromABox("only what came out of a box names one")
    if opening is not None and (drop_box is None or opening.drop_box_id != drop_box.pk):
        raise NotFromABox("the opening is one of another box")
    if opening is not None and not opening.is_confirmed:
        raise NotFromABox("nobody has confirmed the opening yet")
    if by is not None and drop_box is not None and opening is None:
        raise NotFromABox("two people open a box before its letters are registered")


def _stored(
    item: Submission,
    draft: Draft,
    desk: Desk,
    published: Published,
    *,
    by: StaffUser | None,
    keyring: Keyring | None,
    at: datetime,
) -> Submission:
    with with_files(item, draft.attachments, desk) as sealed, transaction.atomic():
        # Two presses on one sheet come one after the other.
        round_ = hold_numbers(published.round.pk)
        if RoundPurge.objects.filter(round=round_).exists():
            raise RoundIsPurged
        if found := registered_on(draft, published):
            return found
        refuse_a_number_taken(item)
        sealed.store()
        if by is not None:
            item.desk = desk
            give_numbers([item], round_, desk.number_series, by=by, at=at)
            item.refresh_from_db()
            if keyring is not None:
                keeping_digests.renew(item, keyring)
    return item


def refuse_a_number_taken(item: Submission) -> None:
    """While the numbers of the round are held. Raises NumberTaken."""
    if item.opening is None or item.box_number is None:
        return
    letters = item.opening.letters_that_count().exclude(pk=item.pk)
    if letters.filter(box_number=item.box_number).exists():
        raise NumberTaken(item.box_number)


def came_late(
    window: Window,
    published: Published,
    *,
    way: Way,
    origin: Origin,
    received_at: datetime,
    postmarked_on: date | None,
) -> bool:
    """Whether it came after the last day: of a letter to the office itself the postmark decides."""
    # What others pass on bears the postmark of a letter to them.
    is_decisive = (way, origin) == (Way.LETTER, Origin.OWN) and published.round.letters_by_postmark
    return is_late(window, received_at, postmarked_on if is_decisive else None)
