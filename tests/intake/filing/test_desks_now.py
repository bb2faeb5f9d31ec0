"""Where a report goes when its team came after the desks were opened: nobody is turned away."""

import pytest

from intake.casework import rerouting
from intake.choices import Scope
from intake.sealing import unsealing
from intake.staff import opening_desks
from tests.making import INSIDE, make_clerk, make_intake, make_target, make_team
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db


def test_a_team_without_a_desk_yet_has_its_reports_go_to_the_office():
    intake = make_intake()
    target = make_target(make_team(intake.round))
    item = send(intake, target)
    assert (item.desk, item.target, item.scope) == (intake.office, target, Scope.IN)
    assert item.route_reason == "巡察组还没有受理席，先送巡察办；按所选单位分送"
    secret = intake.secrets[intake.office.pk]
    assert b"narrative" in unsealing.open_sealed(bytes(item.sealed), secret)


def test_once_the_desk_is_open_new_reports_go_there_and_the_office_sends_the_old_ones_on():
    intake = make_intake()
    team = make_team(intake.round)
    target = make_target(team)
    first = send(intake, target)
    (desk,) = opening_desks.open_missing_desks(intake.round, at=INSIDE)
    assert send(intake, target).desk == desk
    office = make_clerk(intake, intake.office)
    rerouting.reroute(
        first, to=desk, keyring=keyring_for(office), by=office, at=INSIDE, reason="（演示）"
    )
    first.refresh_from_db()
    assert (first.desk, first.target) == (desk, target)
