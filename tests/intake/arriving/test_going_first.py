"""Long work that has left its place lets the requests that run go first, and still gets on."""

import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from intake.arriving.ahead.sheet_keys import SheetKey
from intake.arriving.ahead.waiting_content import WaitingContent
from intake.arriving.ahead.waiting_files import Announced
from intake.arriving.arrivals import Arrival
from intake.arriving.reception import Body, PlaceGivingBody, Reception
from intake.arriving.request_places import Places, let_others_go_first, place_left
from intake.arriving.spooling.spool import Spool

LONGER_THAN_A_TEST = 60.0
# Long enough for a piece of work to be done meanwhile; whoever waits is found to do so anyway.
A_MOMENT = 0.2


def piece_of_a_body(folder: Path) -> None:
    arrival = Arrival()
    PlaceGivingBody(Body(BytesIO(b"film"), 4, arrival, arrival.crowd)).read(4)


def piece_of_a_spool(folder: Path) -> None:
    spool = Spool(Arrival(), folder)
    spool.keep(b"film")
    with place_left():
        spool.piece(0, 0, 4)


def piece_that_came_ahead(folder: Path) -> None:
    file = Announced("f" * 16, 0)
    content = WaitingContent(SheetKey.of("nonce", b"secret"), file, "")
    with place_left(), content.opened() as opened:
        opened.read(1)


def beside(work: Callable[[], None], *, longest_wait: float) -> list[str]:
    """What was done first: the work, or the short request that ran when it began."""
    done: list[str] = []
    runs, work_is_done = threading.Event(), threading.Event()

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/page/":
            runs.set()
            work_is_done.wait(A_MOMENT if longest_wait > A_MOMENT else LONGER_THAN_A_TEST)
            done.append("page")
        else:
            work()
            done.append("work")
            work_is_done.set()
        return []

    served = Reception(site, places=2)
    served.places.longest_wait = longest_wait
    visits = [
        threading.Thread(target=served, args=({"PATH_INFO": path}, None))
        for path in ("/page/", "/work/")
    ]
    visits[0].start()
    assert runs.wait(LONGER_THAN_A_TEST)
    visits[1].start()
    for visit in visits:
        visit.join(LONGER_THAN_A_TEST)
    assert served.places.free.qsize() == 2
    return done


@pytest.mark.parametrize("work", [piece_of_a_body, piece_of_a_spool, piece_that_came_ahead])
def test_a_piece_waits_until_nobody_runs(tmp_path: Path, work: Callable[[Path], None]):
    assert beside(lambda: work(tmp_path), longest_wait=LONGER_THAN_A_TEST) == ["page", "work"]


def test_a_piece_gets_done_though_others_never_end(tmp_path: Path):
    assert beside(lambda: piece_of_a_spool(tmp_path), longest_wait=0.01) == ["work", "page"]


def test_who_holds_a_place_waits_for_nobody():
    assert beside(let_others_go_first, longest_wait=LONGER_THAN_A_TEST)[:1] == ["work"]


class Clock:
    """Goes on when somebody works or rests."""

    def __init__(self) -> None:
        self.time = 0.0
        self.rests: list[float] = []

    def now(self) -> float:
        return self.time

    def work(self, seconds: float) -> None:
        self.time += seconds

    def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.time += seconds


def test_after_a_piece_it_rests_as_long_as_that_took():
    clock = Clock()
    places = Places(1, longest_wait=4, now=clock.now, sleep=clock.sleep)
    with places.one():
        clock.work(2)
        with place_left():
            let_others_go_first()
            for seconds in (3, 1, 9):
                clock.work(seconds)
                let_others_go_first()
        clock.work(1)
        with place_left():
            let_others_go_first()
    assert clock.rests == [2, 3, 1, 4, 1]
