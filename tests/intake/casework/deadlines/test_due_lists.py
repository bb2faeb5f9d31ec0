"""Lists find by a condition on rows what the item's own page says, paused clocks included."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from inspection.models import WorkCalendarDay
from intake import audit
from intake.casework.deadlines.clock_facts import FIELDS, moved
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.deadlines.days_left import days_left
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.deadlines.extending import CannotExtend, extend
from intake.casework.deadlines.pausing import CannotPause, pause, resume
from intake.casework.deadlines.recounting import recount
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.moving.move_table import Through
from intake.casework.registering import register
from intake.casework.rerouting import reroute
from intake.choices import Action, Handling, Role, Signature, Status
from intake.choices.deadline_lists import OURS, Happening, RuleCode
from intake.models import AuditEvent, DeadlinePause, DeadlineRule, StaffUser, Submission
from intake.sealing.unsealing import open_sealed
from tests.intake.casework.moving.world import go, make_world, proposed
from tests.making import INSIDE, Intake, make_clerk, make_intake, make_staff, record_what_was_made
from tests.running.clock_reading import line_for
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

REASON = "（演示）等反映人补充合同"


@pytest.fixture
def intake() -> Intake:
    return make_intake()


@pytest.fixture
def clerk(intake: Intake) -> StaffUser:
    found = make_clerk(intake, intake.desks[0])
    record_what_was_made()
    return found


def registered(intake: Intake, clerk: StaffUser, *, at: datetime = INSIDE) -> Submission:
    item = send(intake, intake.targets[0], at=at)
    register([item], by=clerk, at=at)
    return Submission.objects.get(pk=item.pk)


def put(item: Submission, rule: RuleCode, from_day: date, **changes: object) -> None:
    """As a move leaves it, for a test that is about lists alone."""
    values = {"deadline_rule": rule.value, "deadline_from": from_day, **changes}
    Submission.objects.filter(pk=item.pk).update(**values)


def keys(condition: object) -> set[object]:
    return set(Submission.objects.filter(condition).values_list("pk", flat=True))  # type: ignore[arg-type]


def test_an_item_has_its_clock_from_the_day_it_came(intake: Intake, clerk: StaffUser):
    waiting = send(intake, intake.targets[0])
    line = line_for(waiting, INSIDE)
    assert line and (line.rule, line.due, line.tag) == ("registering", INSIDE.date(), "今天到期")
    assert keys(DueLists.read().due_by(INSIDE.date())) == {waiting.pk}
    assert keys(DueLists.read().overdue(INSIDE.date())) == set()
    assert keys(DueLists.read().overdue(INSIDE.date() + timedelta(days=1))) == {waiting.pk}
    for desk, found in zip(intake.desks, ({waiting.pk}, set()), strict=True):
        assert keys(DueLists.read([desk]).due_by(INSIDE.date())) == found
    register([waiting], by=clerk, at=INSIDE)
    item = Submission.objects.get()
    assert (item.deadline_rule, item.deadline_from) == ("pass_on", INSIDE.date())
    line = line_for(item, INSIDE)
    assert line and (line.due, line.days_left, line.workdays_left) == (date(2025, 4, 30), 15, 12)
    assert line.words == "到2025年4月30日（周三）为止，还有 15 天（12 个工作日）。"
    assert line.why == "从收件（2025年4月15日）起15日，当天不算。"
    assert keys(DueLists.read().due_by(date(2025, 4, 29))) == set()
    assert keys(DueLists.read().due_by(date(2025, 4, 30))) == {item.pk}
    assert audit.verify().is_sound


def test_lists_and_pages_agree_on_every_day(intake: Intake, clerk: StaffUser):
    """Each rule with a clock that runs, one that was paused and one that stands still."""
    items = [registered(intake, clerk) for _ in range(9)]
    DeadlineRule.objects.filter(code=RuleCode.SETTLE).update(number=5, unit="workdays")
    rules = (RuleCode.PASS_ON, RuleCode.SETTLE, RuleCode.FEEDBACK)
    for place, item in enumerate(items):
        rule, from_day = rules[place % 3], date(2025, 4, 18) + timedelta(days=place)
        put(item, rule, from_day)
        if place >= 3:
            until = from_day + timedelta(days=5) if place < 6 else None
            ended = {"until": until, "resumed_by": clerk if until else None}
            DeadlinePause.objects.create(
                submission=item, rule=rule, first=from_day + timedelta(days=2), paused_by=clerk,
                sealed_reason=b"", **ended,
            )  # fmt: skip
    lists = DueLists.read()
    found = {
        day: keys(lists.due_by(day))
        for day in (date(2025, 4, 15) + timedelta(days=offset) for offset in range(120))
    }
    for earlier, later in pairwise(found.values()):
        assert earlier <= later
    first = {pk: min(day for day, some in found.items() if pk in some) for pk in found[max(found)]}
    on = date(2025, 4, 30)
    counted = lists.counts(Submission.objects.all(), on)
    over = len(keys(lists.overdue(on)))
    assert counted.overdue == over == 1
    assert counted.within == {
        days: len(keys(lists.due_by(on + timedelta(days=days)))) - over for days in (15, 5, 0)
    }
    assert counted.within == {15: 3, 5: 2, 0: 1}
    assert [first.get(item.pk) for item in items] == [
        *(date(2025, 5, 3), date(2025, 4, 25), date(2025, 7, 20)),
        *(date(2025, 5, 9), date(2025, 4, 30), date(2025, 7, 26)),
        *(None, None, None),
    ]


def test_what_no_calendar_tells_is_a_list_of_its_own(intake: Intake, clerk: StaffUser):
    """As the item's page says it, and as a row of the list does, whatever was done to the clock."""
    told = WorkCalendarDay.calendar().years
    ends, gap = date(max(told), 12, 31), date(min(told) - 2, 3, 3)
    begun = [gap, *(ends - timedelta(days=back) for back in (3, 6, 7, 8, 9, 30))]
    items = [registered(intake, clerk) for _ in range(2 * len(begun))]
    DeadlineRule.objects.filter(code=RuleCode.SETTLE).update(number=5, unit="workdays")
    for place, item in enumerate(items):
        put(item, RuleCode.SETTLE, begun[place // 2])
        if place % 2:
            first = begun[place // 2] + timedelta(days=1)
            until = first + timedelta(days=1) if place % 4 == 1 else None
            ended = {"until": until, "resumed_by": clerk if until else None}
            DeadlinePause.objects.create(
                submission=item, rule="settle", first=first, paused_by=clerk, sealed_reason=b"",
                **ended,
            )  # fmt: skip
    with CaptureQueriesContext(connection) as read:
        lists = DueLists.read()
        rows = list(Submission.objects.select_related("round"))
        said = {row.pk: days_left(row, lists, INSIDE) for row in rows}
    assert len(read) == 4
    unknown = {pk for pk, words in said.items() if words == "未知"}
    assert keys(lists.unknown()) == unknown
    assert lists.counts(Submission.objects.all(), INSIDE.date()).unknown == len(unknown)
    paused = {pk for pk, words in said.items() if words == "暂停"}
    known = keys(lists.due_by(ends))
    assert unknown and paused and known
    assert (unknown | paused | known) == set(said) and len(unknown | paused) + len(known) == len(
        said
    )
    put(items[0], RuleCode.PASS_ON, INSIDE.date() - timedelta(days=16))
    put(items[1], RuleCode.PASS_ON, INSIDE.date() - timedelta(days=12))
    late, early = (Submission.objects.get(pk=item.pk) for item in items[:2])
    assert days_left(late, lists, INSIDE) == "已超期 1 天（1 个工作日）"
    assert days_left(early, DueLists.read(), INSIDE) == "还有 3 天（3 个工作日）"


def test_as_many_queries_for_many_as_for_few(intake: Intake, clerk: StaffUser):
    registered(intake, clerk)
    with CaptureQueriesContext(
        connection,
    ) as few:
        lists = DueLists.read()
        [Submission.objects.filter(lists.due_by(INSIDE.date())).count() for _ in range(4)]
    for _ in range(6):
        pause(registered(intake, clerk), "pass_on", REASON, by=clerk, at=INSIDE)
    with CaptureQueriesContext(connection) as many:
        lists = DueLists.read()
        [Submission.objects.filter(lists.due_by(INSIDE.date())).count() for _ in range(4)]
    assert len(few) == len(many) == 7


def test_a_pause_stops_the_clock_and_adds_its_days(intake: Intake, clerk: StaffUser):
    item = registered(intake, clerk)
    pause(item, "pass_on", REASON, by=clerk, at=INSIDE + timedelta(days=5))
    line = line_for(item, INSIDE + timedelta(days=9))
    assert line and line.is_paused and line.due is None
    assert (
        line.words == "已暂停，从4月20日（周日）起不算。今天恢复的话，到2025年5月4日（周日）为止。"
    )
    assert keys(DueLists.read().due_by(date(2025, 12, 1))) == set()
    with pytest.raises(CannotPause):
        pause(item, "pass_on", REASON, by=clerk, at=INSIDE)
    resume(item, "pass_on", by=clerk, at=INSIDE + timedelta(days=10))
    line = line_for(item, INSIDE + timedelta(days=10))
    assert line and (line.due, line.days_left) == (date(2025, 5, 5), 10)
    assert "暂停过：4月20日（周日）至4月24日（周四），这些天不算。" in line.why
    assert keys(DueLists.read().overdue(date(2025, 5, 6))) == {item.pk}
    assert keys(DueLists.read().overdue(date(2025, 5, 5))) == set()
    with pytest.raises(CannotPause):
        resume(item, "pass_on", by=clerk, at=INSIDE)
    told = AuditEvent.objects.filter(action__in=(Action.PAUSE_CLOCK, Action.RESUME_CLOCK))
    assert [event.detail for event in told] == [{"rule": "pass_on"}] * 2
    assert audit.verify().is_sound


def test_a_clock_that_was_stopped_after_its_end_is_over_nowhere(intake: Intake, clerk: StaffUser):
    item, late = registered(intake, clerk), INSIDE + timedelta(days=20)
    pause(item, "pass_on", REASON, by=clerk, at=late)
    lists, row = DueLists.read(), Submission.objects.get()
    assert days_left(row, lists, late) == "暂停"
    assert keys(lists.overdue(late.date())) == keys(lists.unknown()) == set()
    assert line_for(item, late).tag == "暂停"  # type: ignore[union-attr]
    # It ran out before, and does so again.
    resume(item, "pass_on", by=clerk, at=late)
    assert keys(DueLists.read().overdue(late.date())) == {item.pk}
    assert line_for(item, late).tag == "超期"  # type: ignore[union-attr]


def test_the_reason_is_sealed_and_goes_with_the_item(intake: Intake, clerk: StaffUser):
    item = registered(intake, clerk)
    row = pause(item, "pass_on", REASON, by=clerk, at=INSIDE)
    office, to = make_clerk(intake, intake.office), intake.desks[1]
    record_what_was_made()
    reroute(item, to=to, keyring=keyring_for(office), by=office, at=INSIDE, reason=REASON)
    row.refresh_from_db()
    secret = intake.secrets[intake.desks[1].pk]
    assert open_sealed(bytes(row.sealed_reason), secret).decode() == REASON
    line = line_for(Submission.objects.get(), INSIDE)
    assert line and line.is_paused and "改派过，不重新起算。" in line.why
    assert audit.verify().is_sound


def test_who_may_pause_and_what(intake: Intake, clerk: StaffUser):
    item, waiting = registered(intake, clerk), send(intake, intake.targets[0])
    for rule, one in (("feedback", item), ("nonsense", item), ("registering", waiting)):
        with pytest.raises(CannotPause):
            pause(one, rule, REASON, by=clerk, at=INSIDE)
    with pytest.raises(PermissionDenied):
        pause(item, "pass_on", REASON, by=make_staff(Role.AUDITOR), at=INSIDE)
    for deed in (pause, resume):
        reason = (REASON,) if deed is pause else ()
        with pytest.raises(Submission.DoesNotExist):
            deed(item, "pass_on", *reason, by=make_clerk(intake, intake.desks[1]), at=INSIDE)  # type: ignore[operator]


def test_a_head_makes_a_clock_longer_once(intake: Intake, clerk: StaffUser):
    item, head = registered(intake, clerk), make_clerk(intake, intake.desks[0], may_approve=True)
    record_what_was_made()
    steps = {"from_status": "to_approve", "to_status": "inquiring"}
    inquired = {"status": Status.INQUIRING, "handled_as": "inquire", "nature": "appeal"}
    put(item, RuleCode.SETTLE, INSIDE.date(), **inquired)
    item.refresh_from_db()
    event = AuditEvent.objects.get(action=Action.REGISTER)
    AuditEvent.objects.filter(pk=event.pk).update(detail=event.detail | steps)
    line = line_for(item, INSIDE)
    assert line and (line.due, line.may_extend) == (date(2025, 6, 14), 30)
    with pytest.raises(PermissionDenied):
        extend(item, "settle", 30, REASON, by=clerk, at=INSIDE)
    for rule, extra in (("settle", 0), ("settle", 31), ("pass_on", 1), ("nonsense", 1)):
        with pytest.raises(CannotExtend):
            extend(item, rule, extra, REASON, by=head, at=INSIDE)
    row = extend(item, "settle", 30, REASON, by=head, at=INSIDE)
    with pytest.raises(CannotExtend):
        extend(item, "settle", 30, REASON, by=head, at=INSIDE)
    line = line_for(item, INSIDE)
    assert line and (line.due, line.may_extend) == (date(2025, 7, 14), 0)
    assert line.why == "从受理（2025年4月15日）起60日，已批准延长30日，当天不算。"
    assert keys(DueLists.read().overdue(date(2025, 7, 14))) == set()
    assert keys(DueLists.read().overdue(date(2025, 7, 15))) == {item.pk}
    secret = intake.secrets[intake.desks[0].pk]
    assert open_sealed(bytes(row.sealed_reason), secret).decode() == REASON
    told = AuditEvent.objects.get(action=Action.EXTEND_CLOCK)
    assert told.detail == {"rule": "settle", "extra": 30}
    for changes, name in (
        ({"pk": None, "rule": "clue", "extra": 0}, "is_longer"),
        ({"pk": None}, "extension_once|UNIQUE"),
    ):
        for field, value in changes.items():
            setattr(row, field, value)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save()
        row.rule, row.extra = "settle", 30


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("deadline_pause_ends_after_its_start", {"until": date(2025, 4, 14)}),
        ("deadline_pause_ended_by_somebody", {"until": None}),
    ],
)
def test_a_pause_that_cannot_be(intake: Intake, clerk: StaffUser, name: str, changes: object):
    item = registered(intake, clerk)
    values = {"first": date(2025, 4, 15), "until": date(2025, 4, 16), "resumed_by": clerk}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DeadlinePause.objects.create(
            submission=item,
            rule="pass_on",
            paused_by=clerk,
            **{**values, **changes},  # type: ignore[dict-item]
        )


def test_one_clock_is_paused_once_at_a_time(intake: Intake, clerk: StaffUser):
    pause(registered(intake, clerk), "pass_on", REASON, by=clerk, at=INSIDE)
    row = DeadlinePause.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_move_sets_the_facts_and_a_named_reporter_is_told(intake: Intake, clerk: StaffUser):
    item, later = registered(intake, clerk), INSIDE + timedelta(days=3)
    item.status, item.nature = Status.INQUIRING, "appeal"
    item.signature = Signature.NAMED_CHECKED
    moved(item, before=Status.TO_APPROVE, at=later, book=RuleBook.read())
    assert [getattr(item, name) for name in FIELDS] == ["settle", later.date(), later.date()]
    item.status = Status.CLOSED
    moved(item, before=Status.INQUIRING, at=later, book=RuleBook.read())
    assert [getattr(item, name) for name in FIELDS] == ["", None, later.date()]
    # The event of a move is another's to write: without one, nothing was accepted yet.
    item.status = Status.INQUIRING
    assert lines_for(item, later) == []


def test_after_real_moves_lists_and_pages_name_the_same_clock():
    world = make_world()
    item = proposed(world, Handling.TRANSFER)
    by_list = {"through": Through.TRANSFERS}
    for to, by, said in (
        (Status.TO_TRANSFER, world.head, {"opinion": "（演示）同意"}),
        (Status.TRANSFERRED, world.office, by_list),
        (Status.TO_TRANSFER, world.office, by_list | {"reason": REASON}),
        (Status.TRANSFERRED, world.office, by_list),
        (Status.ACKNOWLEDGED, world.office, by_list),
    ):
        item = go(item, to, by, **said)
        line = lines_for(item, INSIDE)[0]
        assert line.rule == item.deadline_rule and line.due
        found = {item.pk} if line.rule in OURS else set()
        assert keys(DueLists.read().due_by(line.due)) == found
        assert keys(DueLists.read().overdue(line.due)) == set()
    assert line.due == date(2025, 7, 15)
    assert line.why == "从签收（2025年4月15日）起3个月，当天不算。"


def test_another_rule_is_another_last_day_at_once(intake: Intake, clerk: StaffUser):
    item = registered(intake, clerk, at=INSIDE)
    Submission.objects.filter(pk=item.pk).update(received_at=INSIDE - timedelta(days=2))
    rule = DeadlineRule.objects.get(code=RuleCode.PASS_ON)
    rule.number, rule.unit, rule.counts_from = 5, "workdays", Happening.REGISTERED
    rule.save()
    assert recount(rule, by=make_clerk(intake, intake.office), at=INSIDE) == 0
    item = Submission.objects.get()
    line = line_for(item, INSIDE)
    assert line and (line.due, line.rule) == (date(2025, 4, 22), "pass_on")
    assert keys(DueLists.read().due_by(date(2025, 4, 22))) == {item.pk}
    rule.counts_from = Happening.RECEIVED
    rule.save()
    assert recount(rule, by=make_clerk(intake, intake.office), at=INSIDE) == 1
    assert Submission.objects.get().deadline_from == date(2025, 4, 13)
    DeadlineRule.objects.update(is_active=False)
    assert line_for(item, INSIDE) is None
    assert keys(DueLists.read().due_by(date(2026, 4, 22))) == set()


def test_a_beginning_that_lists_know_alone_stays_whatever_a_row_says(intake: Intake):
    waiting = send(intake, intake.targets[0])
    DeadlineRule.objects.update(counts_from=Happening.CLOSED)
    line = line_for(waiting, INSIDE)
    assert line and line.due == INSIDE.date()
    assert keys(DueLists.read().due_by(INSIDE.date())) == {waiting.pk}
    fixed = {code for code in RuleCode if code.facts.is_beginning_fixed}
    assert {code.value for code in fixed} == {
        "registering",
        "objection",
        "feedback",
        "sealed_matter",
    }
    for code, rule in RuleBook.read().rules.items():
        counts_from = RuleCode(code).facts.counts_from if code in fixed else Happening.CLOSED
        assert rule.counts_from is counts_from


def test_without_the_calendar_nothing_is_guessed(intake: Intake, clerk: StaffUser):
    item = registered(intake, clerk)
    put(item, RuleCode.OBJECTION, INSIDE.date())
    WorkCalendarDay.objects.all().delete()
    assert keys(DueLists.read().due_by(date(2025, 12, 1))) == set()
    DeadlineRule.objects.filter(code=RuleCode.PASS_ON).update(number=5, unit="workdays")
    line = line_for(item, INSIDE)
    assert line and line.due is None
    assert line.words == "最后一天未知：那一年的工作日安排还没有录入。"


def test_the_rows_of_the_migration_are_the_programs_rules():
    stored = {row.code: row for row in DeadlineRule.objects.all()}
    assert stored.keys() == set(RuleCode.__members__.values())
    for code in RuleCode:
        row, facts = stored[code.value], code.facts
        assert (row.words, row.number, row.unit, row.counts_from, row.may_extend) == (
            *(facts.words, facts.number, facts.unit.value, facts.counts_from.value),
            facts.may_extend,
        )
