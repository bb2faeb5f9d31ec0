"""An installation that lacks nothing is well; each thing that it may lack is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from inspection.current import read
from inspection.models import Round, WorkCalendarDay
from intake.checkup import of_machine, of_postgresql
from intake.checkup.check_table import check_up
from intake.checkup.finding import State
from intake.choices import RecoveryCopy
from intake.citizen.submitting import submit
from intake.models import AuditEvent, Desk, DeskAccess
from intake.staff.rehearsing import REHEARSED
from tests.logging_in import make_device
from tests.making import (
    INSIDE,
    Intake,
    make_clerk,
    make_draft,
    make_intake,
    make_team,
    record_what_was_made,
)
from tests.running.standing_world import standing_world


@dataclass
class World:
    """A round whose office two members can open, with both copies of its file tried."""

    intake: Intake


def make_world() -> World:
    intake = make_intake()
    for _ in range(2):
        make_device(make_clerk(intake, intake.office))
    Desk.objects.update(**dict.fromkeys(REHEARSED.values(), INSIDE))
    record_what_was_made()
    return World(intake)


pytestmark = pytest.mark.django_db

standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings, tmp_path: Path) -> World:
    settings.SIMULATED_NOW = None
    settings.DEVELOPMENT = True
    settings.ARCHIVE_ROOT = tmp_path / "archives"
    return standing()


def found(title: str, state: State = State.WRONG, *, at: datetime = INSIDE) -> list[str]:
    """What is told under this title and is of this state."""
    told = [one for of, one in check_up(at) if of == title and one.state == state]
    assert all(one.do for one in told)
    return [one.what for one in told]


def test_what_lacks_nothing_has_nothing_wrong(world: World):
    told = list(check_up(INSIDE))
    assert {title for title, _ in told} == {"设置", "数据库", "受理席和密钥", "时间", "机器"}
    bad = {one.what for title, one in told if one.state == State.WRONG and title != "数据库"}
    assert bad == {"现在是开发模式（DEBUG=true），密钥可能是人人知道的。"}
    # What the tests' own database is told is below.
    assert "数据库有应答，版本和程序一致。" in [one.what for _, one in told]


def _other_audit_key() -> None:
    site_settings.AUDIT_KEY = b"another key of the audit, long enough"


def _other_second_factor() -> None:
    site_settings.SECOND_FACTOR_KEY = b"another key of the telephones, long enough"


def _file_left() -> None:
    Desk.objects.of_offices().update(recovery_path=__file__)


def _nobody_holds() -> None:
    DeskAccess.objects.all().delete()


def _no_desks() -> None:
    DeskAccess.objects.all().delete()
    AuditEvent.objects.all().delete()
    Desk.objects.all().delete()


def _team_came() -> None:
    make_team(Round.objects.get())


def _no_year() -> None:
    WorkCalendarDay.objects.filter(date__year=INSIDE.year).delete()


def _clock_fell_back() -> None:
    AuditEvent.objects.update(at=INSIDE + timedelta(days=1))


def _simulated() -> None:
    site_settings.SIMULATED_NOW = INSIDE


@pytest.mark.parametrize(
    ("spoil", "title", "words"),
    [
        (_other_audit_key, "受理席和密钥", "AUDIT_KEY 变了"),
        (_other_second_factor, "受理席和密钥", "SECOND_FACTOR_KEY"),
        (_file_left, "受理席和密钥", "恢复文件还在这台机器上"),
        (_nobody_holds, "受理席和密钥", "没有人能打开信访件"),
        (_no_desks, "受理席和密钥", "还没有设立受理席"),
        (_team_came, "受理席和密钥", "还没有受理席"),
        (_no_year, "时间", "没有2025年的节假日安排"),
        (_clock_fell_back, "时间", "还早"),
        (_simulated, "设置", "时间是模拟的"),
    ],
)
def test_what_is_wrong_is_told(
    world: World, settings: Settings, spoil: Callable[[], None], title: str, words: str
):
    settings.AUDIT_KEY = settings.AUDIT_KEY
    settings.SECOND_FACTOR_KEY = settings.SECOND_FACTOR_KEY
    assert not any(words in one for one in found(title))
    spoil()
    assert any(words in one for one in found(title))


def _one_holder() -> None:
    DeskAccess.objects.order_by("pk")[0].delete()


def _second_copy_untried() -> None:
    Desk.objects.update(**{REHEARSED[RecoveryCopy.SECOND]: None})


def _no_next_year() -> None:
    WorkCalendarDay.objects.filter(date__year=INSIDE.year + 1).delete()


@pytest.mark.parametrize(
    ("spoil", "title", "words"),
    [
        (_one_holder, "受理席和密钥", "只有一个人"),
        (_second_copy_untried, "受理席和密钥", "还没有演练过"),
    ],
)
def test_what_rests_on_less_than_it_should_is_told(
    world: World, spoil: Callable[[], None], title: str, words: str
):
    assert not any(words in one for one in found(title, State.MIND))
    spoil()
    assert any(words in one for one in found(title, State.MIND))


def test_the_next_year_is_asked_for_when_its_deadlines_begin(world: World):
    _no_next_year()
    at = INSIDE.replace(month=11)
    assert any("2026年" in one for one in found("时间", State.MIND, at=at))
    assert not any("2026年" in one for one in found("时间", State.MIND))


def test_a_timer_that_does_not_run_is_told(world: World):
    submit(make_draft(), published=read(world.intake.round), at=INSIDE)
    words = "定时任务没有运行"
    assert not any(words in one for one in found("时间", at=INSIDE + timedelta(hours=1)))
    assert any(words in one for one in found("时间", at=INSIDE + timedelta(hours=3)))
    call_command("checkpoint", stdout=StringIO())
    assert not any(words in one for one in found("时间", at=INSIDE + timedelta(hours=3)))


def test_folders_are_looked_at(world: World, settings: Settings, tmp_path: Path):
    open_to_all = tmp_path / "spool"
    open_to_all.mkdir(mode=0o755)
    open_to_all.chmod(0o755)
    settings.SPOOL_ROOT = open_to_all
    (tmp_path / "a file").write_text("")
    settings.ARCHIVE_ROOT = tmp_path / "a file" / "archives"
    told = found("机器")
    assert [one for one in told if "SPOOL_ROOT" in one and "别的用户" in one]
    assert [one for one in told if "ARCHIVE_ROOT" in one and "写不进去" in one]


def test_swap_in_clear_is_told(tmp_path: Path):
    head = "Filename  Type  Size  Used  Priority\n"
    swaps = tmp_path / "swaps"
    swaps.write_text(f"{head}/dev/zram0 partition 1 0 5\n/dev/dm-1 partition 1 0 5\n")
    assert not list(of_machine.swap_in_clear(swaps))
    swaps.write_text(f"{head}/dev/zram0 partition 1 0 5\n/swap.img file 1 0 -2\n")
    (told,) = of_machine.swap_in_clear(swaps)
    assert "/swap.img" in told.what


def test_the_command_fails_while_something_is_wrong(world: World):
    out = StringIO()
    with pytest.raises(CommandError, match="个问题要马上处理"):
        call_command("doctor", stdout=out)
    assert "数据库：\n  [正常]" in out.getvalue()


def test_postgresql_without_a_standby_is_told():
    if connection.vendor != "postgresql":
        assert any("SQLite" in one.what for _, one in check_up(INSIDE))
        return
    # The server of the tests flushes nothing to the disk, which must be told of a real one.
    told = [one.what for one in of_postgresql.look(INSIDE) if one.state == State.WRONG]
    assert [one.split()[0] for one in told][:2] == ["fsync", "full_page_writes"]
    (standby,) = [one for one in of_postgresql.look(INSIDE) if "同步备机" in one.what]
    assert standby.state == State.MIND
    assert of_postgresql.standby("FIRST 1 (b)", []).state == State.WRONG
    assert of_postgresql.standby("FIRST 1 (b)", ["async"]).state == State.WRONG
    assert of_postgresql.standby("FIRST 1 (b)", [None]).state == State.MIND
    assert of_postgresql.standby("ANY 1 (b, c)", ["quorum", "potential"]).state == State.WELL
