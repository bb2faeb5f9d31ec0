"""A failed login is answered at the beat, and waits for it in nobody's way."""

import time
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.arriving.reception import Reception
from intake.choices import Role
from intake.staff.entering import pacing
from intake.staff.hashing import TryAgain
from tests.logging_in import code_of, make_device, post_login
from tests.making import make_staff


@pytest.fixture
def waits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without waiting."""
    settings.LOGIN_BEAT_SECONDS = 1.0
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize("so_far", [0.003, 0.25, 0.999, 1.2, 3.7])
def test_the_answer_comes_after_a_whole_number_of_beats(waits: list[float], so_far: float):
    pacing.wait_for_the_beat(so_far)
    answered_after = so_far + waits[0]
    assert answered_after == pytest.approx(round(answered_after))
    assert 0 < waits[0] <= 1.0


def test_whoever_waits_for_the_beat_holds_no_place(settings: Settings, monkeypatch: Any):
    settings.LOGIN_BEAT_SECONDS = 1.0
    free: list[int] = []

    def site(environ: Any, start_response: Any) -> list[bytes]:
        pacing.wait_for_the_beat(0.2)
        return []

    served = Reception(site, places=1)
    monkeypatch.setattr(time, "sleep", lambda _: free.append(served.places.free.qsize()))
    served({}, None)
    assert free == [1]


def test_no_more_wait_than_the_server_has_threads_for(waits: list[float]):
    with ExitStack() as stack:
        for _ in range(pacing.MOST_WAITING):
            stack.enter_context(pacing.WAITING)
        with pytest.raises(TryAgain):
            pacing.wait_for_the_beat(0.2)
    assert waits == []


@pytest.mark.django_db
def test_each_wrong_login_waits_whatever_was_wrong_and_a_right_one_does_not(
    waits: list[float], client: Client
):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    for name, password in ((user.username, "wrong-password-1"), ("nobody", "wrong-password-1")):
        post_login(client, name, "000000", password)
    post_login(client, user.username, "000000")
    assert len(waits) == 3
    assert post_login(client, user.username, code_of(device)).status_code == 302
    assert len(waits) == 3
