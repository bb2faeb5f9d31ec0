"""密封件: number, dates, keeper and two signatures; nothing else, and in no other place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from inspection.models import WorkCalendarDay
from intake import audit
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.sealed import sealed_matters
from intake.casework.sealed.sealed_matters import CannotKeepSealed, DueDays
from intake.choices import Role
from intake.models import AuditEvent, DeadlineRule, SealedMatter, StaffUser
from tests.making import INSIDE, Intake, make_clerk, make_intake, make_staff, record_what_was_made

pytestmark = pytest.mark.django_db

TODAY = INSIDE.date()
MONDAY = date(2025, 4, 14)


@dataclass
class Office:
    """A round's office with three clerks."""

    intake: Intake
    first: StaffUser
    second: StaffUser
    third: StaffUser

    def keep(self, **changes: Any) -> SealedMatter:
        values: dict[str, Any] = {
            "received_on": MONDAY,
            "keeper": self.first,
            "expected": sealed_matters.next_number(self.intake.round),
            "by": self.first,
            "at": INSIDE,
        }
        return sealed_matters.keep(self.intake.round, **{**values, **changes})

    def send(self, matter: SealedMatter, sent_on: date, by: StaffUser) -> SealedMatter:
        return sealed_matters.send_on(matter, sent_on, by=by, at=INSIDE)


@pytest.fixture
def office() -> Office:
    intake = make_intake()
    made = Office(intake, *(make_clerk(intake, intake.office) for _ in range(3)))
    record_what_was_made()
    return made


def refused(does: Callable[[], object]) -> tuple[str, str]:
    """At which field, and in which words."""
    before = list(SealedMatter.objects.values()), AuditEvent.objects.count()
    with pytest.raises(CannotKeepSealed) as told, transaction.atomic():
        does()
    assert (list(SealedMatter.objects.values()), AuditEvent.objects.count()) == before
    return told.value.field, str(told.value)


def test_numbers_are_a_series_of_the_rounds_own(office: Office):
    assert [str(office.keep()) for _ in range(3)] == ["密-001", "密-002", "密-003"]
    other = make_intake()
    clerk = make_clerk(other, other.office)
    theirs = sealed_matters.keep(other.round, MONDAY, clerk, expected=1, by=clerk, at=INSIDE)
    assert str(theirs) == "密-001"
    assert not SealedMatter.objects.visible_to(office.first).filter(pk=theirs.pk).exists()


def test_what_cannot_be_is_refused(office: Office):
    tomorrow = TODAY + timedelta(days=1)
    assert refused(lambda: office.keep(received_on=tomorrow))[0] == "received_on"
    stranger = make_clerk(office.intake, office.intake.desks[0])
    assert refused(lambda: office.keep(keeper=stranger))[0] == "keeper"
    for other in (stranger, make_staff(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            office.keep(by=other)
    office.keep()
    told = refused(lambda: office.keep(expected=1))
    assert told == ("", "密-001 刚才已经登记。同一件不用再登记；是另一件，请再按一次。")


def test_two_people_sign_that_it_was_sent_on(office: Office):
    matter = office.keep()
    early, late = MONDAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert refused(lambda: office.send(matter, early, office.first))[0] == "sent_on"
    assert refused(lambda: office.send(matter, late, office.first))[0] == "sent_on"

    def signed(by: StaffUser, seen: date) -> SealedMatter:
        return sealed_matters.witness(matter, seen=seen.isoformat(), by=by, at=INSIDE)

    assert "还没有人签名送出" in refused(lambda: signed(office.second, TODAY))[1]
    office.send(matter, MONDAY, office.first)
    assert "已经这样签过了" in refused(lambda: office.send(matter, MONDAY, office.first))[1]
    assert "请等见证人签名" in refused(lambda: office.send(matter, TODAY, office.second))[1]
    office.send(matter, TODAY, office.first)
    assert "上送日期改过" in refused(lambda: signed(office.second, MONDAY))[1]
    assert "同一个人不能签两次" in refused(lambda: signed(office.first, TODAY))[1]
    whole = signed(office.second, TODAY)
    people = (whole.keeper, whole.first_signed_by, whole.second_signed_by)
    assert people == (office.first, office.first, office.second)
    assert "不能再改" in refused(lambda: signed(office.third, TODAY))[1]
    assert "不能再改" in refused(lambda: office.send(matter, TODAY, office.first))[1]
    events = AuditEvent.objects.filter(object_type="sealedmatter").order_by("sequence")
    said = [(event.action, event.detail) for event in events]
    number = {"number": 1}
    assert said == [
        ("keep_sealed", number),
        ("send_sealed", number),
        ("send_sealed", number),
        ("sign_sealed", number),
    ]
    assert audit.verify().is_sound


def test_nobody_of_another_round_signs(office: Office):
    matter, other = office.keep(), make_intake()
    stranger = make_clerk(other, other.office)
    with pytest.raises(SealedMatter.DoesNotExist):
        office.send(matter, TODAY, stranger)
    with pytest.raises(PermissionDenied):
        office.send(matter, TODAY, make_clerk(office.intake, office.intake.desks[0]))


@pytest.mark.parametrize(
    ("received_on", "last"),
    [
        (date(2025, 4, 14), date(2025, 4, 21)),
        # The Sunday before Labour Day is worked, and five days after it are off.
        (date(2025, 4, 26), date(2025, 5, 6)),
        (date(2025, 4, 2), date(2025, 4, 10)),
    ],
)
def test_it_is_due_in_five_working_days(office: Office, received_on: date, last: date):
    matter = SealedMatter(round=office.intake.round, received_on=received_on)
    assert DueDays(RuleBook.read()).of(matter) == last


def test_without_the_years_calendar_it_is_unknown_when(office: Office):
    matter = SealedMatter(round=office.intake.round, received_on=MONDAY)
    DeadlineRule.objects.filter(code="sealed_matter").update(number=7)
    assert DueDays(RuleBook.read()).of(matter) == date(2025, 4, 23)
    WorkCalendarDay.objects.filter(date__year=2025).delete()
    assert DueDays(RuleBook.read()).of(matter) is None


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("sealed_matter_sent_after_received", {"sent_on": MONDAY - timedelta(days=1)}),
        ("sealed_matter_signed_by_two_people", {"second_signed_by": "first"}),
        (
            "sealed_matter_signed_by_two_people",
            {"first_signed_by": "first", "second_signed_by": "first"},
        ),
    ],
)
def test_each_rule_of_the_row_is_the_databases_too(
    office: Office, constraint: str, changes: dict[str, Any]
):
    matter = office.keep()
    values = {name: getattr(office, str(value), value) for name, value in changes.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SealedMatter.objects.filter(pk=matter.pk).update(**values)


def test_a_number_stands_once_a_round_in_the_database_too(office: Office):
    matter = office.keep()
    matter.pk = None
    is_named = connection.vendor == "postgresql"
    named = "sealed_matter_number_once_a_round" if is_named else "UNIQUE"
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        matter.save(force_insert=True)


def test_the_row_has_no_place_for_what_it_is_about():
    """Number, dates, people; neither text nor body nor category."""
    columns = {field.name for field in SealedMatter._meta.get_fields()}
    people = {"keeper", "first_signed_by", "second_signed_by"}
    assert columns - people == {
        "id",
        "round",
        "number",
        "received_on",
        "recorded_at",
        "sent_on",
        "submission",
    }
