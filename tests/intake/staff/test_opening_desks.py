"""Setting the desks up: the rows and the recovery file appear together or not at all."""

import resource
import shutil
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from inspection.models import Round
from intake.choices import Action, DeskKind, Role
from intake.models import AuditEvent, Desk, DeskAccess
from intake.sealing import sealing
from intake.sealing.unsealing import open_sealed
from intake.staff import granting, opening_desks
from intake.staff.opening_desks import RecoveryFileRefused
from tests.conftest import missing
from tests.logging_in import make_ready
from tests.making import INSIDE, make_round, make_team
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db


def make_round_with_teams() -> Round:
    round_ = make_round()
    for _ in range(2):
        make_team(round_)
    return round_


def run(round_: Round, path: Path | None) -> str:
    out = StringIO()
    call_command("open_desks", round_.slug, recovery_file=path, stdout=out)
    return out.getvalue()


def refused(slug: str, path: Path, words: str) -> None:
    with pytest.raises(CommandError, match=words) as caught:
        call_command("open_desks", slug, recovery_file=path, stdout=StringIO())
    assert caught.value.returncode == 1


def test_each_team_and_the_office_get_a_desk_of_their_own(tmp_path: Path):
    round_ = make_round_with_teams()
    out = run(round_, tmp_path / "recovery.txt")
    made = list(Desk.objects.filter(round=round_))
    assert len({desk.recipient for desk in made}) == 5
    assert {desk.kind for desk in made} == set(DeskKind)
    assert [desk.team for desk in made if desk.team] == list(round_.teams.order_by("order"))
    assert "已设立5个受理席" in out
    assert str(tmp_path / "recovery.txt") in out
    assert "AGE-SECRET" not in out


def test_the_recovery_file_opens_the_office_and_through_it_the_teams(tmp_path: Path):
    round_ = make_round_with_teams()
    run(round_, tmp_path / "recovery.txt")
    office, *others = sealing.read_recovery_file((tmp_path / "recovery.txt").read_text())
    for desk in Desk.objects.filter(round=round_):
        own = {one.recipient: one.secret for one in (office, *others)}.get(desk.recipient)
        if own:
            secret = own
            assert bytes(desk.sealed_identity) == b""
            assert (desk.kind == DeskKind.OFFICE) == (own == office.secret)
        else:
            secret = open_sealed(bytes(desk.sealed_identity), office.secret).decode()
        assert open_sealed(sealing.seal(b"report", desk.recipient), secret) == b"report"


def test_only_the_owner_reads_the_file_and_the_office_remembers_where(tmp_path: Path):
    round_ = make_round_with_teams()
    path = tmp_path / "recovery.txt"
    run(round_, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Desk.objects.of_offices().get().recovery_path == str(path)


def test_a_relative_path_is_remembered_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    round_ = make_round_with_teams()
    run(round_, Path("recovery.txt"))
    remembered = Desk.objects.of_offices().get().recovery_path
    assert remembered == str(tmp_path / "recovery.txt")


def test_the_identity_of_the_office_stands_in_no_row(tmp_path: Path):
    round_ = make_round_with_teams()
    run(round_, tmp_path / "recovery.txt")
    identities = sealing.read_recovery_file((tmp_path / "recovery.txt").read_text())
    assert len(identities) == 3
    for secret in (identity.secret for identity in identities):
        assert secret not in repr([*Desk.objects.values(), *AuditEvent.objects.values()])
        for sealed in Desk.objects.values_list("sealed_identity", flat=True):
            assert secret.encode() not in bytes(sealed)


def test_it_is_audited(tmp_path: Path):
    round_ = make_round_with_teams()
    run(round_, tmp_path / "recovery.txt")
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.object_id) == (
        Action.OPEN_DESKS,
        None,
        str(round_.pk),
    )


def test_an_existing_file_is_never_overwritten(tmp_path: Path):
    round_ = make_round_with_teams()
    path = tmp_path / "recovery.txt"
    path.write_text("precious")
    refused(round_.slug, path, "没有覆盖")
    assert path.read_text() == "precious"
    assert not Desk.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_dangling_link_is_not_followed(tmp_path: Path):
    path = tmp_path / "recovery.txt"
    path.symlink_to(tmp_path / "elsewhere.txt")
    refused(make_round_with_teams().slug, path, "没有覆盖")
    assert not (tmp_path / "elsewhere.txt").exists()


@pytest.mark.parametrize("place", ["missing/recovery.txt", "file/recovery.txt", "x" * 300])
def test_when_the_file_cannot_be_written_nothing_is_stored(tmp_path: Path, place: str):
    (tmp_path / "file").write_text("")
    refused(make_round_with_teams().slug, tmp_path / place, "恢复文件")
    assert not Desk.objects.exists()


def test_on_a_full_disk_no_half_file_stays(tmp_path: Path):
    path = tmp_path / "recovery.txt"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(RecoveryFileRefused, match="写不了恢复文件"):
            opening_desks.write_recovery_file(path, "AGE-SECRET-KEY-1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not path.exists()


def spoil_the_commit(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Adds a row whose member does not exist, which the database notices at the commit."""
    result = execute(sql, params, many, context)
    if sql.startswith("INSERT") and "intake_auditevent" in sql:
        desk = Desk.objects.of_offices().get()
        DeskAccess.objects.create(
            user_id=999_999, desk=desk, sealed_identity=b"", granted_at=INSIDE
        )
    return result


@pytest.mark.django_db(transaction=True)
def test_when_the_rows_cannot_be_kept_the_file_goes_too(tmp_path: Path):
    round_ = make_round_with_teams()
    with connection.execute_wrapper(spoil_the_commit), pytest.raises(IntegrityError):
        opening_desks.open_desks(round_, recovery_file=tmp_path / "recovery.txt", at=INSIDE)
    assert not Desk.objects.exists()
    assert list(tmp_path.glob("*.txt")) == []


def test_a_second_time_makes_only_what_is_missing(tmp_path: Path):
    round_ = make_round_with_teams()
    run(round_, tmp_path / "recovery.txt")
    before = list(Desk.objects.order_by("pk").values())
    late = make_team(round_)
    out = run(round_, None)
    assert list(Desk.objects.order_by("pk").values())[:5] == before
    made = Desk.objects.get(team=late)
    assert "已设立1个受理席：" in out and str(late) in out and "原有的5个受理席没有动。" in out
    office, *_ = sealing.read_recovery_file((tmp_path / "recovery.txt").read_text())
    secret = open_sealed(bytes(made.sealed_identity), office.secret).decode()
    assert open_sealed(sealing.seal(b"report", made.recipient), secret) == b"report"
    assert [event.detail for event in AuditEvent.objects.order_by("sequence")] == [
        {"count": 5},
        {"count": 1},
    ]


def test_when_nothing_is_missing_it_says_so_and_writes_nothing(tmp_path: Path):
    round_ = make_round_with_teams()
    run(round_, tmp_path / "recovery.txt")
    out = run(round_, tmp_path / "second.txt")
    assert "没有缺受理席的巡察组" in out
    assert "恢复文件没有再写" in out
    assert not (tmp_path / "second.txt").exists()
    assert (Desk.objects.count(), AuditEvent.objects.count()) == (5, 1)


def test_the_first_time_needs_the_recovery_file():
    round_ = make_round_with_teams()
    with pytest.raises(CommandError, match="--recovery-file") as caught:
        call_command("open_desks", round_.slug, stdout=StringIO())
    assert caught.value.returncode == 2
    assert not Desk.objects.exists()


def test_a_clerk_is_let_into_a_desk_that_came_later(tmp_path: Path):
    round_ = make_round_with_teams()
    run(round_, tmp_path / "recovery.txt")
    late = make_team(round_)
    run(round_, None)
    office = opening_desks.identity_for(
        opening_desks.office_desk(round_), tmp_path / "recovery.txt"
    )
    assert office is not None
    clerk, desk = make_ready(Role.TEAM), Desk.objects.get(team=late)
    granting.grant_with_recovery(clerk, desk, identity=office, at=INSIDE)
    report = sealing.seal(b"report", desk.recipient)
    assert open_sealed(report, keyring_for(clerk).desk_secret(desk)) == b"report"


def test_an_unknown_round_is_refused(tmp_path: Path):
    refused("nowhere-1-1", tmp_path / "recovery.txt", "没有代号为 nowhere-1-1 的轮次")
    assert not (tmp_path / "recovery.txt").exists()


def age(identity: Path, sealed: bytes) -> bytes:
    """What the ordinary program makes of it."""
    program = shutil.which("age")
    if program is None:
        missing("age", "apt-get install age")
    done = subprocess.run(
        [str(program), "-d", "-i", str(identity)], input=sealed, capture_output=True, check=True
    )
    return done.stdout


def test_the_ordinary_age_program_opens_everything(tmp_path: Path):
    round_ = make_round_with_teams()
    recovery = tmp_path / "recovery.txt"
    run(round_, recovery)
    office = Desk.objects.of_offices().get()
    team = Desk.objects.filter(round=round_, team__isnull=False)[0]

    assert age(recovery, sealing.seal("给巡察办".encode(), office.recipient)) == "给巡察办".encode()
    team_identity = tmp_path / "team.txt"
    team_identity.write_bytes(age(recovery, bytes(team.sealed_identity)))
    assert age(team_identity, sealing.seal("给组".encode(), team.recipient)) == "给组".encode()
