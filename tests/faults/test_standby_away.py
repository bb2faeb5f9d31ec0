"""A receipt is shown for what both hosts have; while one is away, pages go on."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from intake.citizen.receipt_keys import receipt_digest
from tests.benchmarks.servers import run_python, serving
from tests.conftest import missing
from tests.faults.replicated import Pair, replicated, wait_until
from tests.running.serving_site import environment_of
from tests.running.throwaway_postgres import NoPostgres

IS_WAITING = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
CANCEL = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
STORED = "SELECT count(*) FROM intake_submission WHERE receipt_digest = '{}'"
REPORTS = "SELECT count(*) FROM intake_submission"


@dataclass
class Site:
    """A site on the two, as a citizen's browser meets it."""

    pair: Pair
    port: int

    def get(self, path: str) -> tuple[int, str]:
        return self.open(Request(f"http://127.0.0.1:{self.port}{path}"))

    def post(self, fields: dict[str, str]) -> tuple[int, str]:
        data = urlencode(fields).encode()
        return self.open(Request(f"http://127.0.0.1:{self.port}/report/", data))

    def open(self, request: Request) -> tuple[int, str]:
        try:
            with urlopen(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()

    def form(self, narrative: str) -> dict[str, str]:
        pages: list[str] = []

        def is_given() -> bool:
            # A connection that died with the server answers once with 503.
            status, page = self.get("/report/")
            assert status in (200, 503)
            pages.append(page)
            return status == 200

        wait_until(is_given)
        (token,) = re.findall(r'name="form_token" value="([^"]+)"', pages[-1])
        return {"form_token": token, "narrative": narrative, "agree_privacy": "on"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with ExitStack() as until_done:
        try:
            pair = until_done.enter_context(replicated())
        except NoPostgres as none:
            missing("PostgreSQL", str(none))
        values = {**environment_of(folder), "DATABASE_URL": pair.primary.url}
        run_python(values, "manage.py", "migrate", "--verbosity", "0")
        run_python(values, "manage.py", "load_notice", "seeds/liaocheng-daily-2025-03.txt")
        kept = str(folder / "recovery.txt")
        run_python(values, "manage.py", "open_desks", "liaocheng-14-8", "--recovery-file", kept)
        started = serving("intake.wsgi:application", values, "/healthz")
        yield Site(pair, until_done.enter_context(started))


def test_no_receipt_for_what_one_host_alone_has(site: Site):
    pair = site.pair
    assert settled(site, site.form("第一件（演示）：两台机器都在。"))

    pair.standby.kill()
    alone = site.form("第二件（演示）：备机不在。")
    more = [site.form(f"第{number}件（演示）：备机还是不在。") for number in range(3, 9)]
    assert given_back_while_pages_go_on(site, alone)
    # Of one process the next need not wait in vain: pages still have a place.
    assert given_back_while_pages_go_on(site, *more)

    # The row is seen after a restart, though the standby never had it: still no receipt.
    pair.primary.kill()
    pair.primary.begin()
    wait_until(lambda: site.get("/healthz")[0] == 200)
    assert pair.ask(REPORTS) >= 2
    assert sent_until(site, alone, IS_WAITING) == {503}
    # A wait that somebody cancels is no success, whatever PostgreSQL says.
    cancelled = site.form("第九件（演示）：有人取消了等待。")
    assert sent_until(site, cancelled, CANCEL) == {503}

    pair.standby.begin()
    pair.wait_for_standby()
    codes = [settled(site, fields) for fields in (alone, cancelled, *more)]
    pair.primary.kill()
    pair.standby.promote()
    wait_until(lambda: pair.ask("SELECT NOT pg_is_in_recovery()", of=pair.standby))
    assert [pair.ask(STORED.format(receipt_digest(code)), of=pair.standby) for code in codes] == [
        1
    ] * len(codes)
    assert pair.ask(REPORTS, of=pair.standby) == len(codes) + 1


def given_back_while_pages_go_on(site: Site, *reports: dict[str, str]) -> bool:
    """Sends all at once; pages and the health of the site are asked while one waits."""
    answers: dict[str, tuple[int, str]] = {}

    def send(fields: dict[str, str]) -> None:
        answers[fields["narrative"]] = site.post(fields)

    sending = [Thread(target=send, args=(fields,)) for fields in reports]
    for thread in sending:
        thread.start()
    if len(reports) == 1:
        wait_until(lambda: site.pair.ask(IS_WAITING))
    pages = [site.get(path)[0] for path in ("/", "/report/", "/receipt/", "/healthz")]
    for thread in sending:
        thread.join()
    assert pages == [200] * 4
    return all(status == 503 and words in page for words, (status, page) in answers.items())


def sent_until(site: Site, fields: dict[str, str], question: str) -> set[int]:
    """Sends again and again, until the database says yes or somebody is given a receipt."""
    is_enough = Event()
    statuses: list[int] = []

    def send_on() -> None:
        while not is_enough.is_set():
            statuses.append(site.post(fields)[0])

    sending = Thread(target=send_on)
    sending.start()
    wait_until(lambda: 200 in statuses or site.pair.ask(question) is True)
    is_enough.set()
    sending.join()
    return set(statuses)


def code_in(page: str) -> str:
    """The code on a receipt, as it is typed in."""
    element = re.search(r'id="receipt-code">(.*?)</', page.replace("</span>", ""))
    assert element, page
    return re.sub(r"<[^>]*>|\s", "", element[1])


def settled(site: Site, fields: dict[str, str]) -> str:
    """Sends again until there is a receipt, as the page asks people to."""
    answers: list[str] = []

    def is_taken() -> bool:
        status, page = site.post(fields)
        assert status in (200, 503)
        answers.append(page)
        return status == 200

    wait_until(is_taken)
    return code_in(answers[-1])
