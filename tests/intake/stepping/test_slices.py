"""Small steps until the time is up, or to the end."""

import time
from collections.abc import Iterator

import pytest

from intake.stepping.slices import Progress, Step, to_the_end, work_for


def steps(*progress: Progress) -> Step:
    left: Iterator[Progress] = iter(progress)
    return lambda: next(left)


def some(done: int, **more: object) -> Progress:
    return Progress(done, 3, **more)  # type: ignore[arg-type]


def test_a_slice_does_one_step_at_least_and_as_many_as_the_time_allows():
    assert work_for(steps(some(1), some(2)), seconds=0).done == 1
    assert work_for(steps(some(1), some(2), some(3, is_over=True)), seconds=60).is_over


def test_it_stops_where_nothing_can_be_done_now():
    assert work_for(steps(some(1, wait=30), some(2)), seconds=60).wait == 30
    assert work_for(steps(some(1, is_stuck=True), some(2)), seconds=60).is_stuck


def test_a_command_waits_and_goes_on_to_the_end_or_until_a_person_must_decide(
    monkeypatch: pytest.MonkeyPatch,
):
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    told = to_the_end(steps(some(1), some(1, wait=30), some(3, is_over=True)))
    assert [one.done for one in told] == [1, 1, 3]
    assert slept == [30]
    assert [one.done for one in to_the_end(steps(some(1), some(2, is_stuck=True)))] == [1, 2]


def test_it_is_said_in_words_and_never_beyond_the_whole():
    assert str(Progress(120, 4000)) == "已处理 120／4000"
    assert str(Progress(7, 5)) == "已处理 5／5"
