"""`manage.py rotate_desk`: with the recovery file alone, also after it was cut off."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from intake import audit
from intake.choices import DeskKind
from intake.models import Desk, DeskRotation
from intake.sealing.sealing import read_recovery_file
from intake.sealing.unsealing import identities_in
from intake.staff import opening_desks
from tests.intake.casework.rotating.sealed_world import fresh, how_many_open
from tests.making import INSIDE, Intake, make_clerk, make_round, make_target, make_team
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db


_KINDS = (DeskKind.OFFICE, DeskKind.HEAD, DeskKind.SUPERIOR, DeskKind.TEAM)


class Cut(Exception):
    """The process ends here."""


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Intake:
    """A round that was set up by the program, with a report for its team and one for its head."""
    settings.SIMULATED_NOW = INSIDE
    round_ = make_round()
    team = make_team(round_, name="市委第一巡察组")
    target = make_target(team)
    opening_desks.open_desks(round_, recovery_file=tmp_path / "old.txt", at=INSIDE)
    own = {desk.kind: desk for desk in Desk.objects.filter(round=round_)}
    secrets = {
        desk.pk: one.secret
        for one in read_recovery_file((tmp_path / "old.txt").read_text())
        for desk in own.values()
        if desk.recipient == one.recipient
    }
    office, head, superior, desk = (own[kind] for kind in _KINDS)
    intake = Intake(round_, [team], [target], office, head, superior, [desk], secrets)
    send(intake, target)
    send(intake, None)
    return intake


def run(intake: Intake, desk: str, *files: Path, **more: Any) -> str:
    """As much later as everything needs to settle."""
    out = StringIO()
    names = dict(zip(("recovery_file", "new_recovery_file"), files, strict=False))
    call_command("rotate_desk", intake.round.slug, desk, stdout=out, **names, **more)
    return out.getvalue()


@pytest.fixture
def settled(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting moves the simulated clock and nothing else."""

    def wait(seconds: float) -> None:
        settings.SIMULATED_NOW += timedelta(seconds=seconds)

    monkeypatch.setattr("time.sleep", wait)


@pytest.mark.usefixtures("settled")
def test_a_team_s_desk_by_the_offices_file(place: Intake, tmp_path: Path):
    desk = place.desks[0]
    said = run(place, "第一", tmp_path / "old.txt")
    assert "换完了：市委第一巡察组只认新的密钥" in said
    assert fresh(desk).recipient != desk.recipient
    assert DeskRotation.objects.get().ended_at is not None
    assert audit.verify().is_sound


@pytest.mark.usefixtures("settled")
def test_the_offices_own_goes_on_after_a_crash_with_both_files(place: Intake, tmp_path: Path):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    clerk = make_clerk(place, place.office)
    with pytest.raises(CommandError, match="new-recovery-file"):
        run(place, "office", old)
    with connection.execute_wrapper(_cut_after(4)), pytest.raises(Cut):
        run(place, "office", old, new)
    assert len(identities_in(keyring_for(clerk).desk_secret(fresh(place.office)))) == 2
    with pytest.raises(CommandError, match="旧的恢复文件也要给"):
        run(place, "office", new, new)
    said = run(place, "巡察办", old, new)
    assert "旧的恢复文件里巡察办的那一份已经没有用" in said
    (identity,) = read_recovery_file(new.read_text())
    assert how_many_open(fresh(place.office), identity.secret) == (2, 2)
    assert how_many_open(fresh(place.office), place.secrets[place.office.pk]) == (2, 0)
    assert keyring_for(clerk).desk_secret(fresh(place.office)) == identity.secret
    assert new.stat().st_mode & 0o777 == 0o600
    assert fresh(place.office).recovery_path == str(new)


def test_no_file_no_rotation_and_no_file_is_written_over(place: Intake, tmp_path: Path):
    old = tmp_path / "old.txt"
    with pytest.raises(CommandError, match="没有覆盖"):
        run(place, "head", old, old)
    other = tmp_path / "other.txt"
    opening_desks.open_desks(make_round(), recovery_file=other, at=INSIDE)
    for name in ("office", "第一"):
        with pytest.raises(CommandError, match="恢复文件"):
            run(place, name, other, tmp_path / "new.txt")
    with pytest.raises(CommandError, match="没有叫“第九”的巡察组"):
        run(place, "第九", old)
    assert not DeskRotation.objects.exists()
    assert not (tmp_path / "new.txt").exists()


def _cut_after(most: int) -> Callable[..., Any]:
    seen = 0

    def cut(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += sql.startswith('UPDATE "intake_deskrotation"')
        if seen > most:
            raise Cut
        return execute(sql, params, many, context)

    return cut
