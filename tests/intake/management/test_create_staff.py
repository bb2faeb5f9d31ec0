"""Making accounts at set-up: the account, its key, and the way into its desk."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from inspection.models import Round
from intake.choices import Action, DeskKind, Role
from intake.models import AuditEvent, Desk, DeskAccess, StaffKey, StaffUser
from intake.report.check_code import check_code_of
from intake.sealing import sealing
from intake.sealing.unsealing import open_sealed, unwrap_identity
from intake.staff.keyring import Keyring
from tests.logging_in import make_device
from tests.making import INSIDE, make_intake, make_round, make_team

pytestmark = pytest.mark.django_db

PASSWORD = "invented-and-long-2"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Any) -> Iterator[None]:
    settings.SIMULATED_NOW = INSIDE
    yield


@pytest.fixture
def recovery(tmp_path: Path) -> Path:
    return tmp_path / "recovery.txt"


@pytest.fixture
def round_(recovery: Path) -> Round:
    """A round whose desks were just set up."""
    made = make_round()
    for name in ("授权第一巡察组", "市县统筹第一巡察组", "市县统筹第二巡察组"):
        make_team(made, name=name)
    call_command("open_desks", made.slug, recovery_file=recovery, stdout=io.StringIO())
    return made


def run(
    monkeypatch: pytest.MonkeyPatch, username: str, *options: str, password: str = PASSWORD
) -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("create_staff", username, *options, "--password-stdin", stdout=out)
    return out.getvalue()


def refused(monkeypatch: pytest.MonkeyPatch, words: str, *arguments: str, **more: str) -> None:
    before = StaffUser.objects.count(), AuditEvent.objects.count()
    with pytest.raises(CommandError, match=words) as caught:
        run(monkeypatch, *arguments, **more)
    assert caught.value.returncode == 1
    assert (StaffUser.objects.count(), AuditEvent.objects.count()) == before


def can_open(username: str, desk: Desk) -> bool:
    user = StaffUser.objects.get(username=username)
    keys = Keyring(user, unwrap_identity(user.key.wrapped_identity, PASSWORD))
    sealed = sealing.seal(b"report", desk.recipient)
    return open_sealed(sealed, keys.desk_secret(desk)) == b"report"


def test_a_team_clerk_reads_what_is_sealed_to_the_team(
    monkeypatch: pytest.MonkeyPatch, round_: Round
):
    out = run(
        monkeypatch, "li", "--role", "team", "--team", "授权第一巡察组", "--full-name", "李（演示）"
    )
    user = StaffUser.objects.get(username="li")
    assert (user.role, user.full_name, user.check_password(PASSWORD)) == (
        Role.TEAM,
        "李（演示）",
        True,
    )
    assert can_open("li", Desk.objects.get(team__name="授权第一巡察组"))
    assert list(Desk.objects.visible_to(user)) == [Desk.objects.get(team__name="授权第一巡察组")]
    assert "已授权受理席：授权第一巡察组。" in out


def test_the_office_reads_every_desk(monkeypatch: pytest.MonkeyPatch, round_: Round):
    run(monkeypatch, "wang", "--role", "office")
    seen = Desk.objects.visible_to(StaffUser.objects.get())
    assert {desk.kind for desk in seen} == {DeskKind.OFFICE, DeskKind.TEAM}
    assert seen.count() == round_.desks.count() - 2
    assert all(can_open("wang", desk) for desk in seen)
    access = DeskAccess.objects.get()
    assert (access.granted_by, access.desk.is_office) == (None, True)


def test_the_head_of_the_office_gets_the_own_desk_too(
    monkeypatch: pytest.MonkeyPatch, round_: Round
):
    out = run(monkeypatch, "zhou", "--role", "office", "--approves")
    user = StaffUser.objects.get()
    assert user.may_approve and "可以审批" in out
    assert {access.desk.kind for access in user.accesses.all()} == {DeskKind.OFFICE, DeskKind.HEAD}
    assert all(can_open("zhou", access.desk) for access in user.accesses.all())
    event = AuditEvent.objects.get(action=Action.CREATE_STAFF)
    assert event.detail["approves"] == "yes"


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_only_clerks_may_approve(monkeypatch: pytest.MonkeyPatch, role: str):
    refused(monkeypatch, "只有巡察办和巡察组的人可以审批", "zhao", "--role", role, "--approves")


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_the_others_get_no_desk_and_need_no_round(monkeypatch: pytest.MonkeyPatch, role: str):
    run(monkeypatch, "zhao", "--role", role)
    assert StaffKey.objects.get().user.username == "zhao"
    assert not DeskAccess.objects.exists()


def test_everything_is_audited_without_the_password(monkeypatch: pytest.MonkeyPatch, round_: Round):
    run(monkeypatch, "wang", "--role", "office")
    actions = AuditEvent.objects.order_by("sequence").values_list("action", flat=True)
    assert list(actions) == [Action.OPEN_DESKS, Action.CREATE_STAFF, Action.GRANT]
    assert PASSWORD not in repr(list(AuditEvent.objects.values()))


def test_a_part_of_the_teams_name_is_enough_when_it_is_clear(
    monkeypatch: pytest.MonkeyPatch, round_: Round
):
    run(monkeypatch, "li", "--role", "team", "--team", "统筹第二")
    assert str(DeskAccess.objects.get().desk) == "市县统筹第二巡察组"
    refused(monkeypatch, "认不准", "sun", "--role", "team", "--team", "第一巡察组")
    refused(monkeypatch, "这一轮有", "sun", "--role", "team", "--team", "第九巡察组")


def test_an_exact_name_wins_over_a_longer_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    made = make_round()
    for name in ("第一组", "统筹第一组"):
        make_team(made, name=name)
    call_command("open_desks", made.slug, recovery_file=tmp_path / "r", stdout=io.StringIO())
    run(monkeypatch, "li", "--role", "team", "--team", "第一组")
    assert str(DeskAccess.objects.get().desk) == "第一组"


def test_without_the_recovery_file_the_access_waits_for_the_office(
    monkeypatch: pytest.MonkeyPatch, round_: Round, recovery: Path
):
    recovery.unlink()
    out = run(monkeypatch, "li", "--role", "team", "--team", "授权第一")
    assert StaffUser.objects.filter(username="li").exists()
    assert not DeskAccess.objects.exists()
    assert "还没有授权受理席“授权第一巡察组”" in out
    assert "本人第一次登录以后，请巡察办的人在后台授权" in out


def test_a_recovery_file_that_was_moved_can_be_named(
    monkeypatch: pytest.MonkeyPatch, round_: Round, recovery: Path
):
    moved = recovery.rename(recovery.with_name("usb.txt"))
    run(monkeypatch, "wang", "--role", "office", "--recovery-file", str(moved))
    assert can_open("wang", Desk.objects.of_offices().get())


def make_ready(username: str) -> StaffUser:
    """As after the first login."""
    user = StaffUser.objects.get(username=username)
    user.password_chosen_at = INSIDE
    user.save(update_fields=["password_chosen_at"])
    make_device(user)
    return user


def test_grant_desk_lets_an_account_in_later(
    monkeypatch: pytest.MonkeyPatch, round_: Round, recovery: Path
):
    moved = recovery.rename(recovery.with_name("usb.txt"))
    run(monkeypatch, "wang", "--role", "office")
    code = check_code_of(make_ready("wang").key.recipient)
    with pytest.raises(CommandError, match="手边没有恢复文件"):
        call_command("grant_desk", "wang")
    with pytest.raises(CommandError, match="核对码不一样"):
        call_command("grant_desk", "wang", recovery_file=moved, check_code="AAAAAA")
    out = io.StringIO()
    typed = f"{code[:3]} {code[3:]}".lower()
    call_command("grant_desk", "wang", recovery_file=moved, check_code=typed, stdout=out)
    assert f"核对码：{code}。" in out.getvalue()
    assert can_open("wang", Desk.objects.of_offices().get())
    with pytest.raises(CommandError, match="已经有"):
        call_command("grant_desk", "wang", recovery_file=moved)


def test_grant_desk_refuses_who_never_logged_in(
    monkeypatch: pytest.MonkeyPatch, round_: Round, recovery: Path
):
    moved = recovery.rename(recovery.with_name("usb.txt"))
    run(monkeypatch, "wang", "--role", "office")
    with pytest.raises(CommandError, match="还没有选自己的密码"):
        call_command("grant_desk", "wang", recovery_file=moved)
    assert not DeskAccess.objects.exists()


def test_grant_desk_refuses_who_has_no_desk(monkeypatch: pytest.MonkeyPatch):
    run(monkeypatch, "zhao", "--role", "auditor")
    with pytest.raises(CommandError, match="审计员没有受理席"):
        call_command("grant_desk", "zhao")
    with pytest.raises(CommandError, match="没有叫 nobody 的账号"):
        call_command("grant_desk", "nobody")


def test_the_file_of_another_round_is_refused(
    monkeypatch: pytest.MonkeyPatch, round_: Round, tmp_path: Path
):
    other = tmp_path / "other.txt"
    other.write_text(sealing.recovery_file_text(sealing.new_identity(), "别的"))
    refused(monkeypatch, "不是这一轮的", "wang", "--role", "office", "--recovery-file", str(other))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"hello", "这不是恢复文件"), (b"", "这不是恢复文件"), (b"\xff\xfe", "读不了恢复文件")],
)
def test_a_file_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, round_: Round, tmp_path: Path, content: bytes, words: str
):
    other = tmp_path / "other.txt"
    other.write_bytes(content)
    refused(monkeypatch, words, "wang", "--role", "office", "--recovery-file", str(other))


def test_a_missing_file_is_refused(monkeypatch: pytest.MonkeyPatch, round_: Round):
    refused(monkeypatch, "读不了", "wang", "--role", "office", "--recovery-file", "/nowhere/r.txt")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "至少要10个字符"),
        ("short-9ch", "至少要10个字符"),
        ("1234567890123", "数字"),
        ("password1234", "常见"),
        ("wanglaoshi-1", "相似"),
    ],
)
def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch, password: str, words: str):
    refused(monkeypatch, words, "wanglaoshi", "--role", "auditor", password=password)


@pytest.mark.parametrize("username", ["", "a b", "x" * 151, "<script>"])
def test_a_bad_username_is_refused(monkeypatch: pytest.MonkeyPatch, username: str):
    refused(monkeypatch, ".", username, "--role", "auditor")


def test_a_name_that_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch):
    run(monkeypatch, "zhao", "--role", "auditor")
    refused(monkeypatch, "已存在", "zhao", "--role", "administrator")


def test_options_that_do_not_go_together_are_refused(
    monkeypatch: pytest.MonkeyPatch, round_: Round
):
    refused(monkeypatch, "要用 --team", "li", "--role", "team")
    refused(monkeypatch, "只有角色 team", "li", "--role", "office", "--team", "授权第一巡察组")
    refused(monkeypatch, "没有代号为", "li", "--role", "office", "--round", "nowhere")


def test_a_round_without_desks_is_refused(monkeypatch: pytest.MonkeyPatch):
    refused(monkeypatch, "还没有轮次", "wang", "--role", "office")
    make_round()
    refused(monkeypatch, "请先运行 open_desks", "wang", "--role", "office")


def test_the_current_round_is_meant_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch, round_: Round, recovery: Path
):
    later = INSIDE.date() + timedelta(days=400)
    other = make_intake(accepts_from=later, accepts_until=later)
    run(monkeypatch, "wang", "--role", "office")
    run(monkeypatch, "sun", "--role", "office", "--round", other.round.slug)
    assert [access.desk.round for access in DeskAccess.objects.all()] == [round_]


def test_an_unknown_role_is_a_usage_error(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(CommandError, match="invalid choice"):
        run(monkeypatch, "li", "--role", "boss")


def test_a_password_typed_differently_twice_is_refused(monkeypatch: pytest.MonkeyPatch):
    typed = iter(["one-invented-word", "another-invented-word"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(CommandError, match="两次输入的密码不一样"):
        call_command("create_staff", "li", role="auditor")
    assert not StaffUser.objects.exists()
