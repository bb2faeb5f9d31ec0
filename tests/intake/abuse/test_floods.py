"""A flood is told from many people: pure counting, over processes, over time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake.abuse import floods
from intake.abuse.floods import Reason, Sent, TooMany
from intake.models import Counter
from tests.making import INSIDE

pytestmark = pytest.mark.django_db

MB = 1024 * 1024
SENT = Sent("203.0.113.7", "", 0, INSIDE - timedelta(minutes=5))


def store(sent: Sent, times: int, *, at: datetime = INSIDE) -> Reason | None:
    """As many reports as are taken of `times`; why the next one was not."""
    for _ in range(times):
        try:
            floods.check(sent, at=at)
        except TooMany as many:
            return many.reason
        floods.count(sent, at=at)
    return None


def in_another_process(sent: Sent, times: int) -> Reason | None:
    """Another process knows nothing of what this one tallied, only the shared counters."""
    floods.forget()
    return store(sent, times)


def test_two_hundred_people_behind_one_address_pass():
    for number in range(200):
        own_words = replace(SENT, text=f"这是第{number}个人写的信。", file_bytes=3 * MB)
        assert store(own_words, 1) is None


def test_a_flood_from_one_address_is_stopped_and_others_are_not(settings: Settings):
    settings.FLOOD_REPORTS_OF_ONE = 30
    assert store(SENT, 31) is Reason.ADDRESS
    assert store(replace(SENT, network="203.0.113.8"), 1) is None


def test_without_an_address_nobody_is_stopped_for_another(settings: Settings):
    settings.FLOOD_REPORTS_OF_ONE = 30
    assert store(replace(SENT, network=""), 40) is None


def test_one_text_from_everywhere_is_stopped(settings: Settings):
    settings.FLOOD_SAME_TEXT = 10
    for number in range(10):
        text = "一模一样的 一封信，\n从各处来。" if number % 2 else "一模一样的一封信，从各处来。"
        assert store(replace(SENT, network=f"203.0.113.{number}", text=text), 1) is None
    copied = replace(SENT, network="203.0.113.99", text="一模一样的一封信，从各处来。")
    assert store(copied, 1) is Reason.SAME_TEXT
    assert store(replace(copied, text="另外一封信，写的是别的事。"), 1) is None


def test_a_few_words_are_the_same_by_chance(settings: Settings):
    settings.FLOOD_SAME_TEXT = 10
    assert store(replace(SENT, text="见附件。"), 30) is None


def test_files_are_refused_and_words_are_not(settings: Settings):
    settings.FLOOD_MB_OF_ONE = 300
    large = replace(SENT, file_bytes=30 * MB)
    assert store(large, 11) is Reason.FILES
    with pytest.raises(TooMany):
        floods.check_files(SENT.network, at=INSIDE)
    assert store(SENT, 1) is None
    assert store(replace(large, network="203.0.113.8"), 1) is None


def test_files_of_all_are_bounded_too(settings: Settings):
    settings.FLOOD_MB = 300
    for number in range(10):
        assert store(Sent(f"203.0.113.{number}", "", 30 * MB, INSIDE), 1) is None
    assert store(Sent("203.0.113.99", "", 1, INSIDE), 1) is Reason.FILES


def test_in_a_crowd_only_haste_and_greed_have_to_wait(settings: Settings):
    settings.FLOOD_REPORTS, settings.FLOOD_REPORTS_OF_ONE_CROWDED = 100, 10
    for number in range(100):
        assert store(replace(SENT, network=f"198.51.100.{number}"), 1) is None
    hasty = replace(SENT, given_out_at=INSIDE - timedelta(seconds=2))
    assert store(hasty, 1) is Reason.CROWDED
    assert store(replace(SENT, given_out_at=None), 1) is Reason.CROWDED
    assert store(SENT, 11) is Reason.ADDRESS


def test_it_is_over_when_the_time_is(settings: Settings):
    settings.FLOOD_REPORTS_OF_ONE = 30
    store(SENT, 30)
    with pytest.raises(TooMany) as refused:
        floods.check(SENT, at=INSIDE + timedelta(seconds=300))
    assert refused.value.seconds == 300
    assert store(SENT, 1, at=INSIDE + timedelta(seconds=600)) is None


def test_a_counter_is_gone_when_it_has_expired():
    store(SENT, 10)
    assert Counter.objects.count() == 1
    later = INSIDE + timedelta(seconds=601)
    store(replace(SENT, network="203.0.113.8"), 10, at=later)
    assert [row.expires_at > later for row in Counter.objects.all()] == [True]


def test_processes_count_together(settings: Settings):
    settings.FLOOD_REPORTS_OF_ONE = 40
    assert in_another_process(SENT, 20) is None
    assert in_another_process(SENT, 20) is None
    assert in_another_process(SENT, 10) is None
    assert store(SENT, 1) is Reason.ADDRESS


def test_an_ordinary_report_asks_the_database_nothing():
    with CaptureQueriesContext(connection) as captured:
        store(replace(SENT, text="一个人写的一封信，写了一件事。", file_bytes=MB), 3)
    assert not captured.captured_queries


def test_a_flood_that_is_refused_asks_the_database_nothing(settings: Settings):
    settings.FLOOD_REPORTS_OF_ONE = 30
    store(SENT, 31)
    with CaptureQueriesContext(connection) as captured:
        assert store(SENT, 1) is Reason.ADDRESS
    assert not captured.captured_queries


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(floods, "MOST_TALLIES", 50)
    for number in range(200):
        store(replace(SENT, network=f"198.51.100.{number}"), 1)
    assert len(floods._tallies.kept) == 50


def test_a_larger_site_raises_all_limits_at_once(settings: Settings):
    settings.FLOOD_REPORTS_OF_ONE, settings.FLOOD_SCALE = 10, 3
    assert store(SENT, 30) is None
    assert store(SENT, 1) is Reason.ADDRESS


@pytest.mark.django_db(transaction=True)
def test_threads_lose_nothing():
    def count(_: int) -> None:
        try:
            floods.count(SENT, at=INSIDE)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(100)))
    assert sorted(Counter.objects.values_list("count", flat=True)) == [100, 100]
