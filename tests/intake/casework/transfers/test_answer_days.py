"""One matter has one last day: on its page, its list, the papers, the start page and the ledger."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q

from intake import audit
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.deadlines.days_left import handling_due
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.deadlines.extending import CannotExtend, extend
from intake.casework.deadlines.pausing import CannotPause, pause, resume
from intake.casework.printing import list_values
from intake.casework.transfers.answer_days import days_by_events
from intake.casework.transfers.list_clocks import ListClock, clocks_of
from intake.casework.transfers.list_table import Step
from intake.casework.transfers.reading_lists import open_list
from intake.casework.transfers.waiting_lists import Waits, waiting_lists
from intake.choices import Action, ListKind, Nature, Status
from intake.choices.deadline_lists import RuleCode
from intake.models import DeadlineRule, Desk, StaffUser, Submission, TransferList
from intake.models.codes_field import as_codes
from tests.intake.casework.transfers.list_world import DAY, World, make_world
from tests.making import INSIDE, record_what_was_made
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

REASON = "（演示）等法院的判决"
# Accepted on the fifteenth of April; signed for on the sixteenth.
SIXTY, THREE_MONTHS = date(2025, 6, 14), date(2025, 7, 16)


standing = standing_world(make_world)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def accepted(world: World, **values: Any) -> Submission:
    """As the approval of a head leaves it."""
    item = world.item(**values)
    item = Submission.objects.select_related("desk", "round").get(pk=item.pk)
    record_what_was_made()
    steps = {"from_status": "to_approve", "to_status": item.status}
    with transaction.atomic():
        item.version += 1
        audit.record(
            Action.MOVE, by=world.head, at=INSIDE, obj=item, desk=item.desk, changed=[item], **steps
        )
        item.save(update_fields=["version"])
    return item


def at(day: date) -> datetime:
    return INSIDE.replace(year=day.year, month=day.month, day=day.day)


def clocks_on(row: TransferList, today: date) -> list[ListClock]:
    """As the page of the list asks for them."""
    row.refresh_from_db()
    entries = row.entries.still_open().select_related("submission__round")
    items = [entry.submission for entry in entries]
    days = days_by_events(row, items)
    book = DueLists.read().book
    return list(clocks_of(row, today, book, {str(one): days[one.pk] for one in items}))


def waits(user: StaffUser, today: date) -> set[Waits]:
    desks = Desk.objects.visible_to(user).select_related("round", "team")
    return {
        one for one, found in waiting_lists(user, desks, today, DueLists.read()).items() if found
    }


def told_on_paper(world: World, row: TransferList) -> tuple[str, list[str]]:
    """By when the letter asks for an answer, and each line of the list."""
    row = TransferList.objects.select_related("desk", "round", "receiver").get(pk=row.pk)
    keyring, book = keyring_for(world.clerk), DueLists.read().book
    opened = open_list(row, keyring, by=world.clerk, at=INSIDE)
    letter = list_values.letter_of(row, opened, book)
    listed = list_values.list_on_paper(row, opened, book, keyring, with_reporter=False)
    return letter.feedback, [line.feedback for line in listed.lines]


def day_everywhere(world: World, item: Submission, row: TransferList) -> set[Any]:
    item = Submission.objects.select_related("desk", "round").get(pk=item.pk)
    lists, line = DueLists.read(), lines_for(item, INSIDE)[0]
    paper, (listed,) = told_on_paper(world, row)
    day = line.due
    assert day and paper == listed == f"{day.year}年{day.month}月{day.day}日前"
    assert not Submission.objects.filter(lists.overdue(day), pk=item.pk).exists()
    over = day.replace(day=day.day + 1)
    assert Submission.objects.filter(lists.overdue(over), pk=item.pk).exists()
    if row.state == "signed":
        assert Waits.OVERDUE not in waits(world.clerk, day) and Waits.DUE in waits(world.clerk, day)
        assert Waits.OVERDUE in waits(world.clerk, over)
    return {day, clocks_on(row, INSIDE.date())[0].last, handling_due(item, lists)}


@pytest.mark.parametrize(
    ("nature", "signed"),
    [
        (Nature.APPEAL, SIXTY),
        (Nature.OUT_OF_SCOPE, SIXTY),
        (Nature.SUGGESTION, THREE_MONTHS),
    ],
)
def test_one_last_day_stands_everywhere(world: World, nature: Nature, signed: date):
    world.receiver.takes = as_codes([nature])
    world.receiver.save()
    item = accepted(world, nature=nature)
    row = world.approved(item)
    is_demand = signed == SIXTY
    before = "2025年6月14日前" if is_demand else "签收之日起 3 个月内"
    assert told_on_paper(world, row) == (before, [before])
    row = world.do(row, Step.SEND, sent_on=DAY)
    if is_demand:
        assert day_everywhere(world, item, row) == {SIXTY}
    else:
        sent = Submission.objects.get(pk=item.pk)
        # Neither ledger nor papers call the receiver's term the office's own.
        assert (sent.deadline_rule, handling_due(sent, DueLists.read())) == ("objection", "")
        assert [clock.words for clock in clocks_on(row, DAY)] == ["提出异议"]
    row = world.do(row, Step.SIGN, signed_on=DAY, signer="钱（演示）")
    assert day_everywhere(world, item, row) == {signed}


def test_pauses_and_extensions_of_the_item_count_for_its_list(world: World):
    item = accepted(world)
    row = world.sent(item)
    row = world.do(row, Step.SIGN, signed_on=DAY, signer="钱（演示）")
    pause(item, RuleCode.SETTLE, REASON, by=world.head, at=at(date(2025, 5, 1)))
    late = date(2025, 9, 1)
    assert waits(world.clerk, late) == set()
    (answer, _objection) = clocks_on(row, late)
    assert (answer.last, answer.left, answer.is_late) == (None, "暂停", False)
    assert told_on_paper(world, row) == ("", [""])
    resume(item, RuleCode.SETTLE, by=world.head, at=at(date(2025, 5, 5)))
    assert day_everywhere(world, item, row) == {date(2025, 6, 18)}
    extend(item, RuleCode.SETTLE, 5, REASON, by=world.head, at=INSIDE)
    assert day_everywhere(world, item, row) == {date(2025, 6, 23)}


def test_a_list_of_several_waits_for_the_first_and_names_each(world: World):
    demand, other = accepted(world), accepted(world, nature=Nature.SUGGESTION)
    row = world.sent(demand, other)
    row = world.do(row, Step.SIGN, signed_on=DAY, signer="钱（演示）")
    letter, listed = told_on_paper(world, row)
    assert letter == list_values.AS_LISTED
    assert sorted(listed) == ["2025年6月14日前", "2025年7月16日前"]
    first, second, _objection = clocks_on(row, INSIDE.date())
    assert (first.words, first.last) == (f"反馈（{demand}）", SIXTY)
    assert (second.words, second.last) == (f"反馈（{other}）", THREE_MONTHS)
    assert Waits.OVERDUE in waits(world.clerk, date(2025, 6, 15))
    (entry,) = row.entries.filter(submission=demand)
    said = {"feedback_on": DAY, "result": "已办（演示）", "entries": (entry.pk,)}
    world.do(row, Step.ANSWER, **said)
    # What was answered waits no more.
    assert Waits.OVERDUE not in waits(world.clerk, date(2025, 6, 15))
    assert next(clock.last for clock in clocks_on(row, INSIDE.date())) == THREE_MONTHS


@pytest.mark.parametrize(("ends", "last"), [(date(2025, 6, 30), SIXTY), (date(2025, 5, 30), None)])
def test_a_notice_is_answered_within_the_period_and_within_the_sixty_days(
    world: World, ends: date, last: date | None
):
    item = accepted(world, status=Status.FIXING)
    row = TransferList(
        round=item.round, desk=Desk(), kind=ListKind.FIX, state="signed", signed_on=DAY, sent_on=DAY
    )
    row.round.period_ends_last = ends
    days = {str(item): days_by_events(row, [item])[item.pk]}
    clock, _objection = clocks_of(row, DAY, DueLists.read().book, days)
    assert (clock.words, clock.last) == ("书面结果", last or ends)


def test_nobody_here_stops_or_lengthens_the_receivers_term(world: World):
    item = accepted(world)
    world.sent(item)
    DeadlineRule.objects.filter(code=RuleCode.OBJECTION).update(may_extend=5)
    sent = Submission.objects.select_related("desk", "round").get(pk=item.pk)
    assert [line.rule for line in lines_for(sent, INSIDE)][:2] == ["settle", "objection"]
    assert [line.may_extend for line in lines_for(sent, INSIDE)][:2] == [30, 0]
    with pytest.raises(CannotPause):
        pause(item, RuleCode.OBJECTION, REASON, by=world.head, at=INSIDE)
    with pytest.raises(CannotExtend):
        extend(item, RuleCode.OBJECTION, 5, REASON, by=world.head, at=INSIDE)
    assert not Submission.objects.filter(Q(pauses__isnull=False)).exists()
