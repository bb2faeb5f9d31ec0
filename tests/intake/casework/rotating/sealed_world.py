"""A round in which something of each kind is sealed to a desk, and what opens it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from intake import audit
from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.rotating import beginning
from intake.casework.rotating.walking import SETTLES, Walk
from intake.casework.together import opinions, recusing
from intake.casework.viewing import starting_copies
from intake.choices import NotKeptReason
from intake.filing.sealed_table import SEALED_TO_DESKS, SealedKind
from intake.keeping import sealed_files
from intake.models import (
    Appraisal,
    AppraisalEntry,
    DeadlineExtension,
    DeadlinePause,
    Desk,
    DeskRotation,
    Hold,
    StaffUser,
)
from intake.report.case_words import CaseWords, Reporter
from intake.sealing.sealing import seal
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.stepping.slices import Progress
from tests.box_work import open_box
from tests.intake.casework.together.helped_world import Helped, make_helped
from tests.intake.casework.transfers.list_world import lay_on_a_list
from tests.making import INSIDE, make_box
from tests.staff_work import keyring_for, send

LATER = INSIDE + timedelta(hours=1)
SETTLED = LATER + SETTLES
WORDS = "（演示）支书的亲戚"


def make_sealed() -> Helped:
    """Of every kind of the table something lies at a desk of the round."""
    world = make_helped()
    item, clock = world.again(), {"submission": world.item, "rule": "judging"}
    case_files.save(
        item,
        keyring_for(world.lead),
        words=CaseWords(abstract=WORDS),
        reporter=Reporter(),
        seen=Seen(0),
        by=world.lead,
        at=INSIDE,
    )
    opinions.give(world.again(), keyring_for(world.helper), words=WORDS, by=world.helper, at=INSIDE)
    reason = seal(WORDS.encode(), audit.recipient_of(item.desk))
    DeadlinePause.objects.create(
        **clock, first=INSIDE.date(), paused_by=world.lead, sealed_reason=reason
    )
    DeadlineExtension.objects.create(
        **clock, extra=1, granted_by=world.head, granted_on=INSIDE.date(), sealed_reason=reason
    )
    recusing.order(world.again(), world.helper, reason=WORDS, by=world.office, at=INSIDE)
    open_box(make_box(world.intake.round), world.office)
    office = audit.recipient_of(world.intake.office)
    Hold.objects.create(
        round=world.intake.round,
        sealed_reason=seal(WORDS.encode(), office),
        set_by=world.office,
        set_at=INSIDE,
    )
    lay_on_an_appraisal(world)
    lay_on_a_list(item, item.desk)
    send(world.intake, about_inspectors=True)
    for by in (world.lead, world.helper):
        look_at_a_file(world, by)
    return world


def look_at_a_file(world: Helped, by: StaffUser) -> None:
    """Its desk has a copy made; what it holds is that there is none, for the photo is broken."""
    row = world.item.attachments.select_related("submission__desk", "supplement").earliest("pk")
    told = {"first": 1, "by": by, "at": LATER, "now": lambda: LATER}
    job = starting_copies.begin(row, keyring_for(by), **told)
    assert job
    job.run()


def lay_on_an_appraisal(world: Helped) -> None:
    """A list of the office, on which the item stands with further words."""
    office = world.intake.office
    sealed = seal(WORDS.encode(), audit.recipient_of(office))
    made = {"round": world.intake.round, "desk": office, "made_by": world.office}
    row = Appraisal.objects.create(**made, is_kept=False, made_at=INSIDE)
    AppraisalEntry.objects.create(
        appraisal=row,
        submission=world.item,
        reason=NotKeptReason.values[0],
        sealed=sealed,
        sealed_digest=audit.fingerprint(sealed),
    )


def sealed_things(desk: Desk) -> Iterator[tuple[SealedKind, Any, bytes]]:
    """Everything that is sealed to a desk, as it is stored."""
    for kind in SEALED_TO_DESKS:
        for row in kind.rows(desk):
            for column in kind.columns:
                stored = getattr(row, column)
                sealed = sealed_files.read(stored) if kind.is_file else bytes(stored)
                yield kind, row, sealed


def opens(sealed: bytes, secret: str) -> bool:
    try:
        open_sealed(sealed, secret)
    except CannotOpen:
        return False
    return True


def how_many_open(desk: Desk, secret: str) -> tuple[int, int]:
    """Of how many things this secret opens how many; copies to look at are not carried along."""
    things = sealed_things(desk)
    found = [opens(sealed, secret) for kind, _row, sealed in things if not kind.is_made_again]
    return len(found), sum(found)


def begun(world: Helped, desk: Desk) -> DeskRotation:
    secret = keyring_for(world.office).desk_secret(desk)
    return beginning.begin(desk, secret, by=world.office, at=LATER)


def fresh(desk: Desk) -> Desk:
    return Desk.objects.select_related("round", "team").get(pk=desk.pk)


def walk(world: Helped, desk: Desk, **changes: Any) -> Walk:
    """As somebody who logged in just now."""
    values = {"secret": keyring_for(world.office).desk_secret(fresh(desk)), "at": SETTLED}
    return Walk(fresh(desk), by=world.office, **{**values, **changes})


def to_the_end(world: Helped, desk: Desk) -> Progress:
    step = walk(world, desk).step
    for _ in range(200):
        if (progress := step()).is_over:
            return progress
    raise AssertionError("it never ends")
