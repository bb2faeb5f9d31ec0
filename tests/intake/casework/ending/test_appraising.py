"""归档 and 不归档: nothing before two members have signed; then it gets its number, or goes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from intake import audit
from intake.casework import case_files
from intake.casework.ending import appraising, holds
from intake.casework.ending.appraising import CannotAppraise, Judged
from intake.casework.ending.standing_in_way import KEPT_OUT, obstacles
from intake.casework.moving import moving
from intake.casework.moving.allowing import CannotMove
from intake.casework.moving.move_table import Through
from intake.casework.together import recusing
from intake.choices import NotKeptReason, RetentionPeriod, Status
from intake.models import Appraisal, AppraisalEntry, Desk, RetentionClass, StaffUser, Submission
from tests.intake.casework.ending.ended_world import AFTER, CANARY, World, make_world
from tests.making import make_clerk, record_what_was_made
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db


def make() -> tuple[World, StaffUser]:
    """The ended world with its items closed again, and a second clerk of the office."""
    world = make_world(status=Status.CLOSED)
    second = make_clerk(world.intake, world.intake.office)
    record_what_was_made()
    return world, second


standing = standing_world(make)


@pytest.fixture
def both(standing: Callable[[], tuple[World, StaffUser]]) -> tuple[World, StaffUser]:
    return standing()


def thirty(**changes: Any) -> RetentionClass:
    found = RetentionClass.objects.get(period=RetentionPeriod.THIRTY)
    found.fonds = "J001"
    found.save()
    return found


def listed(
    world: World, judged: Judged, *items: Submission, by: StaffUser, desk: Desk | None = None
) -> Appraisal:
    desk = desk or world.intake.office
    return appraising.make(desk, [one.pk for one in items], judged, by=by, at=AFTER)


def sign(row: Appraisal, by: StaffUser) -> Appraisal:
    return appraising.sign(row.pk, keyring_for(by), by=by, at=AFTER)


def status_of(item: Submission) -> str:
    return Submission.objects.get(pk=item.pk).status


def test_two_members_sign_before_an_item_is_archived_with_its_number(
    both: tuple[World, StaffUser],
):
    world, second = both
    row = listed(world, Judged(retention=thirty()), world.named, world.dropped, by=world.office)
    sign(row, world.office)
    assert status_of(world.named) == Status.CLOSED
    with pytest.raises(CannotAppraise, match="另一个人"):
        sign(row, world.office)
    sign(row, second)

    assert status_of(world.named) == status_of(world.dropped) == Status.ARCHIVED
    numbers = [entry.file_number for entry in row.entries.all()]
    assert numbers == ["J001-WS·2025-D30-XF-0001", "J001-WS·2025-D30-XF-0002"]
    with pytest.raises(CannotAppraise, match="已经签完"):
        sign(row, second)
    assert audit.verify().problems == ()


def test_what_is_not_kept_has_a_reason_that_goes_sealed_into_its_case_file(
    both: tuple[World, StaffUser],
):
    world, second = both
    with pytest.raises(CannotAppraise, match="请写明"):
        listed(world, Judged(reason=NotKeptReason.OTHER), world.named, by=world.office)
    judged = Judged(reason=NotKeptReason.OTHER, words=f"{CANARY}只有空信封")
    row = listed(world, judged, world.named, by=second)
    sign(row, second), sign(row, world.office)

    assert status_of(world.named) == Status.NOT_ARCHIVED
    notes = case_files.open(world.named, keyring_for(world.office)).words.notes
    assert f"{CANARY}只有空信封" in notes[-1].words and "其他" in notes[-1].words
    assert CANARY.encode() not in bytes(AppraisalEntry.objects.get().sealed)
    assert audit.verify().problems == ()


def test_an_item_stands_on_one_list_and_may_stand_on_another_when_it_is_dropped_or_taken_back(
    both: tuple[World, StaffUser],
):
    world, second = both
    judged = Judged(reason=NotKeptReason.EMPTY)
    row = listed(world, judged, world.named, by=world.office)
    with pytest.raises(CannotAppraise, match="重新选"):
        listed(world, judged, world.named, by=second)
    appraising.drop(row.pk, by=second, at=AFTER)
    with pytest.raises(CannotAppraise, match="作废"):
        sign(row, second)
    again = listed(world, Judged(retention=thirty()), world.named, by=world.office)
    sign(again, second), sign(again, world.office)
    back = {"version": None, "by": world.office, "keyring": keyring_for(world.office)}
    later = AFTER + timedelta(hours=1)
    moving.move(world.named.pk, Status.CLOSED, at=later, reason="（演示）有新情况", **back)
    third = listed(world, Judged(retention=thirty()), world.named, by=world.office)
    sign(third, second), sign(third, world.office)
    assert third.entries.get().piece == 2
    assert audit.verify().problems == ()


def test_without_the_number_of_the_fonds_nothing_is_archived(both: tuple[World, StaffUser]):
    world, _ = both
    unnumbered = RetentionClass.objects.get(period=RetentionPeriod.PERMANENT)
    with pytest.raises(CannotAppraise, match="全宗号"):
        listed(world, Judged(retention=unnumbered), world.named, by=world.office)


def test_the_heads_items_stand_on_lists_that_nobody_else_sees(both: tuple[World, StaffUser]):
    world, second = both
    judged = Judged(reason=NotKeptReason.EMPTY)
    with pytest.raises(CannotAppraise):
        listed(world, judged, world.of_head, by=world.head)
    with pytest.raises(PermissionDenied):
        listed(world, judged, world.of_head, by=second, desk=world.intake.head)
    row = listed(world, judged, world.of_head, by=world.head, desk=world.intake.head)
    assert not Appraisal.objects.visible_to(second).exists()
    with pytest.raises(Appraisal.DoesNotExist):
        sign(row, second)
    with pytest.raises(PermissionDenied):
        listed(world, judged, world.named, by=world.clerk)


@pytest.mark.parametrize("to", [Status.NOT_ARCHIVED, Status.ARCHIVED])
def test_no_button_archives_an_item_or_leaves_it_out(both: tuple[World, StaffUser], to: Status):
    world, second = both
    with pytest.raises(CannotMove, match="由两个人在清单上签名"):
        moving.move(
            world.named.pk,
            to,
            version=None,
            by=second,
            at=AFTER,
            keyring=keyring_for(second),
            reason="x",
        )


def test_what_is_held_is_neither_archived_nor_left_out(both: tuple[World, StaffUser]):
    """The item or its whole round; before a list, before each signature, and in the move."""
    world, second = both
    keep, leave = Judged(retention=thirty()), Judged(reason=NotKeptReason.EMPTY)
    row = listed(world, leave, world.dropped, by=world.office)
    of_item, of_round = world.dropped.display_number, ""
    for number in (of_item, of_round):
        held = holds.set_hold(world.intake.round, number, reason=CANARY, by=world.office, at=AFTER)
        with pytest.raises(CannotAppraise, match="已经暂缓"):
            sign(row, world.office)
        holds.lift(held, by=world.head, at=AFTER)
    sign(row, world.office)
    holds.set_hold(world.intake.round, of_item, reason=CANARY, by=world.office, at=AFTER)
    with pytest.raises(CannotAppraise, match="已经暂缓"):
        sign(row, second)
    appraising.drop(row.pk, by=second, at=AFTER)
    for judged in (keep, leave):
        with pytest.raises(CannotAppraise, match="已经暂缓"):
            listed(world, judged, world.named, world.dropped, by=world.office)
    with pytest.raises(CannotMove, match="已经暂缓"):
        moving.move(
            world.dropped.pk,
            Status.ARCHIVED,
            version=None,
            by=second,
            at=AFTER,
            keyring=keyring_for(second),
            through=Through.APPRAISAL,
        )
    listed(world, keep, world.named, by=world.office)
    assert status_of(world.dropped) == Status.CLOSED
    assert audit.verify().problems == ()


def test_a_list_with_what_somebody_was_kept_out_of_is_not_there_for_them(
    both: tuple[World, StaffUser],
):
    """It names all of its items, and whoever signs it moves them all."""
    world, second = both
    kept = Judged(retention=thirty())
    row = listed(world, kept, world.named, world.dropped, by=world.office)
    other = make_clerk(world.intake, world.intake.office)
    recusing.order(world.named, second, reason=CANARY, by=world.office, at=AFTER)
    assert list(Appraisal.objects.visible_to(other)) == [row]
    assert not Appraisal.objects.visible_to(second).exists()
    with pytest.raises(Appraisal.DoesNotExist):
        sign(row, second)


def test_no_head_ends_a_round_of_which_they_do_not_see_everything(both: tuple[World, StaffUser]):
    world, _second = both
    recusing.order(world.named, world.head, reason=CANARY, by=world.deputy, at=AFTER)

    def told(user: StaffUser) -> bool:
        found = obstacles(world.intake.round, by=user, at=AFTER)
        return KEPT_OUT in [one.words for one in found]

    assert told(world.head)
    # Nobody else is told that somebody is kept out, or that they are themselves.
    recusing.order(world.named, world.office, reason=CANARY, by=world.deputy, at=AFTER)
    assert not any(map(told, (world.deputy, world.office, world.clerk)))
