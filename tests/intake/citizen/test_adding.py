"""Adding to a report under the code of its receipt: until when, sealed to whom, and once."""

from datetime import date, datetime

import pytest

from intake.citizen.adding import UnknownCode, look_up
from intake.models import Submission, Supplement
from intake.report import receipts
from intake.report.acceptance import WindowClosed
from intake.report.draft import SupplementReport
from tests.intake.citizen.delivering import CLOSES, INSTANT, PHOTO, add, opened, send
from tests.making import (
    INSIDE,
    make_draft,
    make_intake,
)

pytestmark = pytest.mark.django_db

PERIOD_ENDS = datetime.fromisoformat("2025-07-01T00:00:00+08:00")


def test_a_supplement_is_sealed_to_the_report_s_desk():
    intake = make_intake()
    code = send(intake, make_draft(target_code=intake.targets[0].code)).code
    add(code, attachments=(PHOTO,))
    item = Supplement.objects.get()
    report = SupplementReport.from_bytes(opened(intake, item, intake.desks[0].pk))
    assert (report.narrative, report.attachments[0].name) == ("（演示）补充", "照片.jpg")
    assert item.attachments.get().submission == item.submission


def test_a_supplement_follows_a_report_to_its_new_desk():
    intake = make_intake()
    code = send(intake, make_draft(target_code=intake.targets[0].code)).code
    Submission.objects.update(desk=intake.desks[1])
    add(code)
    assert opened(intake, Supplement.objects.get(), intake.desks[1].pk)


def test_a_supplement_is_taken_until_the_period_ends():
    code = send(make_intake()).code
    add(code, at=PERIOD_ENDS - INSTANT)
    with pytest.raises(WindowClosed):
        add(code, nonce="m" * 22, at=PERIOD_ENDS)
    assert Supplement.objects.count() == 1


def test_without_an_end_of_the_period_a_supplement_is_taken_until_the_window_closes():
    intake = make_intake(period_ends_first=None, period_ends_last=None)
    code = send(intake).code
    add(code, at=CLOSES - INSTANT)
    with pytest.raises(WindowClosed):
        add(code, nonce="m" * 22, at=CLOSES)


def test_a_team_s_own_period_counts_for_its_reports():
    intake = make_intake()
    intake.teams[0].period_ends_last = date(2025, 7, 15)
    intake.teams[0].save()
    code = send(intake, make_draft(target_code=intake.targets[0].code)).code
    assert add(code, at=PERIOD_ENDS)


def test_the_same_supplement_again_is_one_even_after_the_end():
    code = send(make_intake()).code
    add(code)
    again = add(code, at=PERIOD_ENDS)
    assert (again.is_repeat, again.received_at) == (True, INSIDE)
    assert Supplement.objects.count() == 1


def test_other_words_on_the_same_sheet_are_a_supplement_of_their_own():
    code = send(make_intake()).code
    assert not add(code).is_repeat
    assert not add(code, narrative="（演示）又想起一件事。").is_repeat
    assert add(code).is_repeat
    assert Supplement.objects.count() == 2


def test_two_supplements_of_two_sheets_are_two():
    code = send(make_intake()).code
    add(code)
    add(code, nonce="m" * 22)
    assert Supplement.objects.count() == 2


def test_an_unknown_code_is_told_and_stores_nothing():
    make_intake()
    for use in (look_up, add):
        with pytest.raises(UnknownCode):
            use(receipts.code_for("x" * 22, "", b"another key"))
    assert not Supplement.objects.exists()
