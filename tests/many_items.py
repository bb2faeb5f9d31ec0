"""Very many items, as copies of few that were really sent: for counting queries and for timings."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count, cycle
from typing import Any
from uuid import uuid4

from intake.choices import Handling, Scope, Status, Way
from intake.choices.deadline_lists import RuleCode
from intake.models import Submission, Supplement
from tests.making import INSIDE, Intake
from tests.staff_work import send

AT_ONCE = 500
# How often each status stands among the copies: most are done with.
_STATUSES = (
    Status.UNREGISTERED,
    *(Status.TO_ASSESS,) * 2,
    *(Status.INQUIRING,) * 2,
    *(Status.CLOSED,) * 5,
)
_numbers = count(1)


def make_many_items(intake: Intake, wanted: int, *, days: int = 60, **draft: Any) -> None:
    """At the office and the teams, come in over so many days; one of fifty has news."""
    targets = (None, *intake.targets)
    patterns = [send(intake, target, **draft) for target in targets]
    copies = _copies(patterns, wanted, days)
    while made := [copy for _, copy in zip(range(AT_ONCE), copies, strict=False)]:
        Submission.objects.bulk_create(made)
        Supplement.objects.bulk_create([_news_of(one) for one in made[::50]])


def _copies(patterns: list[Submission], wanted: int, days: int) -> Iterator[Submission]:
    for place, pattern, status in zip(
        range(wanted), cycle(patterns), cycle(_STATUSES), strict=False
    ):
        yield _copy(pattern, place, status, days)


def _copy(pattern: Submission, place: int, status: Status, days: int) -> Submission:
    """Paper may come at any time, so that the copies need not lie in the window."""
    values = {one.attname: getattr(pattern, one.attname) for one in Submission._meta.fields}
    at, number = INSIDE - timedelta(days=place % days, minutes=place % 600), next(_numbers)
    digest = f"{number:064x}"
    values |= {"id": uuid4(), "idempotency_key": digest, "receipt_digest": digest}
    values |= {"way": Way.LETTER, "received_at": at, "status": status}
    values |= {"scope": Scope.UNCHECKED if place % 2 else Scope.IN}
    if status != Status.UNREGISTERED:
        values |= {"number": number}
    if status in (Status.TO_ASSESS, Status.INQUIRING):
        values |= {"deadline_rule": RuleCode.PASS_ON.value, "deadline_from": at.date()}
    if status == Status.INQUIRING:
        values |= {"handled_as": Handling.INQUIRE}
    if status == Status.CLOSED:
        values |= {"closed_at": at}
    return Submission(**values)


def _news_of(item: Submission) -> Supplement:
    key = item.idempotency_key
    return Supplement(
        submission=item,
        received_at=INSIDE,
        idempotency_key=key,
        sealed=b"",
        received_digest=key,
        sealed_digest=key,
    )
