"""Which named reporters must be told by when: lists and pages of items say the same."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from inspection.models import Round, WorkCalendarDay
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.deadlines.extending import extend
from intake.casework.deadlines.pausing import pause, resume
from intake.casework.deadlines.recounting import recount
from intake.casework.deadlines.telling import tell
from intake.casework.deadlines.telling_lists import TellingLists
from intake.casework.moving.judging import Judged, judge
from intake.choices import Handling, Nature, Scope, Signature, Status, ToldBy
from intake.choices.deadline_lists import TELLING, Happening, RuleCode
from intake.models import DeadlineRule, Submission
from tests.intake.casework.moving.world import (
    OPINION,
    REASON,
    RESULT,
    World,
    go,
    make_world,
    now,
    registered,
)
from tests.making import INSIDE
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

# The fifteenth working day after the fifteenth of April, over the first of May.
LAST = date(2025, 5, 8)
standing = standing_world(make_world)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def accepted(world: World, signature: Signature = Signature.NAMED_CHECKED) -> Submission:
    item = registered(world)
    facts = Judged(scope=Scope.IN, nature=Nature.SUGGESTION, signature=signature)
    judge(item.pk, facts, version=item.version, by=world.clerk, at=INSIDE)
    given = {"handling": Handling.INQUIRE.value, "opinion": OPINION}
    go(item, Status.TO_APPROVE, world.clerk, **given)
    return go(item, Status.INQUIRING, world.head, opinion=OPINION)


def last_day(item: Submission) -> date | None:
    """The one day on which the lists turn from soon to overdue; they agree with the page."""
    lines = [line for line in lines_for(now(item), INSIDE) if line.rule in TELLING]
    day = lines[0].due if lines else None
    tellings, one = TellingLists(DueLists.read()), Submission.objects.filter(pk=item.pk)
    if day is None:
        assert not one.filter(tellings.overdue(date(2025, 12, 1))).exists()
        return None
    for today, is_over, is_soon in (
        (day - timedelta(days=6), False, False),
        (day - timedelta(days=5), False, True),
        (day, False, True),
        (day + timedelta(days=1), True, False),
    ):
        assert one.filter(tellings.overdue(today)).exists() is is_over, today
        assert one.filter(tellings.soon(today)).exists() is is_soon, today
    return day


def told(world: World, item: Submission, rule: RuleCode) -> None:
    keyring, by = keyring_for(world.clerk), world.clerk
    day, way = INSIDE.date(), ToldBy.PHONE
    tell(now(item), rule, on=day, told_by=way, keyring=keyring, by=by, at=INSIDE)


def test_a_named_reporter_stands_in_the_lists_until_told_twice(world: World):
    item = accepted(world)
    assert last_day(item) == LAST
    told(world, item, RuleCode.TELL_ACCEPTED)
    assert last_day(item) is None
    go(item, Status.CLOSED, world.head, result=RESULT)
    assert last_day(item) == LAST
    told(world, item, RuleCode.TELL_CLOSED)
    assert last_day(item) is None
    assert now(item).telling_from is None


def test_nobody_is_to_be_told_who_gave_no_name_or_was_promised_nothing(world: World):
    assert last_day(accepted(world, Signature.ANONYMOUS)) is None
    named = accepted(world)
    assert last_day(registered(world)) is None
    Round.objects.update(feedback=False)
    assert last_day(named) is None
    Round.objects.update(feedback=None)
    assert last_day(named) == LAST
    go(named, Status.TO_ASSESS, world.head, reason=REASON)
    facts = Judged(scope=Scope.IN, nature=Nature.SUGGESTION, signature=Signature.ANONYMOUS)
    judge(named.pk, facts, version=now(named).version, by=world.clerk, at=INSIDE)
    assert last_day(named) is None


def test_pauses_and_extensions_of_a_telling_count(world: World):
    item, rule = accepted(world), RuleCode.TELL_ACCEPTED
    pause(now(item), rule, REASON, by=world.clerk, at=INSIDE)
    assert last_day(item) is None
    resume(now(item), rule, by=world.clerk, at=INSIDE + timedelta(days=2))
    # The sixteenth was one of the days that do not count.
    assert last_day(item) == date(2025, 5, 9)
    DeadlineRule.objects.filter(code=rule).update(may_extend=5)
    extend(now(item), rule, 1, REASON, by=world.head, at=INSIDE)
    assert last_day(item) == date(2025, 5, 12)
    # What was done to this clock is not done to the next.
    go(item, Status.CLOSED, world.head, result=RESULT)
    assert last_day(item) == LAST


def test_what_the_office_changes_in_the_rule_is_so_at_once(world: World):
    item = accepted(world)
    rule = DeadlineRule.objects.get(code=RuleCode.TELL_ACCEPTED)
    rule.number, rule.unit = 10, "days"
    rule.save()
    assert last_day(item) == date(2025, 4, 25)
    rule.counts_from = Happening.CLOSED
    rule.save()
    assert recount(rule, by=world.office, at=INSIDE) == 1
    assert last_day(item) is None
    rule.counts_from = Happening.REGISTERED
    rule.save()
    assert recount(rule, by=world.office, at=INSIDE) == 1
    assert last_day(item) == date(2025, 4, 25)
    DeadlineRule.objects.filter(code=rule.code).update(is_active=False)
    assert last_day(item) is None


def test_without_the_calendar_whoever_waits_is_told_of_as_soon(world: World):
    item = accepted(world)
    WorkCalendarDay.objects.all().delete()
    tellings = TellingLists(DueLists.read())
    assert last_day(item) is None
    assert list(Submission.objects.filter(tellings.soon(date(2025, 4, 16)))) == [item]
