"""The whole audit is checked from a page, slice by slice, and whoever alters the check is told."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.audit.checking import audit_checks
from intake.audit.checking.check_stages import ROWS_ALTERED
from intake.audit.checking.course import ALTERED, course_of, keep_course
from intake.audit.verification import NOT_SEEN
from intake.casework import registering
from intake.choices import Action, Role
from intake.models import AuditCheck, AuditEvent, CheckedRow, StaffUser, Submission
from tests.intake.audit.checking.small_slices import small_slices
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake, make_staff, record_what_was_made
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

PAGE, SLICES = "/admin/intake/auditevent/check/", "/admin/intake/auditevent/checking/"


@dataclass
class World:
    user: StaffUser
    auditor: Client


def make_world() -> World:
    intake = make_intake()
    make_clerk(intake, intake.desks[0])
    user = make_staff(Role.AUDITOR)
    record_what_was_made()
    send(intake, intake.targets[0])
    return World(user, log_in(Client(), user))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def begun(world: World, head: str = "") -> AuditCheck:
    assert world.auditor.post(PAGE, {"head": head})["Location"] == SLICES
    return AuditCheck.objects.get(ended_at=None)


def press_to_the_end(world: World) -> None:
    """As many slices as it takes; a slow machine needs more."""
    for _ in range(1000):
        if world.auditor.post(SLICES).status_code == 302:
            return
    raise AssertionError("the check does not end")


def one_step(world: World, check: AuditCheck) -> bool:
    return audit_checks.step(check.pk, by=world.user, at=INSIDE).is_over


def test_it_goes_on_from_where_it_stands_and_ends_with_the_command_s_words(world: World):
    head = AuditEvent.objects.latest("sequence").digest
    check = begun(world, " ".join(head[at : at + 4] for at in range(0, 64, 4)))
    with small_slices():
        assert not one_step(world, check)
    # Another worker, and another visit: what is kept in rows is all that is needed.
    assert "还没有做完" in text_of(world.auditor.get(SLICES))
    assert "接着做" in text_of(world.auditor.get(PAGE))
    Submission.objects.update(route_reason="（演示）")
    press_to_the_end(world)
    page = text_of(world.auditor.get(PAGE))
    assert "检查没有通过，发现" in page
    assert "的分送理由和操作留痕所记的不一样。" in page
    assert NOT_SEEN not in page
    event = AuditEvent.objects.get(action=Action.CHECK_EVENTS)
    assert event.actor == world.user
    assert event.detail["differing"] >= 1
    assert not CheckedRow.objects.exists()
    assert world.auditor.post(SLICES)["Location"] == PAGE


def test_a_sound_site_passes_and_an_unknown_head_does_not(world: World):
    begun(world, "ab" * 32)
    press_to_the_end(world)
    page = text_of(world.auditor.get(PAGE))
    assert NOT_SEEN in page
    assert "发现1个问题" in page
    begun(world)
    press_to_the_end(world)
    assert "检查通过：没有发现改动或缺失。" in text_of(world.auditor.get(PAGE))


def test_proper_work_meanwhile_raises_no_alarm(world: World):
    check = begun(world)
    with small_slices():
        for _ in range(3):
            one_step(world, check)
        item = Submission.objects.get()
        registering.register([item], by=StaffUser.objects.earliest("pk"), at=INSIDE)
        while not one_step(world, check):
            pass
    assert audit_checks.result_of(AuditCheck.objects.get()).problems == ()


def test_the_same_slice_done_twice_counts_once(world: World):
    check = begun(world)
    stale = AuditCheck.objects.get(pk=check.pk)
    with small_slices():
        one_step(world, check)
        done = audit_checks.progress_of(AuditCheck.objects.get()).done
        # Somebody read the row before, and comes to keep the same slice now.
        assert not keep_course(stale, course_of(stale))
    assert audit_checks.progress_of(AuditCheck.objects.get()).done == done


@pytest.mark.parametrize("tamper", ["delete", "prints"])
def test_who_alters_what_a_check_keeps_is_told(world: World, tamper: str):
    check = begun(world)
    with small_slices():
        while course_of(AuditCheck.objects.get()).stage != "sums":
            one_step(world, check)
        if tamper == "delete":
            CheckedRow.objects.latest("pk").delete()
        else:
            CheckedRow.objects.update(event=1)
        while not one_step(world, check):
            pass
    assert ROWS_ALTERED in audit_checks.result_of(AuditCheck.objects.get()).problems


def test_who_alters_its_course_is_told(world: World):
    check = begun(world)
    AuditCheck.objects.update(state=check.state | {"stage": "sweep"})
    for method in ("get", "post"):
        assert ALTERED in text_of(getattr(world.auditor, method)(SLICES))
    begun(world)
    press_to_the_end(world)
    ended = AuditCheck.objects.get()
    AuditCheck.objects.update(state=ended.state | {"events": 1})
    assert ALTERED in text_of(world.auditor.get(PAGE))


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("12g4" + "0" * 60, "第1组“12g4”不对"),
        ("abcd", "您写了4个"),
        ("A7K3 MXPW 24HD", "不能写短码"),
    ],
)
def test_a_head_that_is_none_begins_nothing(world: World, head: str, sentence: str):
    answer = world.auditor.post(PAGE, {"head": head})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not AuditCheck.objects.exists()
