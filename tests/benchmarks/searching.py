"""Measures a search inside of sealed items: how many a core opens, and what others' pages cost.

python -m tests.benchmarks.searching 10000             how many a core opens and looks through
python -m tests.benchmarks.searching 10000 sqlite      a list while somebody searches; or postgres

Both are ratios of one run: to opening alone by `open_sealed`, to the same page without a search.
"""

import json
import os
import statistics
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import django

ROUNDS, PAGES_A_ROUND = 5, 12
NARRATIVE = "（演示）" + "红旗村的机动地发包没有公示，会计说账目在镇里，谁也没有见过。" * 12
LIST, SEARCH = "/admin/intake/submission/", "/admin/search/"
QUERIES = {
    "a name": "单建国",
    "a name, one wrong character": "红棋村委会",
    "pinyin": "shanjianguo",
    "initials": "sjg",
    "two words": "单建国 账目",
}


def opening(wanted: int) -> None:
    """Items opened and looked through a second of one core, by what is looked for."""
    from intake.casework.search import child
    from intake.report.case_words import Accused, CaseWords
    from intake.sealing.sealing import new_identity, seal
    from intake.sealing.unsealing import open_sealed
    from tests.making import make_draft

    desk = new_identity()
    report = make_draft(narrative=NARRATIVE).to_report()
    words = CaseWords(accused=(Accused(name="某某"),), abstract="机动地没有公示。" * 10).to_bytes()
    reports, cases = ([seal(one, desk.recipient) for _ in range(wanted)] for one in (report, words))
    alone = _rate(wanted, lambda: [open_sealed(one, desk.secret) for one in reports])
    sys.stdout.write(f"{'opened alone by open_sealed':45} {alone:7.0f} /s\n")
    for with_case in (False, True):
        items = [
            (str(place), "1", [("report", _text(one)), *_case(cases[place], with_case=with_case)])
            for place, one in enumerate(reports)
        ]
        lines = [json.dumps(items[start : start + 400]).encode() for start in range(0, wanted, 400)]
        for name, typed in QUERIES.items():
            first = json.dumps({"words": typed, "secrets": {"1": desk.secret}}).encode()
            # The dictionary of sounds is read before, as by the first line.
            list(child.answers([first]))
            rate = _rate(wanted, lambda: list(child.answers([first, *lines])))  # noqa: B023
            label = f"{name}{', with a case file' if with_case else ''}"
            sys.stdout.write(f"{label:45} {rate:7.0f} /s, {rate / alone:4.2f} of opening alone\n")


def beside_pages(wanted: int, kind: str) -> None:
    """The list of one member while another searches, and without, in turn."""
    from tests.benchmarks.servers import serving
    from tests.benchmarks.staff_pages import _database

    with TemporaryDirectory() as folder, _database(kind) as url:
        os.environ |= {"DEBUG": "true", "DATABASE_URL": url, "MEDIA_ROOT": str(Path(folder))}
        os.environ["DJANGO_SETTINGS_MODULE"] = "intake.settings"
        os.environ["SIMULATED_NOW"] = "2025-04-15T10:00:00+08:00"
        django.setup()
        searching, reading = _members(wanted)
        with serving("intake.wsgi:application", dict(os.environ), "/healthz") as port:
            ratios = []
            for number in range(ROUNDS + 1):
                without = _pages(port, reading)
                with_one = _pages_during_a_search(port, reading, searching)
                if number:
                    ratios.append(with_one / without)
                sys.stdout.write(f"list: {without:6.1f} ms, during a search {with_one:6.1f} ms\n")
            told = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            sys.stdout.write(f"a page during a search : without {told}\n")


def _members(wanted: int) -> tuple[Any, Any]:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.logging_in import log_in
    from tests.making import make_clerk, make_intake
    from tests.many_items import make_many_items

    call_command("migrate", verbosity=0)
    intake = make_intake()
    make_many_items(intake, wanted, days=80, narrative=NARRATIVE)
    clients = tuple(
        log_in(Client(), make_clerk(intake, desk)) for desk in (intake.office, intake.desks[0])
    )
    connection.close()
    return clients[0], clients[1]


def _pages_during_a_search(port: int, reading: Any, searching: Any) -> float:
    """The median of the pages that were asked for before the search had ended."""
    ended = threading.Event()
    took: list[float] = []

    def search() -> None:
        started = time.perf_counter()
        status, body = _ask(port, "POST", SEARCH, searching, {"words": "单建国"})
        took.append(time.perf_counter() - started)
        ended.set()
        if status != 200 or b'id="search-end"' not in body:
            raise RuntimeError(f"the search answered {status}")

    thread = threading.Thread(target=search)
    thread.start()
    times: list[float] = []
    while not ended.is_set() and len(times) < 200:
        times += _times(port, reading, 1)
    thread.join()
    sys.stdout.write(f"  the search took {took[0]:.1f} s, {len(times)} pages meanwhile\n")
    return statistics.median(times)


def _pages(port: int, reading: Any) -> float:
    return statistics.median(_times(port, reading, PAGES_A_ROUND))


def _times(port: int, client: Any, count: int) -> list[float]:
    times = []
    for _ in range(count):
        started = time.perf_counter()
        status, _body = _ask(port, "GET", LIST, client)
        times.append((time.perf_counter() - started) * 1000)
        if status != 200:
            raise RuntimeError(f"the list answered {status}")
    return times


def _ask(
    port: int, method: str, path: str, client: Any, form: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """With the cookies of a client that logged in; Django takes the secret itself as the token."""
    token = "A" * 32
    cookies = {name: one.value for name, one in client.cookies.items()} | {"csrftoken": token}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    body = urlencode({**form, "csrfmiddlewaretoken": token}) if form else None
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def _rate(count: int, work: Callable[[], object]) -> float:
    """A second of the core alone: what else runs on the machine takes no part of it."""
    started = time.process_time()
    work()
    return count / (time.process_time() - started)


def _case(sealed: bytes, *, with_case: bool) -> list[tuple[str, str]]:
    return [("case", _text(sealed))] if with_case else []


def _text(sealed: bytes) -> str:
    return b64encode(sealed).decode()


if __name__ == "__main__":
    os.environ |= {"DEBUG": "true", "DJANGO_SETTINGS_MODULE": "intake.settings"}
    number = int(sys.argv[1])
    if len(sys.argv) > 2:
        beside_pages(number, sys.argv[2])
    else:
        django.setup()
        opening(number)
