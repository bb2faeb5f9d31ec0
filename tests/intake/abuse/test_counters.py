"""Counters count across threads, expire, and keep nothing that could be read."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection

from intake.abuse import counters
from intake.models import Counter
from tests.making import INSIDE

pytestmark = pytest.mark.django_db


def hit(key: str = "someone", *, after: int = 0) -> int:
    return counters.hit(key, seconds=600, at=INSIDE + timedelta(seconds=after))


def test_counts_each_key_for_itself():
    assert [hit(), hit(), hit("other"), hit()] == [1, 2, 1, 3]


def test_counts_from_the_first_hit_until_it_expires():
    assert [hit(), hit(after=599), hit(after=600), hit(after=601)] == [1, 2, 1, 2]


def test_peek_counts_nothing_and_sees_nothing_expired():
    hit()
    assert counters.peek("someone", at=INSIDE) == 1
    assert counters.peek("someone", at=INSIDE) == 1
    assert counters.peek("someone", at=INSIDE + timedelta(seconds=600)) == 0
    assert counters.peek("nobody", at=INSIDE) == 0


def test_clear_forgets():
    hit()
    counters.clear("someone")
    assert hit() == 1


def test_a_new_counter_removes_the_expired_ones():
    hit("old")
    hit("new", after=601)
    assert Counter.objects.count() == 1


def test_the_key_cannot_be_read():
    hit("203.0.113.7")
    (key,) = Counter.objects.values_list("key", flat=True)
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert key != sha256(b"203.0.113.7").hexdigest()


@pytest.mark.django_db(transaction=True)
def test_none_is_lost_when_many_count_at_once():
    def count(_: int) -> int:
        try:
            return hit()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        counts = sorted(pool.map(count, range(40)))
    assert counts == list(range(1, 41))
