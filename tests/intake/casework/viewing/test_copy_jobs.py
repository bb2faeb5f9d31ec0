"""Copies to look at: made once for each desk, sealed to it alone, and left by nobody who dies."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from intake import audit
from intake.casework import registering, rerouting
from intake.casework.together import helping
from intake.casework.viewing import copy_jobs, kept_copies, starting_copies
from intake.casework.viewing.apart.made_copies import BROKEN
from intake.casework.viewing.copy_jobs import MOST_BYTES, MOST_JOBS, ROOM, Job, NoRoom, Room
from intake.casework.viewing.kept_copies import Superseded
from intake.casework.viewing.what_is_told import told_by
from intake.choices import Action, CopySort, CopyState
from intake.keeping import sealed_files
from intake.models import (
    Attachment,
    AuditEvent,
    CopyMaking,
    Desk,
    RoundArchive,
    RoundPurge,
    StaffUser,
    ViewingCopy,
)
from intake.models.work.viewing_copy import SILENT
from intake.report.draft import Attachment as File
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import NoDeskAccess
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.making import INSIDE, Intake, make_clerk, make_intake, record_what_was_made
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db


@dataclass
class Looking:
    """A long picture and a broken one on the first desk, which a second desk helps with."""

    intake: Intake
    lead: StaffUser
    helper: StaffUser
    office: StaffUser
    long: Attachment
    broken: Attachment


def make_looking() -> Looking:
    intake = make_intake(teams=2)
    lead, helper = (make_clerk(intake, desk) for desk in intake.desks)
    office = make_clerk(intake, intake.office)
    files = (
        File.of_bytes("聊天.jpg", "jpeg", corpus.picture(size=(200, 3000))),
        File.of_bytes("坏.jpg", "jpeg", corpus.picture()[:200]),
    )
    record_what_was_made()
    item = send(intake, intake.targets[0], attachments=files)
    registering.register([item], by=office, at=INSIDE)
    return Looking(intake, lead, helper, office, *item.attachments.order_by("position"))


standing = standing_world(make_looking, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], Looking]) -> Looking:
    return standing()


def pressed(row: Attachment, by: StaffUser, *, after: timedelta = timedelta(0)) -> Job | None:
    now = INSIDE + after
    return starting_copies.begin(
        Attachment.objects.select_related("submission__desk", "supplement").get(pk=row.pk),
        keyring_for(by),
        first=1,
        by=by,
        at=INSIDE,
        now=lambda: now,
    )


def made(row: Attachment, by: StaffUser) -> CopyMaking:
    job = pressed(row, by)
    assert job
    job.run()
    return CopyMaking.objects.get(pk=job.making.pk)


def secret_of(world: Looking, desk: Desk) -> str:
    return keyring_for(world.office).desk_secret(desk)


def test_slices_come_sealed_to_the_desk_in_their_order_with_what_is_told(world: Looking):
    making = made(world.long, world.lead)
    secret = secret_of(world, making.desk)
    copies = list(making.copies.all())
    shown = [copy for copy in copies if copy.sort == CopySort.PICTURE]
    assert making.state == CopyState.MADE and len(shown) > 2
    assert [copy.number for copy in shown] == list(range(1, len(shown) + 1))
    for copy in shown:
        with kept_copies.opened(copy, secret) as file:
            content = file.read()
        assert content.startswith(b"\xff\xd8")
        assert content == open_sealed(sealed_files.read(copy.sealed_file), secret)
    assert told_by(copies, secret).problem == ""
    event = AuditEvent.objects.get(action=Action.MAKE_COPY)
    assert (event.desk_id, event.detail["first"]) == (making.desk_id, 1)
    assert audit.verify().problems == ()


def test_why_there_is_none_is_told_and_sealed_like_a_copy(world: Looking):
    making = made(world.broken, world.lead)
    assert making.state == CopyState.FAILED
    (only,) = making.copies.all()
    assert only.sort == CopySort.TOLD
    assert told_by([only], secret_of(world, making.desk)).problem == BROKEN
    assert made(world.broken, world.lead).pk != making.pk


def test_of_two_who_press_at_once_one_makes_them(world: Looking):
    first = pressed(world.long, world.lead)
    assert first and pressed(world.long, world.office) is None
    first.run()
    assert pressed(world.long, world.office) is None
    assert CopyMaking.objects.count() == 1


def test_who_died_in_it_is_followed_by_whoever_presses_next(world: Looking):
    dead = pressed(world.long, world.lead)
    assert dead
    copies = dead._copies()
    dead._store(copy_jobs._part_of(next(copies)))
    name = ViewingCopy.objects.get().sealed_file
    assert pressed(world.long, world.lead, after=SILENT - timedelta(seconds=1)) is None
    again = pressed(world.long, world.lead, after=SILENT)
    assert again and not ViewingCopy.objects.exists()
    with pytest.raises(Superseded):
        dead._store(copy_jobs._part_of(next(copies)))
    again.run()
    dead.run()
    assert CopyMaking.objects.get().state == CopyState.MADE
    assert name not in ViewingCopy.objects.values_list("sealed_file", flat=True)


def test_nothing_is_stored_once_a_round_is_being_destroyed(world: Looking):
    """What came then would stand in no list of what was destroyed."""
    job = pressed(world.long, world.lead)
    assert job
    begun = {"round": world.intake.round, "started_at": INSIDE}
    archive = RoundArchive.objects.create(
        **begun, name="a", folder="a", recipient="a", started_by=world.office
    )
    RoundPurge.objects.create(**begun, archive=archive)
    job.run()
    assert not ViewingCopy.objects.exists()


def test_each_desk_has_its_own_and_a_stranger_has_none(world: Looking):
    with pytest.raises(NoDeskAccess):
        pressed(world.long, world.helper)
    mine = made(world.long, world.lead)
    item, keyring = world.long.submission, keyring_for(world.office)
    helping.add(item, world.intake.desks[1], keyring=keyring, by=world.office, at=INSIDE)
    theirs = made(world.long, world.helper)
    assert [mine.desk, theirs.desk] == list(world.intake.desks)
    secret = secret_of(world, mine.desk)
    for copy in theirs.copies.all():
        with pytest.raises(CannotOpen):
            kept_copies.opened(copy, secret)
    helping.end(item.helpers.get(), by=world.office, at=INSIDE)
    assert list(CopyMaking.objects.all()) == [mine]


def test_an_item_that_goes_to_another_desk_leaves_no_copy(world: Looking):
    making, other = made(world.long, world.lead), pressed(world.broken, world.lead)
    rerouting.reroute(
        world.long.submission,
        to=world.intake.office,
        keyring=keyring_for(world.office),
        by=world.office,
        at=INSIDE,
        reason="（演示）归巡察办",
    )
    assert other and not CopyMaking.objects.exists()
    other.run()
    assert not CopyMaking.objects.filter(pk__in=(making.pk, other.making.pk)).exists()
    assert not ViewingCopy.objects.exists()


def test_no_copy_is_shown_that_was_not_made_here(world: Looking):
    making = made(world.long, world.lead)
    secret = secret_of(world, making.desk)
    one, two = making.copies.filter(sort=CopySort.PICTURE)[:2]
    one.sealed_file, two.sealed_file = two.sealed_file, one.sealed_file
    two.media_type, two.sealed_file = "text/html", one.sealed_file
    for copy in (one, two):
        with pytest.raises(CannotOpen):
            kept_copies.opened(copy, secret)


def test_what_waits_here_is_bounded_and_room_comes_back_with_the_memory(world: Looking):
    room = Room()
    room.take(MOST_BYTES * 2)
    with pytest.raises(NoRoom):
        room.take(1)
    room.give_back(MOST_BYTES * 2)
    for _ in range(MOST_JOBS):
        room.take(1)
    with pytest.raises(NoRoom):
        room.take(1)
    before = ROOM.jobs, ROOM.bytes
    making = CopyMaking(attachment=world.long)
    job = Job(making, "jpeg", io.BytesIO(), room=7, now=lambda: INSIDE)
    ROOM.take(7)
    assert (ROOM.jobs, ROOM.bytes) == (before[0] + 1, before[1] + 7)
    del job
    assert (ROOM.jobs, ROOM.bytes) == before
