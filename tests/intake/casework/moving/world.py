"""Items on their way, and the people whom each step needs."""

from dataclasses import dataclass
from typing import Any

from intake.casework import registering
from intake.casework.moving import moving
from intake.casework.moving.judging import Judged, judge
from intake.choices import Handling, Nature, Scope, Signature, Status
from intake.models import Problem, StaffUser, Submission
from tests.making import INSIDE, Intake, make_clerk, make_intake, record_what_was_made
from tests.staff_work import keyring_for, send

OPINION = "（演示）拟请第一组了解发包经过"
REASON = "（演示）材料里提到的是另一个村"
RESULT = "（演示）已看过台账并谈话三人"


@dataclass(frozen=True)
class World:
    """One round, its office and its first team, with a clerk and a head each."""

    intake: Intake
    office: StaffUser
    office_head: StaffUser
    clerk: StaffUser
    head: StaffUser


def make_world() -> World:
    intake = make_intake()
    world = World(
        intake,
        make_clerk(intake, intake.office),
        make_clerk(intake, intake.office, may_approve=True),
        make_clerk(intake, intake.desks[0]),
        make_clerk(intake, intake.desks[0], may_approve=True),
    )
    record_what_was_made()
    return world


def registered(world: World, **draft: Any) -> Submission:
    """One at the team's desk, waiting to be judged."""
    item = send(world.intake, world.intake.targets[0], **draft)
    registering.register([item], by=world.clerk, at=INSIDE)
    return now(item)


def judged(world: World, **draft: Any) -> Submission:
    item = registered(world, **draft)
    facts = Judged(
        scope=Scope.IN,
        nature=Nature.ACCUSATION,
        main_problem=Problem.objects.get(code="integrity"),
        signature=Signature.ANONYMOUS,
    )
    judge(item.pk, facts, version=item.version, by=world.clerk, at=INSIDE)
    return now(item)


def go(item: Submission, to: Status, by: StaffUser, **needed: Any) -> Submission:
    """The move, in the version that there is now."""
    keyring = keyring_for(by)
    moving.move(item.pk, to, version=now(item).version, by=by, at=INSIDE, keyring=keyring, **needed)
    return now(item)


def proposed(world: World, handling: Handling = Handling.INQUIRE) -> Submission:
    return go(
        judged(world), Status.TO_APPROVE, world.clerk, handling=handling.value, opinion=OPINION
    )


def inquiring(world: World) -> Submission:
    return go(proposed(world), Status.INQUIRING, world.head, opinion="（演示）同意")


def now(item: Submission) -> Submission:
    return Submission.objects.select_related("desk", "round").get(pk=item.pk)
