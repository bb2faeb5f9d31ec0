"""The demo's invented members count as having chosen their passwords, and bound their phones."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Count
from django.test import Client
from pytest_django import DjangoDbBlocker

from inspection.models import Round
from intake import audit
from intake.admin.login.demo_logins import demo_logins
from intake.casework.boxes import box_discrepancies
from intake.casework.deadlines.due_lists import DueLists
from intake.choices import Action, DeskKind, ListKind, ListState, Status
from intake.demo import building
from intake.management.commands.demo import SEED
from intake.models import (
    AuditEvent,
    CaseFile,
    DeadlinePause,
    DeskAccess,
    HelpingDesk,
    HelpingOpinion,
    ItemDigest,
    Recusal,
    RepeatLink,
    SealedMatter,
    StaffUser,
    Submission,
    TransferList,
)
from intake.staff import accesses
from tests.logging_in import is_in, post_login, standing_clock
from tests.making import INSIDE
from tests.running.clock_reading import line_for
from tests.running.standing_rows import standing_rows

pytestmark = pytest.mark.django_db


def build(folder: Path) -> None:
    made = building.build(settings.BASE_DIR / SEED, folder=folder, at=INSIDE)
    building.write_logins(made, folder / "logins.json")


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The folder of a demo that stands for all of these tests."""
    folder = tmp_path_factory.mktemp("demo")
    with standing_rows(django_db_blocker, lambda: build(folder)):
        yield folder


@pytest.fixture
def logins(demo: Path) -> Path:
    """The file with everybody's login."""
    return demo / "logins.json"


def test_every_member_comes_in_by_the_file_and_could_be_let_in(
    logins: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "DEMO_LOGINS", str(logins))
    with standing_clock():
        for login in demo_logins(datetime.now(UTC)):
            client = Client()
            answer = post_login(client, login.username, login.code, login.password)
            assert answer.status_code == 302, login.username
            assert is_in(client)
    assert not [one for one in accesses.candidates() if accesses.missing(one)]
    held = dict(DeskAccess.objects.values_list("user").annotate(count=Count("pk")))
    heads = DeskAccess.objects.get(desk__kind=DeskKind.HEAD).user
    assert held == {one.pk: 2 if one == heads else 1 for one in accesses.candidates()}


def test_each_desk_has_a_clerk_and_a_head(logins: Path):
    told = json.loads(logins.read_text())
    places = [(login["role"], login["team"]) for login in told if login["approves"]]
    clerks = [(login["role"], login["team"]) for login in told if not login["approves"]]
    teams = [("team", str(team)) for team in Round.objects.get().teams.all()]
    assert sorted(places, key=str) == sorted([("office", None), *teams], key=str)
    others = [("auditor", None), ("administrator", None)]
    assert sorted(clerks, key=str) == sorted([*places, *others], key=str)
    assert {user.username for user in StaffUser.objects.filter(may_approve=True)} == {
        login["username"] for login in told if login["approves"]
    }


def test_members_of_an_older_demo_need_not_choose_and_others_must(logins: Path):
    StaffUser.objects.update(password_chosen_at=None)
    other = StaffUser.objects.create(username="added-by-hand", role="team")
    building.count_as_chosen(logins, at=INSIDE)
    listed = {login["username"] for login in json.loads(logins.read_text())}
    chosen = StaffUser.objects.filter(password_chosen_at=INSIDE)
    assert set(chosen.values_list("username", flat=True)) == listed
    other.refresh_from_db()
    assert not other.has_own_password


def test_the_demo_tells_in_its_audit_how_it_was_made(logins: Path):
    first = AuditEvent.objects.earliest("sequence")
    assert (first.action, first.object_id) == (Action.LOAD_NOTICE, str(Round.objects.get().pk))
    assert first.detail["做法"] == "载入"
    assert audit.verify().is_sound


def test_one_deadline_stands_still(logins: Path):
    pause = DeadlinePause.objects.running().get()
    line = line_for(pause.submission, INSIDE)
    assert line and line.is_paused and line.rule == pause.rule


def test_there_are_items_in_every_status(logins: Path):
    found = set(Submission.objects.values_list("status", flat=True))
    assert found == set(Status)
    link = RepeatLink.objects.get()
    assert (link.repeat.status, link.lead.status) == (Status.REPEAT, Status.INQUIRING)
    inquiring = Submission.objects.filter(status=Status.INQUIRING)
    assert {item.desk.kind for item in inquiring} >= {DeskKind.TEAM, DeskKind.HEAD}
    assert CaseFile.objects.count() >= len(Status)


def test_there_is_what_two_people_sign(logins: Path):
    office = StaffUser.objects.get(accesses__desk__kind=DeskKind.OFFICE, may_approve=False)
    openings = box_discrepancies.counted(office)
    assert openings.count() == 2
    assert openings.filter(box_discrepancies.in_discrepancy()).count() == 1
    signed, of_the_web = SealedMatter.objects.order_by("number")
    assert (signed.second_signed_by is not None, signed.submission) == (True, None)
    assert of_the_web.submission and of_the_web.submission.desk.kind == DeskKind.SUPERIOR
    states = set(TransferList.objects.values_list("state", flat=True))
    assert states == {
        *(ListState.DRAFT, ListState.SENT, ListState.SIGNED, ListState.ANSWERED),
        *(ListState.OBJECTED, ListState.RETURNED),
    }
    notice = TransferList.objects.get(kind=ListKind.FIX)
    assert (notice.state, notice.entries.get().submission.status) == (
        ListState.SIGNED,
        Status.FIXING,
    )
    assert Recusal.objects.live().count() == 1


def test_the_deeds_are_spread_over_the_days_and_few_are_overdue(logins: Path):
    days = {event.at.date() for event in AuditEvent.objects.all()}
    assert len(days) > 10 and max(days) <= INSIDE.date()
    counted = DueLists.read().counts(Submission.objects.all(), INSIDE.date())
    assert 1 <= counted.overdue <= 8
    assert counted.within[15] > counted.within[5] > counted.within[0] > 0
    # One that names nobody and no body has nothing to be found by.
    registered = Submission.objects.filter(number__isnull=False, target__isnull=False)
    compared = ItemDigest.objects.values("submission")
    assert not registered.exclude(pk__in=compared).exists()


def test_two_teams_help_and_one_has_told_what_it_found(logins: Path):
    first, second = HelpingDesk.objects.live()
    assert first.submission == second.submission
    assert first.desk != second.desk != first.submission.desk
    assert HelpingOpinion.objects.get().helping == first


def test_only_whoever_runs_the_demo_may_read_its_secrets(logins: Path):
    secret = [logins, logins.with_name("recovery.txt")]
    assert [path.stat().st_mode & 0o777 for path in secret] == [0o600, 0o600]
