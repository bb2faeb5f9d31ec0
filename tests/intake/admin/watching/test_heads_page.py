"""A head noted on paper is compared with the chain; a slip of the pen is told from a cut chain."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.print.qr import qr_svg
from intake import audit
from intake.admin.watching.heads_page import QR_WORDS
from intake.audit.verification import NOT_SEEN
from intake.audit.watching.noted_heads import NO_NUMBER, groups_of
from intake.choices import Action, Role
from intake.models import AuditEvent
from intake.report.check_code import ALOUD_LENGTH, ALPHABET, aloud_code_of
from tests.logging_in import log_in
from tests.making import INSIDE, make_intake, make_staff
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/intake/auditevent/heads/"


@dataclass
class World:
    auditor: Client
    noted: AuditEvent
    last: AuditEvent


def make_world() -> World:
    round_ = make_intake().round
    auditor = log_in(Client(), make_staff(Role.AUDITOR))
    events = []
    for _ in range(4):
        with transaction.atomic():
            events.append(audit.record(Action.CORRECT, by=None, at=INSIDE, obj=round_))
    return World(auditor, events[1], events[3])


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def compared(world: World, head: str, number: object = "") -> str:
    return text_of(world.auditor.post(PAGE, {"head": head, "number": number}))


def test_the_head_stands_there_for_paper(world: World):
    page = text_of(world.auditor.get(PAGE))
    assert f"第 <b>{world.last.sequence}</b> 条" in page
    assert (
        "".join(f"<li><code>{group}</code></li>" for group in groups_of(world.last.digest)) in page
    )
    assert aloud_code_of(world.last.digest) in page
    assert qr_svg(f"{world.last.sequence} {world.last.digest}", QR_WORDS) in page


def test_a_noted_head_is_found_however_it_was_written(world: World):
    digest, number = world.noted.digest, world.noted.sequence
    in_groups = " ".join(groups_of(digest))
    ways = [digest, digest.upper(), in_groups, in_groups.replace(" ", "-"), f"  {in_groups}\n"]
    ways += [in_groups.replace("0", "O").replace("1", "l")]
    for written in ways:
        assert f"第{number}条还在链上，指纹一样；它以后又有2条。" in compared(world, written)
    for written in (aloud_code_of(digest), aloud_code_of(digest).lower().replace(" ", "")):
        assert f"第{number}条还在链上" in compared(world, written, number)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda groups: [*groups[:6], "12g4", *groups[7:]], "第7组“12g4”不对"),
        (lambda groups: [*groups[:6], "123", *groups[7:]], "第7组“123”不对"),
        (lambda groups: groups[:15], "一共16组、64个字符，您写了60个。"),
        (lambda groups: [], "请写抄下的指纹。"),
        (lambda groups: ["".join(groups)[:-1]], "您写了63个。"),
        (lambda groups: ["A7K3", "MXPW", "24HD"], NO_NUMBER),
    ],
)
def test_what_is_no_head_is_told_by_its_group(
    world: World, change: Callable[[list[str]], list[str]], sentence: str
):
    typed = " ".join(change(groups_of(world.noted.digest)))
    answer = world.auditor.post(PAGE, {"head": typed, "number": ""})
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_one_wrong_group_is_a_slip_of_the_pen_and_many_are_another_chain(world: World):
    groups = groups_of(world.noted.digest)
    groups[2] = "ffff" if groups[2] != "ffff" else "0000"
    assert "有1组不一样（第3组）：可能抄错了" in compared(
        world, " ".join(groups), world.noted.sequence
    )
    assert NOT_SEEN in compared(world, "ab" * 32, world.noted.sequence)
    assert NOT_SEEN in compared(world, "ab" * 32)
    aloud = ALPHABET[:ALOUD_LENGTH]
    assert "和您写的不一样" in compared(world, aloud, world.noted.sequence)
    other = compared(world, world.noted.digest, world.last.sequence)
    assert f"这个指纹是第{world.noted.sequence}条的" in other


def test_a_cut_tail_and_a_changed_event_show(world: World):
    AuditEvent.objects.filter(pk=world.noted.pk).update(detail={"做法": "改"})
    assert "被改过" in compared(world, world.noted.digest)
    AuditEvent.objects.filter(sequence__gte=world.noted.sequence).delete()
    said = compared(world, world.noted.digest, world.noted.sequence)
    assert f"链上没有第{world.noted.sequence}条" in said
    assert NOT_SEEN in compared(world, world.noted.digest)
