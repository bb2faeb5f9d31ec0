"""From a draft to a receipt: the window to the instant, one row a form, sealed to one desk."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from inspection.current import Published, read
from intake import audit
from intake.casework.viewing.opening_files import open_attachment
from intake.choices import Signature, Status, Way
from intake.citizen.adding import look_up
from intake.citizen.submitting import Receipt, submit
from intake.filing.desks_now import NoDesk
from intake.keeping import sealed_files
from intake.models import Attachment, Desk, Submission, Supplement
from intake.report import receipts
from intake.report.acceptance import WindowClosed, WindowNotOpen
from intake.report.contents import whole_of
from intake.report.draft import Attachment as File
from intake.report.draft import Report
from intake.retention import sweeping
from intake.sealing import unsealing
from intake.sealing.sealing import seal
from tests.intake.citizen.delivering import CLOSES, INSTANT, OPENS, PHOTO, add, opened, send
from tests.making import (
    INSIDE,
    Intake,
    make_clerk,
    make_draft,
    make_intake,
    make_round,
    make_target,
)
from tests.sending import JPEG
from tests.staff_work import keyring_for, send_with_all

pytestmark = pytest.mark.django_db

ZONES = ["Asia/Shanghai", "UTC", "America/Los_Angeles", "Pacific/Kiritimati"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [OPENS, CLOSES - INSTANT])
def test_accepts_at_both_ends_of_the_window(zone: str, at: datetime):
    intake = make_intake()
    send(intake, at=at.astimezone(ZoneInfo(zone)))
    assert Submission.objects.get().received_at == at


@pytest.mark.parametrize("zone", ZONES)
def test_refuses_at_the_closing_moment(zone: str):
    intake = make_intake()
    with pytest.raises(WindowClosed) as refusal:
        send(intake, at=CLOSES.astimezone(ZoneInfo(zone)))
    assert refusal.value.window.last_day == date(2025, 6, 20)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("zone", ZONES)
def test_refuses_an_instant_before_it_opens(zone: str):
    intake = make_intake()
    with pytest.raises(WindowNotOpen):
        send(intake, at=(OPENS - INSTANT).astimezone(ZoneInfo(zone)))
    assert not Submission.objects.exists()


def test_a_time_of_day_closes_to_the_instant():
    intake = make_intake(accepts_until_time="17:30")
    closes = datetime.fromisoformat("2025-06-20T17:30:00+08:00")
    intake.round.refresh_from_db()
    send(intake, at=closes - INSTANT)
    with pytest.raises(WindowClosed):
        send(intake, at=closes)


def test_another_city_closes_at_its_own_midnight():
    intake = make_intake(time_zone="Asia/Urumqi")
    send(intake, at=CLOSES)
    with pytest.raises(WindowClosed):
        send(intake, at=CLOSES + timedelta(hours=2))


def with_early_team() -> tuple[Intake, str]:
    """An intake whose first team takes reports only until 10 June; the code of its body."""
    intake = make_intake()
    intake.teams[0].accepts_until = date(2025, 6, 10)
    intake.teams[0].save()
    return intake, intake.targets[0].code


def test_a_team_s_own_last_day_holds_for_its_bodies():
    intake, early = with_early_team()
    after = datetime.fromisoformat("2025-06-11T00:00:00+08:00")
    send(intake, make_draft(target_code=early), at=after - INSTANT)
    with pytest.raises(WindowClosed) as refusal:
        send(intake, make_draft(target_code=early), at=after)
    assert refusal.value.window.last_day == date(2025, 6, 10)


@pytest.mark.parametrize("chosen", [None, 1])
def test_other_bodies_and_none_are_taken_until_the_latest(chosen: int | None):
    intake, _ = with_early_team()
    code = None if chosen is None else intake.targets[chosen].code
    assert send(intake, make_draft(target_code=code), at=CLOSES - INSTANT)


def test_a_team_that_ends_later_keeps_the_round_open():
    intake = make_intake()
    intake.teams[0].accepts_until = date(2025, 6, 25)
    intake.teams[0].save()
    assert send(intake, make_draft(), at=CLOSES)
    with pytest.raises(WindowClosed):
        send(intake, make_draft(target_code=intake.targets[1].code), at=CLOSES)


def test_a_chosen_body_goes_to_its_team_and_only_there():
    intake = make_intake()
    send(intake, make_draft(target_code=intake.targets[1].code, identity="named"))
    item = Submission.objects.get()
    assert (item.desk, item.target) == (intake.desks[1], intake.targets[1])
    assert Report.from_bytes(opened(intake, item, intake.desks[1].pk)).narrative
    with pytest.raises(unsealing.CannotOpen):
        opened(intake, item, intake.desks[0].pk)


@pytest.mark.parametrize(("what", "whose"), [("inspectors", "head"), ("office", "superior")])
def test_about_inspectors_or_the_office_no_team_and_no_office_opens_it(what: str, whose: str):
    intake = make_intake()
    about = {f"about_{what}": True}
    send(intake, make_draft(target_code=intake.targets[0].code, category="land", **about))
    item = Submission.objects.get()
    assert (item.desk, item.target) == (getattr(intake, whose), None)
    assert bool(item.category) == (what == "inspectors")
    assert Report.from_bytes(opened(intake, item, item.desk.pk)).narrative
    for other in (intake.desks[0], intake.office):
        with pytest.raises(unsealing.CannotOpen):
            opened(intake, item, other.pk)


def test_the_row_says_in_clear_only_what_lists_need():
    intake = make_intake()
    send(intake, make_draft(category="land", identity="named", reporter_name="张三"))
    item = Submission.objects.get()
    assert (item.way, item.status, item.number) == (Way.WEB, Status.UNREGISTERED, None)
    assert (item.category, item.signature) == ("land", Signature.NAMED_UNCHECKED)
    assert item.route_reason
    assert item.received_digest == item.sealed_digest


def test_the_code_leads_to_the_row_and_is_not_in_it():
    intake = make_intake()
    receipt = send(intake)
    assert receipts.check(receipt.code)
    assert look_up(receipt.code).received_at == INSIDE
    assert receipt.code not in repr(receipt)


def test_the_same_form_again_is_one_report_with_one_receipt():
    intake, draft = make_intake(), make_draft()
    first = send(intake, draft)
    second = send(intake, draft, at=INSIDE + timedelta(minutes=5))
    assert (second.code, second.received_at) == (first.code, INSIDE)
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert Submission.objects.count() == 1


def test_sent_in_time_and_again_after_the_end_still_gets_the_receipt():
    intake, draft = make_intake(), make_draft()
    first = send(intake, draft, at=CLOSES - INSTANT)
    assert send(intake, draft, at=CLOSES + timedelta(minutes=1)).code == first.code


OTHERS = {
    "words": {"narrative": "（演示）另外一件事，写在同一张表上。"},
    "a body": {"target_code": None, "unlisted": True},
    "a name": {"identity": "named", "reporter_name": "演示丙", "reporter_phone": "13800000000"},
    "a file": {"attachments": (File.of_bytes(name="照片.jpg", kind="jpeg", content=JPEG + b"x"),)},
}


@pytest.mark.parametrize("changes", OTHERS.values(), ids=list(OTHERS))
def test_other_content_on_the_same_sheet_is_a_report_with_a_code_of_its_own(
    changes: dict[str, Any],
):
    intake, draft = make_intake(), make_draft(attachments=(PHOTO,))
    first, other = send(intake, draft), send(intake, replace(draft, **changes))
    assert first.code != other.code
    assert not other.is_repeat
    assert send(intake, draft).code == first.code
    assert send(intake, replace(draft, **changes)).code == other.code
    assert Submission.objects.count() == 2


def test_after_the_end_other_content_on_a_sheet_that_was_sent_gets_no_receipt():
    intake, draft = make_intake(), make_draft()
    send(intake, draft, at=CLOSES - INSTANT)
    with pytest.raises(WindowClosed):
        send(intake, replace(draft, subject="演示乙"), at=CLOSES)


@pytest.mark.parametrize("at", [INSIDE, CLOSES])
def test_a_code_that_fell_to_two_reports_is_given_to_the_first_alone(at: datetime):
    intake, draft = make_intake(), make_draft()
    send(intake, draft)
    Submission.objects.update(idempotency_key="of another report")
    with pytest.raises((IntegrityError, WindowClosed)):
        send(intake, draft, at=at)


def test_a_receipt_of_before_the_codes_followed_from_the_content_stays_valid():
    code = send(make_intake()).code
    Submission.objects.update(idempotency_key="f" * 64)
    assert look_up(code).received_at == INSIDE
    assert add(code)


def test_a_repeat_leaves_no_second_file():
    intake, draft = make_intake(), make_draft(attachments=(PHOTO,))
    send(intake, draft)
    send(intake, draft)
    assert Attachment.objects.count() == 1
    assert sweeping.sweep(datetime.now(tz=ZoneInfo("UTC")) + timedelta(hours=2)) == 0


def at_once(count: int, work: Callable[[], Receipt]) -> list[Receipt]:
    """Does the same thing in many threads that start together."""
    barrier = threading.Barrier(count)

    def one(_: int) -> Receipt:
        try:
            barrier.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_the_same_moment_are_one_report_with_one_receipt():
    intake, draft = make_intake(), make_draft(attachments=(PHOTO,))
    published = read(intake.round)
    found = at_once(16, lambda: submit(draft, published=published, at=INSIDE))
    assert len({receipt.code for receipt in found}) == 1
    assert [receipt.is_repeat for receipt in found].count(False) == 1
    assert (Submission.objects.count(), Attachment.objects.count()) == (1, 1)


def test_attachments_are_sealed_on_the_disk_in_their_order():
    intake = make_intake()
    second = File.of_bytes(name="说明.txt", kind="txt", content="（演示）说明".encode())
    draft = make_draft(target_code=intake.targets[0].code, attachments=(PHOTO, second))
    send(intake, draft)
    rows = list(Attachment.objects.order_by("position"))
    assert [(row.kind, row.size) for row in rows] == [("jpeg", len(JPEG)), ("txt", 18)]
    sealed = [sealed_files.read(row.sealed_file) for row in rows]
    secret = intake.secrets[intake.desks[0].pk]
    assert [unsealing.open_sealed(one, secret) for one in sealed] == [
        JPEG,
        whole_of(second.content),
    ]
    assert Submission.objects.get().attachment_count == 2


def swap_content(row: Attachment, content: bytes) -> None:
    """Another file in its place, sealed to the same desk, as far as the row can tell the same."""
    sealed = seal(content, row.submission.desk.recipient)
    row.sealed_file, row.sealed_sha256 = sealed_files.write(sealed), audit.fingerprint(sealed)
    row.save()


def seal_as_before_the_hashes(item: Submission | Supplement, desk: Desk, secret: str) -> None:
    document = json.loads(unsealing.open_sealed(bytes(item.sealed), secret))
    for note in document["attachments"]:
        del note["sha256"]
    item.sealed = seal(json.dumps(document).encode(), desk.recipient)
    item.save()


def test_a_file_swapped_for_one_of_the_same_size_is_not_what_was_sent():
    intake = make_intake()
    send_with_all(intake, intake.targets[0])
    clerk = make_clerk(intake, intake.desks[0])
    for row in Attachment.objects.all():
        assert open_attachment(row, keyring_for(clerk), by=clerk, at=INSIDE).opened.read() == JPEG
        swap_content(row, JPEG[:-1] + b"!")
        with pytest.raises(unsealing.CannotOpen):
            open_attachment(row, keyring_for(clerk), by=clerk, at=INSIDE)


def test_the_files_of_a_report_from_before_the_hashes_still_open():
    intake = make_intake()
    item, desk = send_with_all(intake, intake.targets[0]), intake.desks[0]
    for one in (item, item.supplements.get()):
        seal_as_before_the_hashes(one, desk, intake.secrets[desk.pk])
    clerk = make_clerk(intake, desk)
    for row in Attachment.objects.all():
        assert open_attachment(row, keyring_for(clerk), by=clerk, at=INSIDE).opened.read() == JPEG


def test_a_report_costs_one_insert_and_at_most_three_reads():
    intake = make_intake()
    published = read(intake.round)
    submit(make_draft(), published=published, at=INSIDE)
    with CaptureQueriesContext(connection) as captured:
        submit(make_draft(target_code=intake.targets[0].code), published=published, at=INSIDE)
    words = [query["sql"].split()[0] for query in captured.captured_queries]
    assert words.count("INSERT") == 1
    assert words.count("SELECT") <= 3
    assert set(words) <= {"INSERT", "SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"}


def test_without_desks_nothing_is_taken():
    with pytest.raises(NoDesk):
        submit(make_draft(), published=read(make_round()), at=INSIDE)


# The time that a database takes is not what is tested here.
@settings(deadline=None)
@given(offset=st.integers(-(10**13), 10**13))
def window_property(published: Published, offset: int) -> None:
    at = CLOSES + timedelta(microseconds=offset)
    try:
        submit(make_draft(), published=published, at=at)
    except WindowClosed:
        assert at >= CLOSES
    except WindowNotOpen:
        assert at < OPENS
    else:
        assert OPENS <= at < CLOSES


def test_no_instant_is_taken_outside_or_refused_inside():
    intake = make_intake()
    published = read(intake.round)
    window_property(published)
    taken = Submission.objects.all()
    assert not taken.filter(received_at__lt=OPENS).exists()
    assert not taken.filter(received_at__gte=CLOSES).exists()


def test_words_lead_to_the_team_without_a_choice():
    intake = make_intake()
    target = make_target(intake.teams[0], name="岚东县青石镇", short_names=["青石镇"])
    send(intake, make_draft(place="青石镇"))
    assert Submission.objects.get().target == target
