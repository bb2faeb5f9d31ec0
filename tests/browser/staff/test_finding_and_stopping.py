"""What is pressed while a search or an export runs: it is stopped, and the page stays."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.choices import Edition, RunState
from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.item_steps import press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ITEMS, LEDGER, SEARCH = "/admin/intake/submission/", "/admin/ledger/", "/admin/search/"
LETTERS = "?way__exact=letter"


@pytest.fixture(scope="module")
def page(browser: Browser, site: DemoSite) -> Iterator[Page]:
    """Of a clerk of the office, for all of these."""
    with open_page(browser, width=1280, javascript=True) as opened:
        log_in(opened, site, site.login("office"))
        yield opened


def stored(site: DemoSite, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Beside the running site, as another process of it would."""
    with closing(sqlite3.connect(site.folder / "site.sqlite3", timeout=30)) as database, database:
        return database.execute(sql, values).fetchall()


def member_of(site: DemoSite) -> object:
    name = site.login("office")["username"]
    ((found,),) = stored(site, "SELECT id FROM intake_staffuser WHERE username = ?", name)
    return found


def now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def test_a_filter_is_saved_and_pressed_again(page: Page, site: DemoSite):
    page.goto(f"{site.url}{ITEMS}{LETTERS}")
    page.locator("details.save-filter > summary").click()
    page.fill("#filter-name", "只看来信")
    press(page, page.locator("details.save-filter").get_by_role("button", name="存下"))
    page.goto(f"{site.url}{ITEMS}")
    press(page, page.get_by_role("link", name="只看来信"))
    assert page.url.endswith(LETTERS)


def test_a_search_is_stopped_and_what_it_found_stays(page: Page, site: DemoSite):
    page.goto(f"{site.url}{SEARCH}")
    page.fill("#id_words", "村里")
    page.locator("form.looking-for [type=submit]").click()
    expect(page.locator("#search-end")).to_be_visible(timeout=60_000)
    insert = (
        "INSERT INTO intake_runningsearch (user_id, round_id, began_at, seen_at, at_desks,"
        " is_stopped) VALUES (?, (SELECT MAX(id) FROM inspection_round), ?, ?, '{}', 0)"
    )
    stored(site, insert, member_of(site), now(), now())
    with page.expect_response(lambda answer: answer.url.endswith("/search/stop/")) as answer:
        page.locator("#stop-search").evaluate("form => form.requestSubmit()")
    assert answer.value.status == 204
    assert stored(site, "SELECT is_stopped FROM intake_runningsearch") == [(1,)]
    stored(site, "DELETE FROM intake_runningsearch")
    expect(page.locator("#search-end")).to_be_visible()
    assert page.url.endswith(SEARCH)


def test_an_export_is_stopped_from_the_page_that_says_how_far_it_is(page: Page, site: DemoSite):
    stored(site, "DELETE FROM intake_ledgerrun WHERE user_id = ?", member_of(site))
    insert = (
        "INSERT INTO intake_ledgerrun (user_id, mark, edition, state, total, done, is_to_stop,"
        " started_at, seen_at) VALUES (?, ?, ?, ?, 5000, 1200, 0, ?, ?)"
    )
    run = (member_of(site), uuid4().hex, Edition.DEFAULT.value, RunState.RUNNING.value)
    stored(site, insert, *run, now(), now())
    page.goto(f"{site.url}{LEDGER}")
    expect(page.locator("#ledger-words")).to_contain_text("1200")
    with page.expect_response(lambda answer: "/ledger/stop/" in answer.url):
        page.locator("#ledger-stop").get_by_role("button", name="停下").click()
    assert stored(site, "SELECT is_to_stop FROM intake_ledgerrun WHERE user_id = ?", run[0]) == [
        (1,)
    ]
    ended = "UPDATE intake_ledgerrun SET state = ? WHERE user_id = ?"
    stored(site, ended, RunState.STOPPED.value, run[0])
    expect(page.locator("#ledger-words")).to_contain_text("停下了", timeout=30_000)
    expect(page.locator("#ledger-stop")).to_be_hidden()
    assert page.url.endswith(LEDGER)
