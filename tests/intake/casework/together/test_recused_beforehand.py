"""回避 of who does not see the item yet, and of the office's own: somebody is always left."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework.rerouting import CannotReroute, reroute
from intake.casework.together import recusing
from intake.models import Desk, DeskAccess, StaffUser, Submission
from intake.staff import granting
from tests.intake.casework.together.two_letters import LATER, TwoLetters, make_two_letters
from tests.making import make_clerk, make_head, record_what_was_made
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

WHY = "（演示）是被反映人的外甥"


@pytest.fixture
def two(settings: Settings) -> TwoLetters:
    settings.SIMULATED_NOW = LATER
    return make_two_letters()


def keep_out(two: TwoLetters, clerk: StaffUser, *, by: StaffUser | None = None) -> None:
    recusing.order(two.first, clerk, reason=WHY, by=by or two.office, at=LATER)


def send_on(two: TwoLetters, to: Desk, *, by: StaffUser | None = None) -> None:
    by = by or two.office
    reroute(two.first, to=to, keyring=keyring_for(by), by=by, at=LATER, reason=WHY)


def sees(user: StaffUser, item: Submission) -> bool:
    return Submission.objects.visible_to(user).filter(pk=item.pk).exists()


def test_a_relative_s_team_never_shows_it_to_the_relative(two: TwoLetters):
    relative, colleague = (make_clerk(two.intake, two.intake.desks[1]) for _ in range(2))
    record_what_was_made()
    keep_out(two, relative)
    send_on(two, two.intake.desks[1])
    assert sees(colleague, two.first) and not sees(relative, two.first)


def test_whoever_sees_it_now_is_offered_first_and_nobody_oneself(two: TwoLetters):
    other = make_clerk(two.intake, two.intake.desks[1])
    colleague = make_clerk(two.intake, two.intake.office)
    offered = list(recusing.may_be_recused(two.first, two.office))
    assert offered[0] == two.clerk and set(offered) == {two.clerk, other, colleague}
    with pytest.raises(recusing.CannotRecuse):
        keep_out(two, two.office)


def test_one_of_the_office_is_kept_out_and_the_others_see_it(two: TwoLetters):
    colleague = make_clerk(two.intake, two.intake.office)
    keep_out(two, colleague)
    assert sees(two.office, two.first) and not sees(colleague, two.first)
    assert sees(colleague, two.second)
    with pytest.raises(Submission.DoesNotExist):
        recusing.order(two.first, two.clerk, reason=WHY, by=colleague, at=LATER)
    record_what_was_made()
    assert audit.verify().problems == ()


def test_the_last_of_the_office_is_not_kept_out(two: TwoLetters):
    """Who decides it may be there for some days only."""
    substitute = make_clerk(two.intake, two.intake.office)
    days = LATER + timedelta(days=3)
    DeskAccess.objects.filter(user=substitute).update(until=days)
    with pytest.raises(recusing.CannotRecuse, match="没有人能看"):
        keep_out(two, two.office, by=substitute)
    shut = make_clerk(two.intake, two.intake.office)
    StaffUser.objects.filter(pk=shut.pk).update(is_active=False)
    with pytest.raises(recusing.CannotRecuse, match="没有人能看"):
        keep_out(two, two.office, by=substitute)
    make_clerk(two.intake, two.intake.office)
    keep_out(two, two.office, by=substitute)
    assert not sees(two.office, two.first)


def test_the_only_one_who_is_left_keeps_the_desk(two: TwoLetters):
    colleague = make_clerk(two.intake, two.intake.office)
    keep_out(two, colleague)
    own = two.office.accesses.get()
    with pytest.raises(granting.GrantRefused, match="没有人能看"):
        granting.revoke(own, by=colleague, at=LATER)
    # Whoever is kept out may go, and a third who is not lets the first go.
    make_clerk(two.intake, two.intake.office)
    granting.revoke(own, by=colleague, at=LATER)
    assert not DeskAccess.objects.filter(user=two.office).exists()


def test_it_is_not_sent_where_all_are_kept_out(two: TwoLetters):
    head = make_head(two.intake)
    keep_out(two, head)
    with pytest.raises(CannotReroute, match="没有人能看"):
        send_on(two, two.intake.head)
    deputy = make_head(two.intake)
    record_what_was_made()
    send_on(two, two.intake.head)
    assert sees(deputy, two.first) and not sees(head, two.first)
    with pytest.raises(granting.GrantRefused, match="没有人能看"):
        granting.revoke(deputy.accesses.get(desk=two.intake.head), by=deputy, at=LATER)
