"""What two people sign: boxes that were opened with their letters, and what goes up sealed."""

from datetime import datetime, timedelta

from inspection.current import read
from inspection.models import DropBox, Round
from intake.casework import registering
from intake.casework.boxes import box_openings
from intake.casework.boxes.box_openings import Found
from intake.casework.sealed import handing_up, sealed_matters
from intake.choices import Way
from intake.demo.actors import Actors, Pair
from intake.demo.invented_reports import Filing, draft_of, file_one_more
from intake.demo.invented_texts import IN_BOXES, MARK, OF_THE_OFFICE
from intake.models import BoxOpening, Desk

# How many letters were counted in each box; as many as there are texts are registered.
_COUNTED = (len(IN_BOXES), len(IN_BOXES) + 1)
_DAMAGE = ("", f"锁扣有划痕{MARK}")


def open_boxes(round_: Round, actors: Actors, *, at: datetime) -> None:
    """Two openings: in one the letters are as many as were counted, in the other one is missing."""
    office = _office(round_, actors)
    boxes = DropBox.objects.filter(round=round_).select_related("target").order_by("order")
    for box, count, damage in zip(boxes, _COUNTED, _DAMAGE, strict=False):
        found = Found(box, at - timedelta(hours=1), count, 1, count, damage)
        opening = box_openings.record(found, by=office.clerk.user, at=at)
        opening = box_openings.confirm(
            opening.pk, seen=box_openings.mark_of(opening), by=office.head.user, at=at
        )
        _register_letters(round_, opening, office, at)


def hand_up(round_: Round, actors: Actors, *, at: datetime) -> None:
    """A matter on paper, which both have signed for, and one of the web that waits to be sent."""
    office = _office(round_, actors)
    clerk, head = office.clerk.user, office.head.user
    number, today = sealed_matters.next_number(round_), at.astimezone(round_.zone).date()
    matter = sealed_matters.keep(
        round_, today - timedelta(days=1), clerk, expected=number, by=clerk, at=at
    )
    matter = sealed_matters.send_on(matter, today, by=clerk, at=at)
    sealed_matters.witness(matter, seen=today.isoformat(), by=head, at=at)
    file_one_more(round_, OF_THE_OFFICE, None)
    if item := handing_up.waiting_items(clerk).first():
        handing_up.take_up(item.pk, by=clerk, at=at)


def _office(round_: Round, actors: Actors) -> Pair:
    return actors.at(Desk.objects.of_offices().get(round=round_))


def _register_letters(round_: Round, opening: BoxOpening, office: Pair, at: datetime) -> None:
    for report in IN_BOXES:
        target = opening.drop_box.target
        draft = draft_of(Filing(report, target, opening.opened_at, chooses_target=True))
        registering.take_in(
            draft,
            published=read(round_),
            way=Way.BOX,
            received_at=opening.opened_at,
            drop_box=opening.drop_box,
            opening=opening,
            box_number=opening.next_number(),
            by=office.clerk.user,
            keyring=office.clerk.keyring,
            at=at,
        )
