"""Two people open a box: what each may record, confirm, correct and explain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from intake import audit
from intake.casework import registering
from intake.casework.boxes import box_discrepancies, box_openings
from intake.casework.boxes.box_openings import CannotOpenBox, mark_of
from intake.choices import Action, Role, Status
from intake.models import AuditEvent, BoxOpening, StaffUser, Submission
from intake.report.documents import UnreadableReport
from intake.report.opening_words import OpeningWords
from tests.box_work import OPENED, found, open_box, put_in
from tests.making import (
    INSIDE,
    Intake,
    make_box,
    make_clerk,
    make_intake,
    make_staff,
    record_what_was_made,
)
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

CANARY = "金丝雀 kanarienvogel"


@dataclass
class Office:
    """A round's office with two clerks who open boxes, and a third who does not."""

    intake: Intake
    box: Any
    first: StaffUser
    second: StaffUser
    third: StaffUser


@pytest.fixture
def office() -> Office:
    intake = make_intake()
    people = [make_clerk(intake, intake.office) for _ in range(3)]
    made = Office(intake, make_box(intake.round), *people)
    record_what_was_made()
    return made


def refused(does: Callable[[], object]) -> tuple[str, str]:
    """At which field, and in which words."""
    before = BoxOpening.objects.count(), AuditEvent.objects.count()
    with pytest.raises(CannotOpenBox) as told, transaction.atomic():
        does()
    assert (BoxOpening.objects.count(), AuditEvent.objects.count()) == before
    return told.value.field, str(told.value)


def test_two_people_stand_for_it_and_the_audit_holds(office: Office):
    opening = open_box(office.box, office.first, office.second, damage="封条撕开了一角（演示）")
    assert (opening.recorded_by, opening.confirmed_by) == (office.first, office.second)
    assert (opening.round, opening.desk) == (office.intake.round, office.intake.office)
    assert str(opening) == f"{office.box} 2025-04-15 09:00"
    words = box_discrepancies.read(
        opening, keyring=keyring_for(office.third), by=office.third, at=INSIDE
    )
    assert words == OpeningWords(damage="封条撕开了一角（演示）")
    said = [(one.action, one.detail) for one in AuditEvent.objects.order_by("sequence")][-3:]
    assert said == [("open_box", {"found": 3}), ("confirm_box", {}), ("read_box", {})]
    assert audit.verify().is_sound


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"opened_at": INSIDE + timedelta(seconds=1)}, "opened_at", "还没有到"),
        ({"opened_at": INSIDE - timedelta(days=365)}, "opened_at", "比这一轮巡察开始还早"),
        ({"first_number": None}, "first_number", "请填起号"),
        ({"last_number": 4}, "last_number", "3 件从 1 号起，止号应当是 3 号。"),
        ({"last_number": None}, "last_number", "止号应当是 3 号"),
        ({"count": 0}, "first_number", "没有取出信件的，起号和止号请空着。"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, changes: dict[str, Any], field: str, words: str):
    told = refused(
        lambda: box_openings.record(found(office.box, **changes), by=office.first, at=INSIDE)
    )
    assert told[0] == field
    assert words in told[1]


def test_an_empty_box_is_recorded_without_numbers(office: Office):
    empty = open_box(
        office.box, office.first, office.second, count=0, first_number=None, last_number=None
    )
    assert not box_discrepancies.counted(office.first).filter(
        box_discrepancies.in_discrepancy(), pk=empty.pk
    )


def test_one_opening_is_recorded_once_and_no_number_twice(office: Office):
    open_box(office.box, office.first)
    told = refused(lambda: box_openings.record(found(office.box), by=office.second, at=INSIDE))
    assert told == ("opened_at", "这个举报箱在这个时间已经有一份开箱记录，不用再记一份。")
    later = {"opened_at": OPENED + timedelta(minutes=5), "first_number": 3, "last_number": 5}
    told = refused(
        lambda: box_openings.record(found(office.box, **later), by=office.first, at=INSIDE)
    )
    assert told[0] == "first_number"
    open_box(office.box, office.first, **{**later, "first_number": 4, "last_number": 6})
    open_box(make_box(office.intake.round), office.first)


def test_nobody_confirms_alone_or_twice_or_what_changed_meanwhile(office: Office):
    opening = open_box(office.box, office.first)
    seen = mark_of(opening)

    def confirmed(by: StaffUser, mark: str = seen) -> BoxOpening:
        return box_openings.confirm(opening.pk, seen=mark, by=by, at=INSIDE)

    assert "记录人不能自己确认" in refused(lambda: confirmed(office.first))[1]
    four = found(office.box, count=4, last_number=4)
    box_openings.correct(opening.pk, four, seen=seen, by=office.first, at=INSIDE)
    assert "有变化" in refused(lambda: confirmed(office.second))[1]
    opening.refresh_from_db()
    assert (opening.count, opening.last_number) == (4, 4)
    confirmed(office.second, mark_of(opening))
    assert "已经确认过了" in refused(lambda: confirmed(office.third, mark_of(opening)))[1]
    assert audit.verify().is_sound


def test_only_who_recorded_it_corrects_it_until_it_is_confirmed(office: Office):
    opening = open_box(office.box, office.first)
    elsewhere = make_box(make_intake().round)

    def corrected(by: StaffUser, box: Any = office.box, seen: str = "") -> BoxOpening:
        mark = seen or mark_of(opening)
        return box_openings.correct(opening.pk, found(box), seen=mark, by=by, at=INSIDE)

    assert "只有记录人" in refused(lambda: corrected(office.second))[1]
    assert refused(lambda: corrected(office.first, elsewhere))[0] == "drop_box"
    assert "有变化" in refused(lambda: corrected(office.first, seen="older"))[1]
    box_openings.confirm(opening.pk, seen=mark_of(opening), by=office.second, at=INSIDE)
    assert "不能再改" in refused(lambda: corrected(office.first))[1]


def test_a_discrepancy_stays_until_both_have_explained_it(office: Office):
    opening = open_box(office.box, office.first, office.second, damage="锁坏了")
    for _ in range(2):
        put_in(opening)
    keyring = keyring_for(office.first)

    def explained(by: StaffUser, seen: str) -> BoxOpening:
        return box_discrepancies.explain(
            opening.pk, f"{CANARY}：一件是广告", seen=seen, keyring=keyring, by=by, at=INSIDE
        )

    def agreed(by: StaffUser, seen: str) -> BoxOpening:
        return box_discrepancies.agree(opening.pk, seen=seen, by=by, at=INSIDE)

    def is_open() -> bool:
        some = box_discrepancies.counted(office.third)
        return some.filter(box_discrepancies.in_discrepancy()).exists()

    assert is_open()
    assert "先写明原因" in refused(lambda: agreed(office.second, mark_of(opening)))[1]
    assert "只有开箱的两个人" in refused(lambda: explained(office.third, mark_of(opening)))[1]
    assert "有变化" in refused(lambda: explained(office.first, "older"))[1]
    opening = explained(office.first, mark_of(opening))
    assert is_open()
    assert "不能自己同意" in refused(lambda: agreed(office.first, mark_of(opening)))[1]
    assert "有变化" in refused(lambda: agreed(office.second, "older"))[1]
    agreed(office.second, mark_of(opening))
    assert not is_open()
    assert "已经同意过了" in refused(lambda: agreed(office.second, mark_of(opening)))[1]
    words = box_discrepancies.read(opening, keyring=keyring, by=office.first, at=INSIDE)
    assert words == OpeningWords("锁坏了", f"{CANARY}：一件是广告")


def leave(office: Office, *gone: StaffUser) -> None:
    for user in gone:
        user.accesses.all().delete()


def test_who_left_is_stood_in_for_so_that_no_discrepancy_stays_for_ever(office: Office):
    """One gone: a head, together with who is still there. Both gone: any two of the office."""
    head = make_clerk(office.intake, office.intake.office, may_approve=True)
    openings = [
        open_box(box, office.first, office.second)
        for box in (office.box, make_box(office.intake.round))
    ]

    def explained(opening: BoxOpening, by: StaffUser) -> BoxOpening:
        how = {"seen": mark_of(opening), "keyring": keyring_for(by), "by": by, "at": INSIDE}
        return box_discrepancies.explain(opening.pk, "（演示）一件是广告", **how)

    def agreed(opening: BoxOpening, by: StaffUser) -> BoxOpening:
        return box_discrepancies.agree(opening.pk, seen=mark_of(opening), by=by, at=INSIDE)

    one, two = openings
    assert "只有开箱的两个人" in refused(lambda: explained(one, head))[1]
    leave(office, office.second)
    assert "负责人代替" in refused(lambda: explained(one, office.third))[1]
    one = explained(one, head)
    other = make_clerk(office.intake, office.intake.office, may_approve=True)
    assert "只有开箱的两个人" in refused(lambda: agreed(one, other))[1]
    assert agreed(one, office.first).agreed_by == office.first
    leave(office, office.first)
    assert agreed(explained(two, office.third), head).agreed_by == head


def test_the_next_letter_makes_the_explanation_fit_no_more(office: Office):
    opening = open_box(office.box, office.first, office.second, count=5, last_number=5)
    put_in(opening)
    keyring = keyring_for(office.first)
    box_discrepancies.explain(
        opening.pk, "数错了", seen=mark_of(opening), keyring=keyring, by=office.first, at=INSIDE
    )
    opening.refresh_from_db()
    seen = mark_of(opening)
    letter = put_in(opening)
    told = refused(
        lambda: box_discrepancies.agree(opening.pk, seen=seen, by=office.second, at=INSIDE)
    )
    assert "件数变了，请重新说明" in told[1]
    Submission.objects.filter(pk=letter.pk).update(status=Status.VOIDED)
    box_discrepancies.agree(opening.pk, seen=seen, by=office.second, at=INSIDE)
    some = box_discrepancies.counted(office.first)
    assert not some.filter(box_discrepancies.in_discrepancy()).exists()
    put_in(opening)
    differing: Any = some.filter(box_discrepancies.in_discrepancy()).get()
    assert (differing.pk, differing.registered) == (opening.pk, 2)


def test_as_many_as_were_counted_need_no_explanation(office: Office):
    opening = open_box(office.box, office.first, office.second, count=1, last_number=1)
    put_in(opening)
    told = refused(
        lambda: box_discrepancies.explain(
            opening.pk,
            "多余",
            seen=mark_of(opening),
            keyring=keyring_for(office.first),
            by=office.first,
            at=INSIDE,
        )
    )
    assert told == ("explanation", "登记的件数和取出的件数一样，不用说明。")


def test_letters_belong_to_a_confirmed_opening_of_their_box(office: Office):
    opening = open_box(office.box, office.first)
    with pytest.raises(registering.NotFromABox, match="nobody has confirmed"):
        put_in(opening)
    opening = box_openings.confirm(opening.pk, seen=mark_of(opening), by=office.second, at=INSIDE)
    for other in (None, make_box(office.intake.round)):
        with pytest.raises(registering.NotFromABox, match="another box"):
            put_in(opening, drop_box=other)
    for _ in range(4):
        put_in(opening)


def test_nobody_of_another_round_or_role_comes_near(office: Office):
    opening = open_box(office.box, office.first)
    other = make_intake()
    stranger = make_clerk(other, other.office)
    with pytest.raises(PermissionDenied):
        box_openings.record(found(office.box), by=stranger, at=INSIDE)
    with pytest.raises(BoxOpening.DoesNotExist):
        box_openings.confirm(opening.pk, seen=mark_of(opening), by=stranger, at=INSIDE)
    assert not box_discrepancies.counted(stranger).exists()
    for member in (make_clerk(office.intake, office.intake.desks[0]), make_staff(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            box_openings.confirm(opening.pk, seen=mark_of(opening), by=member, at=INSIDE)
        assert not BoxOpening.objects.visible_to(member).exists()


def test_no_word_of_it_stands_in_clear(office: Office):
    opening = open_box(office.box, office.first, office.second, damage=CANARY)
    put_in(opening)
    box_discrepancies.explain(
        opening.pk,
        CANARY,
        seen=mark_of(opening),
        keyring=keyring_for(office.second),
        by=office.second,
        at=INSIDE,
    )
    kept = repr(list(BoxOpening.objects.values())) + repr(list(AuditEvent.objects.values()))
    assert "金丝雀" not in kept
    assert "kanarienvogel" not in kept
    assert CANARY.encode() not in bytes(BoxOpening.objects.get().sealed)
    assert CANARY not in repr(OpeningWords(CANARY)) + repr(found(office.box, damage=CANARY))


@pytest.mark.parametrize("wrong", [b"", b"{}", b"[1]", b'{"version": 2, "what": "opening"}'])
def test_other_bytes_are_no_words(wrong: bytes):
    with pytest.raises(UnreadableReport):
        OpeningWords.from_bytes(wrong)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("opening_by_two_people", {"confirmed_by": "first"}),
        ("opening_explained_by_two_people", {"explained_by": "first", "agreed_by": "first"}),
        ("opening_explained_by_two_people", {"agreed_by": "first"}),
        ("opening_numbers_fit_the_count", {"last_number": 9}),
        ("opening_numbers_fit_the_count", {"first_number": None}),
        ("opening_numbers_fit_the_count", {"last_number": None}),
        ("opening_numbers_fit_the_count", {"first_number": None, "last_number": None}),
        ("opening_numbers_fit_the_count", {"count": 0}),
    ],
)
def test_each_rule_of_the_row_is_the_databases_too(
    office: Office, constraint: str, changes: dict[str, Any]
):
    opening = open_box(office.box, office.first)
    values = {name: getattr(office, str(value), value) for name, value in changes.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        BoxOpening.objects.filter(pk=opening.pk).update(**values)


def test_a_moment_is_one_opening_in_the_database_too(office: Office):
    opening = open_box(office.box, office.first)
    opening.pk = None
    named = "opening_once_a_moment" if connection.vendor == "postgresql" else "UNIQUE"
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        opening.save(force_insert=True)


def test_each_action_of_an_opening_is_told_in_words():
    told = {Action.OPEN_BOX, Action.CONFIRM_BOX, Action.EXPLAIN_BOX, Action.AGREE_BOX}
    assert {str(one.label) for one in told} == {"开箱", "确认开箱", "说明件数差异", "同意件数说明"}
