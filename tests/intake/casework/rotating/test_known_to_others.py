"""Who had an identity opens by a copy until it is exchanged: the office's opens all teams'."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from intake.casework.rotating import beginning, leaving
from intake.casework.rotating.known_to_others import (
    is_still_to_rotate,
    known_to,
    who_know,
)
from intake.casework.rotating.walking import SETTLES, Walk
from intake.models import Desk, StaffUser
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff import granting, passwords
from tests.intake.casework.rotating.sealed_world import LATER, fresh, how_many_open, make_sealed
from tests.intake.casework.together.helped_world import Helped
from tests.logging_in import make_device
from tests.making import INSIDE, make_clerk, make_staff, record_what_was_made
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make() -> tuple[Helped, StaffUser]:
    world = make_sealed()
    gone = make_clerk(world.intake, world.intake.office)
    record_what_was_made()
    return world, gone


standing = standing_world(make)


@pytest.fixture
def both(standing: Callable[[], tuple[Helped, StaffUser]]) -> tuple[Helped, StaffUser]:
    return standing()


def desks_of(world: Helped) -> list[Desk]:
    return list(Desk.objects.visible_to(world.office).select_related("team").order_by("pk"))


def still_to_rotate(desks: list[Desk]) -> list[Desk]:
    """Those of them, what is no team's first."""
    found = Desk.objects.filter(is_still_to_rotate(), pk__in=[desk.pk for desk in desks])
    return sorted(found, key=lambda desk: (desk.is_teams, desk.pk))


def exchange(world: Helped, desk: Desk, at: datetime) -> None:
    """From the beginning to the end."""
    secret = keyring_for(world.office).desk_secret(fresh(desk))
    if desk.is_teams:
        beginning.begin(fresh(desk), secret, by=world.office, at=at)
    else:
        beginning.begin(fresh(desk), secret, by=None, at=at, write_file=lambda identity: "/gone")
    for moment in (at, at + SETTLES, at + 2 * SETTLES, at + 3 * SETTLES):
        secret = keyring_for(world.office).desk_secret(fresh(desk))
        step = Walk(fresh(desk), secret, by=world.office, at=moment).step
        while not (progress := step()).wait:
            if progress.is_over:
                return
    raise AssertionError("it has no end")


def opens_team(desk: Desk, secret: str) -> bool:
    try:
        open_sealed(bytes(fresh(desk).sealed_identity), secret)
    except CannotOpen:
        return False
    return True


def test_a_copy_of_the_offices_identity_opens_every_team_until_all_are_exchanged_after_it(
    both: tuple[Helped, StaffUser],
):
    world, gone = both
    copied = keyring_for(gone).desk_secret(world.intake.office)
    teams = first, *others = world.intake.desks
    old = {desk.pk: world.intake.secrets[desk.pk] for desk in teams}
    assert known_to(gone, desks_of(world)) == still_to_rotate(desks_of(world)) == []
    leaving.leave(gone, by=world.office, at=LATER)
    everything = [world.intake.office, *teams]
    assert known_to(gone, desks_of(world)) == everything
    assert still_to_rotate(desks_of(world)) == [world.intake.office]

    # What was exchanged before the office is sealed to what was copied.
    exchange(world, first, LATER + HOUR)
    assert opens_team(first, copied) and known_to(gone, desks_of(world)) == everything
    exchange(world, world.intake.office, LATER + 2 * HOUR)
    assert not opens_team(first, copied)
    assert known_to(gone, desks_of(world)) == still_to_rotate(desks_of(world)) == teams
    assert all(how_many_open(desk, old[desk.pk])[1] > 0 for desk in others[:1])
    for hours, desk in enumerate(teams, start=3):
        exchange(world, desk, LATER + hours * HOUR)
        assert not opens_team(desk, copied) and how_many_open(desk, old[desk.pk])[1] == 0
    assert known_to(gone, desks_of(world)) == still_to_rotate(desks_of(world)) == []


def test_a_new_recovery_file_leaves_the_teams_behind_the_office(both: tuple[Helped, StaffUser]):
    """Nobody left: the file was lost, and whoever found it holds the office's old identity."""
    world, _gone = both
    exchange(world, world.intake.office, LATER)
    assert still_to_rotate(desks_of(world)) == world.intake.desks


def test_a_password_that_was_reset_took_the_desks_away_too(both: tuple[Helped, StaffUser]):
    world, _gone = both
    desk, substitute = world.intake.desks[0], make_clerk(world.intake, world.intake.desks[0])
    substitute.accesses.all().delete()
    make_device(substitute)
    record_what_was_made()
    keys = keyring_for(world.office)
    granting.grant(substitute, desk, keyring=keys, by=world.office, at=INSIDE)
    administrator = make_staff("administrator")
    passwords.reset_password(substitute, "another-invented-1", by=administrator, at=LATER)
    assert known_to(substitute, desks_of(world)) == [desk]
    # It is asked for where somebody left, and told of everybody who lost it in whatever way.
    assert still_to_rotate(desks_of(world)) == []
    assert who_know(desks_of(world)) == [substitute]
