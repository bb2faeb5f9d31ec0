"""The start page answers 'what first?' for each role, and the bar says how the round stands."""

from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.models import WorkCalendarDay
from inspection.schedule import Calendar
from intake.admin.start.frame import window_line
from intake.choices import Action, Role
from intake.models import Desk, RepeatLink, StaffUser, Submission
from tests.logging_in import log_in, make_device, post_login
from tests.making import (
    INSIDE,
    SHANGHAI,
    make_clerk,
    make_intake,
    make_round,
    make_staff,
    make_team,
)
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

WARNING = "的工作日安排还没有录入，电话值守时间和办理期限显示为“未知”。"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def start_page(user: StaffUser) -> str:
    return text_of(log_in(Client(), user).get("/admin/"))


def test_what_waits_comes_before_any_count():
    intake = make_intake()
    send(intake, intake.targets[0], at=INSIDE - timedelta(days=1))
    page = start_page(make_clerk(intake, intake.desks[0]))
    chore = "1 件新来件等登记，最早的一件是 4月14日 10:00 收到的。"
    assert page.index("要先办的") < page.index(chore) < page.index('class="tallies"')
    assert "今日 <small>4月15日 星期二</small>" in page


def test_items_are_counted_apart_from_how_often_something_came():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    lead, repeat, _alone = (send(intake, intake.targets[0]) for _ in range(3))
    RepeatLink.objects.create(repeat=repeat, lead=lead, made_by=clerk, made_at=INSIDE)
    assert Submission.objects.visible_to(clerk).items_and_times() == (2, 3)
    assert "合计 2 件、3 件次" in start_page(clerk)


def test_a_team_sees_only_its_own_work():
    intake = make_intake()
    send(intake, intake.targets[1])
    page = start_page(make_clerk(intake, intake.desks[0]))
    assert "现在没有等着办的。" in page
    assert intake.targets[1].name not in page
    assert 'class="tallies"' not in page
    assert 'class="daily"' not in page


def test_the_office_sees_what_is_to_be_checked_and_which_desk_nobody_opens():
    intake = make_intake()
    send(intake)
    page = start_page(make_clerk(intake, intake.office))
    assert "1 件还没有核对受理范围。" in page
    assert f"{intake.teams[0]}、{intake.teams[1]}：还没有能打开信访件的成员。" in page


def test_a_desk_whose_only_member_cannot_log_in_is_one_that_nobody_opens():
    intake = make_intake()
    left = make_clerk(intake, intake.desks[0])
    office = make_clerk(intake, intake.office)
    told = f"{intake.teams[0]}、{intake.teams[1]}：还没有能打开信访件的成员。"
    assert told not in start_page(office)
    StaffUser.objects.filter(pk=left.pk).update(is_active=False)
    assert told in start_page(office)


def test_an_office_that_nobody_can_open_is_told_to_the_administrator():
    intake = make_intake()
    last, administrator = make_clerk(intake, intake.office), make_staff(Role.ADMINISTRATOR)
    told = f"{intake.round.title}：巡察办没有人能打开信访件。"
    assert told not in start_page(administrator)
    StaffUser.objects.filter(pk=last.pk).update(is_active=False)
    page = start_page(administrator)
    assert told in page
    assert f"--round {intake.round.slug}" in page


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMINISTRATOR])
def test_a_recovery_file_that_lies_where_it_was_written_is_told(role: Role, tmp_path: Path):
    intake = make_intake()
    file = tmp_path / "recovery.txt"
    Desk.objects.filter(pk=intake.office.pk).update(recovery_path=str(file))
    user = make_clerk(intake, intake.office) if role == Role.OFFICE else make_staff(role)
    assert "恢复文件还在" not in start_page(user)
    file.write_text("（演示）")
    told = f"{intake.round.title}：恢复文件还在这台机器上（{file}），它能打开这一轮的全部信访件。"
    assert told in start_page(user)
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    assert told in start_page(user)


def test_the_recovery_file_of_another_round_is_not_told_to_this_office(tmp_path: Path):
    intake, other = make_intake(), make_intake()
    (tmp_path / "recovery.txt").touch()
    path = str(tmp_path / "recovery.txt")
    Desk.objects.filter(pk=other.office.pk).update(recovery_path=path)
    assert path not in start_page(make_clerk(intake, intake.office))
    assert path not in start_page(make_clerk(intake, intake.desks[0]))
    assert path not in start_page(make_staff(Role.AUDITOR))


@pytest.mark.parametrize(
    ("role", "shown"), [("office", True), ("administrator", True), ("team", False)]
)
def test_a_desk_whose_public_key_was_exchanged_is_told(role: str, shown: bool):
    intake = make_intake()
    desk = intake.desks[1]
    Desk.objects.filter(pk=desk.pk).update(recipient=intake.desks[0].recipient)
    members = {
        "office": lambda: make_clerk(intake, intake.office),
        "team": lambda: make_clerk(intake, intake.desks[0]),
        "administrator": lambda: make_staff(Role.ADMINISTRATOR),
    }
    told = f"{desk}：封存公钥和设立时的不一样，可能被人换过"
    assert (told in start_page(members[role]())) == shown


def test_a_member_without_a_desk_is_told_to_have_one_granted():
    intake = make_intake()
    told = "您还没有受理席的授权。请把下面的核对码当面或者打电话念给巡察办，由巡察办授权。"
    assert told in start_page(make_staff(Role.TEAM))
    assert told not in start_page(make_clerk(intake, intake.desks[0]))
    assert told not in start_page(make_staff(Role.AUDITOR))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMINISTRATOR])
def test_a_team_without_a_desk_is_told_with_the_command_that_opens_it(role: Role):
    intake = make_intake()
    late = make_team(intake.round)
    user = make_clerk(intake, intake.office) if role == Role.OFFICE else make_staff(role)
    told = f"{late}：还没有受理席，信访件先送到巡察办。"
    command = f"manage.py open_desks {intake.round.slug}</span>"
    page = start_page(user)
    assert told in page and command in page
    call_command("open_desks", intake.round.slug, stdout=StringIO())
    assert "还没有受理席" not in start_page(user)


def test_a_round_without_any_desk_is_told_to_the_administrator():
    round_ = make_round()
    make_team(round_)
    page = start_page(make_staff(Role.ADMINISTRATOR))
    assert f"{round_.title}：还没有设立受理席，收不了信访件。" in page
    assert f"open_desks {round_.slug} --recovery-file" in page


def test_missing_desks_of_other_offices_and_of_past_rounds_are_not_told(settings: Settings):
    intake = make_intake()
    make_team(make_intake().round)
    assert "还没有受理席" not in start_page(make_clerk(intake, intake.office))
    make_team(intake.round)
    settings.SIMULATED_NOW = INSIDE + timedelta(days=100)
    assert "还没有受理席" not in start_page(make_clerk(intake, intake.office))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMINISTRATOR])
def test_a_year_without_working_days_is_told(role: Role):
    intake = make_intake(accepts_until=date(2027, 1, 31), period_ends_last=date(2027, 2, 10))
    user = make_clerk(intake, intake.office) if role == Role.OFFICE else make_staff(role)
    assert f"2027年{WARNING}" in start_page(user)
    WorkCalendarDay.objects.create(date=date(2027, 1, 1), is_workday=False)
    assert WARNING not in start_page(user)


def test_the_auditor_sees_events_and_failed_logins_and_no_item():
    intake = make_intake()
    send(intake, intake.targets[0])
    clerk = make_clerk(intake, intake.desks[0])
    make_device(clerk)
    post_login(Client(), clerk.username, "000000")
    page = start_page(make_staff(Role.AUDITOR))
    assert "最近七天有 1 次登录失败或账号锁定。" in page
    assert str(Action.LOGIN_FAILED.label) in page
    assert intake.targets[0].name not in page
    assert "/admin/intake/submission/" not in page


def test_each_role_finds_its_own_list_and_no_other():
    intake = make_intake()
    links = {
        "intake/submission": make_clerk(intake, intake.desks[0]),
        "intake/deskaccess": make_clerk(intake, intake.office),
        "intake/auditevent": make_staff(Role.AUDITOR),
        "intake/staffuser": make_staff(Role.ADMINISTRATOR),
    }
    seen = {
        link: {other for other in links if f'href="/admin/{other}/"' in start_page(user)}
        for link, user in links.items()
    }
    assert seen == {
        "intake/submission": {"intake/submission"},
        "intake/deskaccess": {"intake/submission", "intake/deskaccess"},
        "intake/auditevent": {"intake/auditevent"},
        "intake/staffuser": {"intake/staffuser"},
    }


def test_without_any_round_the_page_still_opens():
    assert "还没有载入公告" in start_page(make_staff(Role.OFFICE))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2025-03-27T23:59:59", "还没有开始受理，3月28日开始"),
        ("2025-04-15T10:00:00", "受理中，今天以后还有 66 天（45 个工作日）"),
        ("2025-06-15T23:59:59", "受理中，今天以后还有 5 天（5 个工作日）"),
        ("2025-06-19T00:00:00", "受理中，今天以后还有 1 天（1 个工作日）"),
        ("2025-06-19T23:59:59", "受理中，今天以后还有 1 天（1 个工作日）"),
        ("2025-06-20T00:00:00", "今天是最后一天，到2025年6月20日24时"),
        ("2025-06-21T00:00:00", "受理已结束（2025年6月20日24时）"),
    ],
)
def test_the_bar_says_how_the_window_stands(at: str, words: str):
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    window = make_round().window()
    assert window_line(window, WorkCalendarDay.calendar(), moment) == words


def test_the_bar_does_not_guess_working_days():
    unknown = Calendar(exceptions={}, years=frozenset())
    words = window_line(make_round().window(), unknown, INSIDE)
    assert words == "受理中，今天以后还有 66 天（工作日数未知）"
