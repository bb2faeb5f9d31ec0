"""Pages about keys and people: rotating slice by slice, leaving, substitutes, rehearsals."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from intake.casework import registering
from intake.casework.rotating.walking import SETTLES
from intake.casework.writing import written_words
from intake.choices import Action, Handling, Status
from intake.models import (
    AuditEvent,
    DeskAccess,
    DeskRotation,
    StaffUser,
    Submission,
    Succession,
    WrittenDraft,
)
from intake.sealing import sealing
from intake.staff.keyring import COOKIE
from tests.logging_in import log_in, make_device
from tests.making import (
    INSIDE,
    Intake,
    make_clerk,
    make_intake,
    make_staff,
    record_what_was_made,
)
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

KEYS = "/admin/intake/deskaccess/keys/"
ADD = "/admin/intake/deskaccess/add/"
START = "/admin/"


@dataclass
class World:
    """A round with an item, two clerks of its team and two of the office, who are logged in."""

    intake: Intake
    item: Submission
    clerk: StaffUser
    colleague: StaffUser
    office: StaffUser
    members: dict[str, Client]

    @property
    def rotate(self) -> str:
        return f"{KEYS}{self.intake.desks[0].pk}/rotate/"

    def leaving(self, user: StaffUser) -> str:
        return f"{KEYS}leaving/{user.pk}/"


def make_world() -> World:
    intake = make_intake()
    clerk, colleague = (make_clerk(intake, intake.desks[0]) for _ in range(2))
    office, second = (make_clerk(intake, intake.office) for _ in range(2))
    record_what_was_made()
    item = send(intake, intake.targets[0])
    registering.register([item], by=office, at=INSIDE)
    logged_in = {"clerk": clerk, "office": office, "second": second}
    members = {name: log_in(Client(), user) for name, user in logged_in.items()}
    return World(intake, item, clerk, colleague, office, members)


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def words_of(answer: Any) -> str:
    return html.unescape(text_of(answer))


def press_on(client: Client, address: str) -> None:
    """As the script does, or a person, until it is over; how much a slice does is not told."""
    for _ in range(60):
        answer = client.post(address, {"goes_on": "1"})
        if answer.status_code == 302:
            assert answer["Location"] == KEYS
            return
        assert "data-goes-on" in text_of(answer)
    raise AssertionError("it never ends")


def test_a_desk_is_rotated_slice_by_slice_and_everybody_reads_on(world: World, settings: Settings):
    office, second = world.members["office"], world.members["second"]
    asked = words_of(office.get(world.rotate))
    assert world.clerk.told_apart in asked
    assert office.post(world.rotate).status_code == 422
    assert not DeskRotation.objects.exists()
    page = words_of(office.post(world.rotate, {"begin": "1"}))
    assert "已处理 " in page
    assert "data-goes-on" in page
    item = f"/admin/intake/submission/{world.item.pk}/change/"
    assert world.members["clerk"].get(item).status_code == 200
    # A GET goes on with nothing: that is the pause, for whoever comes by.
    paused = words_of(second.get(world.rotate))
    assert "还没有做完" in paused
    assert "data-goes-on" not in paused
    assert "去继续" in words_of(second.get(START))
    assert "正在更换" in words_of(second.get(KEYS))
    settings.SIMULATED_NOW = INSIDE + SETTLES
    press_on(second, world.rotate)
    assert "换完了密钥" in words_of(second.get(KEYS))
    assert DeskRotation.objects.get().ended_at is not None
    assert world.members["clerk"].get(item).status_code == 200
    # The other page of the first clerk is led to the same end.
    assert office.post(world.rotate, {"goes_on": "1"})["Location"] == KEYS


def test_a_session_lost_in_the_middle_loses_nothing(world: World, settings: Settings):
    office = world.members["office"]
    office.post(world.rotate, {"begin": "1"})
    seen = DeskRotation.objects.get().seen
    kept = office.cookies.pop(COOKIE)
    lost = office.post(world.rotate, {"goes_on": "1"})
    assert lost.status_code in (302, 403)
    assert DeskRotation.objects.get().seen == seen
    office.cookies[COOKIE] = kept.value
    settings.SIMULATED_NOW = INSIDE + SETTLES
    press_on(office, world.rotate)


def test_the_offices_own_desk_says_which_command_writes_the_new_file(world: World):
    address = f"{KEYS}{world.intake.office.pk}/rotate/"
    page = words_of(world.members["office"].get(address))
    assert f"manage.py rotate_desk {world.intake.round.slug} office" in page
    refused = world.members["office"].post(address, {"begin": "1"})
    assert refused.status_code == 422
    assert "恢复文件" in words_of(refused)


def test_who_leaves_loses_desks_sessions_and_drafts_and_what_waits_is_named(world: World):
    Submission.objects.filter(pk=world.item.pk).update(
        status=Status.TO_APPROVE, proposed=Handling.KEEP, proposed_by=world.clerk
    )
    typed = (("abstract", "（演示）"),)
    keys = keyring_for(world.clerk)
    written_words.keep(typed, place=f"item:{world.item.pk}", keyring=keys, at=INSIDE)
    office, address = world.members["office"], world.leaving(world.clerk)
    page = words_of(office.get(address))
    assert f"{Submission.objects.get(pk=world.item.pk)}" in page
    assert "他拟办的，等审批" in page
    assert "没有保存的内容（1 份）" in page
    assert office.post(address).status_code == 422
    for successor in ("", "x", str(world.clerk.pk)):
        nobody = office.post(address, {"leaves": "1", "successor": successor})
        assert nobody.status_code == 422 and "请选谁接着办" in words_of(nobody)
    asked = {"leaves": "1", "successor": world.colleague.pk}
    after = words_of(office.post(address, asked, follow=True))
    assert not DeskAccess.objects.filter(user=world.clerk).exists()
    assert not WrittenDraft.objects.exists()
    assert world.members["clerk"].get(START).status_code == 302
    assert "请系统管理员在“工作人员”里停用他的账号" in after
    assert f'href="{world.rotate}"' in after
    row = Succession.objects.get()
    assert (row.gone, row.successor, row.named_by) == (world.clerk, world.colleague, world.office)
    assert f"接着办的人：{world.colleague.told_apart}" in after
    event = AuditEvent.objects.get(action=Action.LEAVE)
    assert (event.object_id, event.detail) == (
        str(world.clerk.pk),
        {"dropped": 1, "drafts": 1, "successor": world.colleague.told_apart},
    )
    assert AuditEvent.objects.get(action=Action.REVOKE).detail == {"why": "left"}
    office.post(world.rotate, {"begin": "1"})
    assert f'href="{world.rotate}"' not in words_of(office.get(address))


def test_the_offices_last_does_not_leave_and_nobody_leaves_by_the_own_hand(world: World):
    second = StaffUser.objects.get(pk=world.members["second"].session["_auth_user_id"])
    office = world.members["office"]
    assert office.get(world.leaving(world.office)).status_code == 404
    listed = words_of(office.get(KEYS))
    assert world.leaving(second) in listed
    assert world.leaving(world.office) not in listed
    assert office.post(world.leaving(second), {"leaves": "1"}).status_code == 302
    assert "只有一个人能打开巡察办的受理席" in words_of(office.get(START))
    DeskAccess.objects.filter(user=world.office).update(until=INSIDE + timedelta(days=1))
    DeskAccess.objects.create(
        user=second, desk=world.intake.office, sealed_identity=b"", granted_at=INSIDE
    )
    refused = office.post(world.leaving(second), {"leaves": "1"})
    assert refused.status_code == 422
    assert "最后一个授权" in words_of(refused)
    assert DeskAccess.objects.filter(user=second).exists()


def test_a_substitute_reads_until_the_last_day_is_over(world: World, settings: Settings):
    substitute = make_staff(world.clerk.role)
    make_device(substitute)
    office, desk = world.members["office"], world.intake.desks[0]
    typed = {"user": substitute.pk, "desk": desk.pk}
    late = office.post(ADD, {**typed, "last_day": "2025-04-14"})
    assert "最后一天已经过去了" in words_of(late)
    assert office.post(ADD, {**typed, "last_day": "2025-04-16"}).status_code == 302
    access = DeskAccess.objects.get(user=substitute)
    assert access.until is not None
    assert f"{access.until.astimezone(world.intake.round.zone):%m-%d %H:%M}" == "04-17 00:00"
    said = AuditEvent.objects.filter(action=Action.GRANT).latest("sequence").detail
    assert said["until"] == "2025-04-17 00:00"
    client = log_in(Client(), substitute)
    item = f"/admin/intake/submission/{world.item.pk}/change/"
    settings.SIMULATED_NOW = access.until - timedelta(minutes=10)
    assert client.get(item).status_code == 200
    page = words_of(client.get(START))
    assert "您有临时授权，到 4月17日 00:00 为止" in page
    assert "2025-04-16 过完" in words_of(office.get("/admin/intake/deskaccess/"))
    settings.SIMULATED_NOW = access.until
    assert client.get(item).status_code == 404
    assert not DeskAccess.objects.filter(user=substitute).exists()
    event = AuditEvent.objects.get(action=Action.REVOKE)
    assert (event.actor, event.detail) == (None, {"why": "over"})


def test_the_timer_ends_what_is_over_though_nobody_comes_by(world: World, settings: Settings):
    DeskAccess.objects.filter(user=world.colleague).update(until=INSIDE + timedelta(days=1))
    call_command("checkpoint", verbosity=0)
    assert DeskAccess.objects.filter(user=world.colleague).exists()
    settings.SIMULATED_NOW = INSIDE + timedelta(days=1)
    call_command("checkpoint", verbosity=0)
    assert not DeskAccess.objects.filter(user=world.colleague).exists()


def recovery_file(world: World, *names: str) -> str:
    desks = [getattr(world.intake, name) for name in names]
    own = [sealing.Identity(world.intake.secrets[desk.pk], desk.recipient) for desk in desks]
    return "".join(sealing.recovery_file_text(one, "（演示）") for one in own)


def test_the_recovery_file_is_rehearsed_in_memory_until_each_desk_was_opened(
    world: World, tmp_path: Any
):
    office, address = world.members["office"], f"{KEYS}rehearse/"
    assert "恢复文件还没有演练过" in words_of(office.get(START))

    def given(text: str, copy: str = "first") -> Any:
        file = SimpleUploadedFile("recovery.txt", text.encode())
        asked = {"round": world.intake.round.pk, "copy": copy}
        return office.post(address, {**asked, "recovery": file})

    for text in ("（演示）", recovery_file(make_other_world(), "office"), ""):
        assert given(text).status_code == 422
    some = words_of(given(recovery_file(world, "office", "head")))
    assert "打开了：巡察办、主任席" in some
    assert "这一份里没有：上级" in some
    start = words_of(office.get(START))
    assert "上级的恢复文件还没有演练过，请两位保管人各试一次" in start
    # The other holder's copy has opened nothing yet.
    assert "主任席、巡察办的恢复文件第二份还没有演练过" in start
    for copy in ("", "third"):
        assert given(recovery_file(world, "office", "head"), copy).status_code == 422
    assert given(recovery_file(world, "office", "head"), "second").status_code == 200
    assert "巡察办的恢复文件" not in words_of(office.get(START))
    path = tmp_path / "superior.txt"
    path.write_text(recovery_file(world, "superior"))
    for copy in ("first", "second"):
        assert "还没有演练过" in words_of(office.get(START))
        call_command(
            "rehearse_recovery", world.intake.round.slug, recovery_file=path, copy=copy, verbosity=0
        )
    assert "还没有演练过" not in words_of(office.get(START))
    events = AuditEvent.objects.filter(action=Action.REHEARSE).order_by("sequence")
    assert [(one.actor, one.detail) for one in events] == [
        (world.office, {"opened_desks": 2, "copy": "first"}),
        (world.office, {"opened_desks": 2, "copy": "second"}),
        (None, {"opened_desks": 1, "copy": "first"}),
        (None, {"opened_desks": 1, "copy": "second"}),
    ]


def test_what_is_no_recovery_file_is_refused_by_the_command(world: World, tmp_path: Any):
    path = tmp_path / "superior.txt"
    path.write_text("（演示）")
    with pytest.raises(CommandError, match="不是恢复文件"):
        call_command("rehearse_recovery", world.intake.round.slug, recovery_file=path)


def make_other_world() -> World:
    """A round of its own, of which only the keys are asked for."""
    intake = make_intake()
    nobody = StaffUser()
    return World(intake, Submission(), nobody, nobody, nobody, {})
