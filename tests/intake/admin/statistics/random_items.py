"""Items at random, the same in each run: of every kind that figures count, at several desks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import uuid4

from inspection.models import FocusTopic
from intake.choices import (
    CLOSED_STATUSES,
    HANDLED_IN,
    Handling,
    Nature,
    Origin,
    Rank,
    Scope,
    Signature,
    Status,
    Topic,
    Way,
)
from intake.choices.deadline_lists import RuleCode
from intake.models import HelpingDesk, Problem, Recusal, RepeatLink, StaffUser, Submission
from intake.models.codes_field import as_codes
from tests.making import INSIDE, Intake
from tests.staff_work import send

_numbers = count(1)
_RUNNING = (RuleCode.PASS_ON.value, RuleCode.SETTLE.value)


def make_random_items(
    intake: Intake, wanted: int, *, seed: int = 11, at: datetime = INSIDE
) -> list[Submission]:
    """At every desk of the round, come in on the days before that moment."""
    random = Random(seed)
    patterns = [send(intake, target, at=at) for target in (None, *intake.targets)]
    patterns.append(send(intake, about_inspectors=True, at=at))
    problems, focuses = list(Problem.objects.all()), list(intake.round.focus.all())
    made = [
        Submission(**_values(random, random.choice(patterns), at, problems, focuses))
        for _ in range(wanted)
    ]
    return list(Submission.objects.bulk_create(made))


def link_at_random(items: Sequence[Submission], by: StaffUser, *, seed: int = 12) -> None:
    """Some repeat others of their desk; links are flat, and some were undone."""
    random = Random(seed)
    for desk in {item.desk_id for item in items}:
        here = [item for item in items if item.desk_id == desk]
        random.shuffle(here)
        some = len(here) // 4
        for repeat in here[some : 2 * some]:
            undone = {"undone_by": by, "undone_at": INSIDE} if random.random() < 0.2 else {}
            lead = random.choice(here[:some])
            RepeatLink.objects.create(
                lead=lead, repeat=repeat, made_by=by, made_at=INSIDE, **undone
            )


def mix_in_helpers(
    intake: Intake, items: Sequence[Submission], clerk: StaffUser, by: StaffUser
) -> None:
    """The first desk helps with items of the second; its clerk is kept out of one of its own."""
    counted = [one for one in items if one.status != Status.VOIDED]
    own, theirs = ([one for one in counted if one.desk == desk] for desk in intake.desks[:2])
    for item in theirs[:3]:
        HelpingDesk.objects.create(
            submission=item, desk=intake.desks[0], added_by=by, added_at=INSIDE
        )
    Recusal.objects.create(
        submission=own[0], user=clerk, sealed_reason=b"", ordered_by=by, ordered_at=INSIDE
    )


def _values(
    random: Random,
    pattern: Submission,
    latest: datetime,
    problems: Sequence[Problem],
    focuses: Sequence[FocusTopic],
) -> dict[str, Any]:
    values = {one.attname: getattr(pattern, one.attname) for one in Submission._meta.fields}
    number = next(_numbers)
    digest = f"{number:064x}"
    values |= {"id": uuid4(), "idempotency_key": digest, "receipt_digest": digest}
    values |= {"number": number, "chained_in_id": None}
    at = _moment(random, latest)
    named = [problem.code for problem in problems]
    values |= {
        "received_at": at,
        "way": random.choice([one for one in Way if one != Way.WEB or at >= pattern.window_opens]),
        "origin": random.choice((Origin.OWN, Origin.OWN, *Origin)),
        "signature": random.choice(list(Signature)),
        "scope": random.choice(list(Scope)),
        "nature": random.choice(("", *Nature)),
        "rank": random.choice(("", *Rank)),
        "signers": random.randrange(4),
        "people": random.randrange(9),
        "main_problem_id": random.choice((None, *(one.pk for one in problems))),
        "other_problems": as_codes(random.sample(named, random.randrange(3))),
        "focus_id": random.choice((None, *(one.pk for one in focuses))),
        "topics": as_codes(random.sample(list(Topic), random.randrange(3))),
        "deadline_rule": random.choice(_RUNNING),
        "deadline_from": random.choice((None, at.date())),
    }
    return values | _status(random, at)


def _moment(random: Random, latest: datetime) -> datetime:
    """Often at the very end or beginning of a day."""
    day = (latest - timedelta(days=random.randrange(45))).replace(hour=0, minute=0)
    minutes = random.choice((0, 1, 599, 1439))
    return min(day + timedelta(minutes=minutes), latest)


def _status(random: Random, at: datetime) -> dict[str, Any]:
    status = random.choice([one for one in Status if one not in (Status.TO_APPROVE,)])
    handled = next((how for how, some in HANDLED_IN.items() if status in some), "")
    found: dict[str, Any] = {"status": status, "handled_as": handled}
    if status in CLOSED_STATUSES:
        found |= {"closed_at": at, "handled_as": random.choice(("", *Handling))}
    return found if status != Status.UNREGISTERED else found | {"number": None}
