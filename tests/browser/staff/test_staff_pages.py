"""Every page that a member of staff can come to by links, on a telephone and on a desk."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from intake.access import PAGES, TABLE, Deed
from tests.browser.barriers import wrong_but_for_colours, wrong_colours
from tests.browser.conftest import DemoSite, demo_environment, log_in, manage, open_page
from tests.browser.page_fit import WIDER_THAN_THE_SCREEN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Visit = Callable[[Page, DemoSite], None]

WIDTHS = [1280, 360]
# A row's key in an address: pages of the same kind are looked at once.
KEY = re.compile(r"(?<=/)([0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=/)|(?<=/handbook/)[a-z-]+(?=/)")
START = "/admin/"
ITEMS, EVENTS = "/admin/intake/submission/", "/admin/intake/auditevent/"
NOTICE = {
    f"/admin/inspection/{model}/{page}"
    for model in ("round", "team", "target", "focustopic", "contactpoint", "dropbox")
    for page in ("", "*/change/")
}
CALENDAR = {
    f"/admin/inspection/workcalendarday/{page}" for page in ("", "add/", "year/", "*/change/")
}
ITEM = {f"{ITEMS}{page}" for page in ("", "*/change/", "*/reporter/")}
ACCESS = {f"/admin/intake/deskaccess/{page}" for page in ("", "add/", "*/delete/")}
STAFF = {f"/admin/intake/staffuser/{page}" for page in ("", "add/", "*/change/", "*/password/")}
RULES = {f"/admin/intake/deadlinerule/{page}" for page in ("", "*/change/")}
OPENINGS = {f"/admin/intake/boxopening/{page}" for page in ("", "add/")}
MATTERS = {f"/admin/intake/sealedmatter/{page}" for page in ("", "add/")}
PROBLEMS = {f"/admin/intake/problem/{page}" for page in ("", "add/", "*/change/")}
RETENTION = {f"/admin/intake/retentionclass/{page}" for page in ("", "add/", "*/change/")}
RECEIVERS = {f"/admin/intake/receiver/{page}" for page in ("", "add/", "*/change/")}
LISTS = {"/admin/intake/transferlist/"}
COMMON = {START, "/admin/password_change/", "/admin/handbook/", "/admin/handbook/*/"}
BY_DEED = {
    Deed.READ_NOTICE: NOTICE,
    Deed.CORRECT_NOTICE: NOTICE,
    Deed.KEEP_CALENDAR: CALENDAR,
    Deed.KEEP_DEADLINES: RULES,
    Deed.OPEN: ITEM,
    Deed.OPEN_BOXES: OPENINGS,
    Deed.KEEP_SEALED_MATTERS: MATTERS,
    Deed.REGISTER: {f"{ITEMS}add/"},
    Deed.KEEP_PROBLEMS: PROBLEMS,
    Deed.KEEP_RECEIVERS: RECEIVERS,
    Deed.KEEP_RETENTION: RETENTION,
    Deed.TRANSFER: LISTS,
    Deed.NOTIFY: LISTS,
    Deed.GRANT: ACCESS,
    Deed.READ_AUDIT: {EVENTS},
    Deed.KEEP_ACCOUNTS: STAFF,
}
REACHED = {
    role.value: COMMON.union(*(BY_DEED[deed] for deed in rules.deeds & PAGES.keys()))
    for role, rules in TABLE.items()
}

TELLS_OF_VIOLATIONS = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', event => {
        window.violations.push(event.violatedDirective + ' ' + event.blockedURI);
    });
"""
PICTURES_WITH_OTHER_WORDS = r"""() => [...document.querySelectorAll('img, svg[aria-label]')]
    .map(e => e.getAttribute('alt') || e.getAttribute('aria-label') || '')
    .filter(words => /[A-Za-z]{2}/.test(words))"""

# A link in a drawing has an animated address instead of words.
ADDRESSES = "links => links.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"


def kind(address: str) -> str:
    """'/admin/intake/submission/*/change/'."""
    return KEY.sub("*", urlsplit(address).path)


def walk(page: Page, site: DemoSite) -> Iterator[str]:
    """One page of each kind under /admin/, starting at the first; stands on what it gives."""
    waiting, seen = deque([START]), {START}
    while waiting:
        address = waiting.popleft()
        page.goto(urljoin(site.url, address))
        yield address
        for link in page.eval_on_selector_all("a[href]", ADDRESSES):
            path = urlsplit(link).path
            if path.startswith(START) and kind(path) not in seen:
                seen.add(kind(path))
                waiting.append(path)


def is_page(page: Page) -> bool:
    """False for a picture that a link leads to, round which the browser draws a page of its own."""
    return bool(page.evaluate("document.contentType") == "text/html")


def faults(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    found = [f"wider: {one}" for one in page.evaluate(WIDER_THAN_THE_SCREEN)]
    found += [f"policy: {one}" for one in page.evaluate("window.violations")]
    found += [f"not Chinese: {one}" for one in page.evaluate(PICTURES_WITH_OTHER_WORDS)]
    found += [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in (*wrong_but_for_colours(page), *wrong_colours(page))
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    return found


def file_to_take_out(page: Page, site: DemoSite) -> None:
    """The question why, asked once more because nothing was answered."""
    page.goto(f"{site.url}{ITEMS}")
    items = page.eval_on_selector_all("#result_list tbody a", "links => links.map(a => a.href)")
    for item in items:
        page.goto(item)
        original = page.locator("a[href$='/original/']").first
        if original.count():
            original.click()
            return submit(page)
    raise AssertionError("no item of the demo has a file")


def submit(page: Page) -> None:
    """Sends the page's own form as it stands."""
    with page.expect_navigation():
        page.locator("main form[method=post] [type=submit]").last.click()


def sent_empty(path: str) -> Visit:
    def visit(page: Page, site: DemoSite) -> None:
        page.goto(f"{site.url}{path}")
        submit(page)

    return visit


def at(path: str) -> Visit:
    def visit(page: Page, site: DemoSite) -> None:
        page.goto(f"{site.url}{path}")

    return visit


# What no link leads to: refusals, empty lists, and the pages behind a button.
FURTHER: dict[str, dict[str, Visit]] = {
    "office": {
        "file": file_to_take_out,
        "nothing found": at(f"{ITEMS}?q=9-9999"),
        "nobody chosen": sent_empty("/admin/intake/deskaccess/add/"),
        "empty box": sent_empty("/admin/inspection/dropbox/add/"),
    },
    "team": {"file": file_to_take_out, "empty password": sent_empty("/admin/password_change/")},
    "auditor": {"nothing found": at(f"{EVENTS}?action__exact=reroute")},
    "administrator": {
        "empty member": sent_empty("/admin/intake/staffuser/add/"),
        "empty password": sent_empty("/admin/intake/staffuser/1/password/"),
    },
}


def first_in(status: str) -> Visit:
    def visit(page: Page, site: DemoSite) -> None:
        page.goto(f"{site.url}{ITEMS}?status__exact={status}")
        page.locator("#result_list tbody a").first.click()

    return visit


def end_of_round(page: Page, site: DemoSite) -> None:
    page.goto(f"{site.url}/admin/ending/")
    page.locator("main a.button").first.click()


# What a head may do and a clerk may not.
OF_HEADS: dict[str, dict[str, Visit]] = {
    "office": {
        "start": at(START),
        "to approve": first_in("to_approve"),
        "archived": first_in("archived"),
        "end of the round": end_of_round,
    },
    "team": {"start": at(START), "to approve": first_in("to_approve")},
}


def seen_wrong(page: Page, name: str, said: list[str]) -> list[str]:
    """Of the page on which the browser stands, in every width; and what it complained of since."""
    wrong = []
    if is_page(page):
        for width in WIDTHS:
            wrong += [f"{name} at {width}: {fault}" for fault in faults(page, width)]
        wrong += [f"{name}: {words}" for words in said]
    said.clear()
    return wrong


@contextmanager
def listening(page: Page) -> Iterator[list[str]]:
    """What the browser complains of, page by page."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # A form that is refused is answered with 422, which the browser notes as an error.
        if message.type in ("error", "warning") and " 422 " not in message.text:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(TELLS_OF_VIOLATIONS)
    yield said


@pytest.mark.parametrize("role", REACHED)
def test_each_page_fits_works_and_keeps_nobody_out(browser: Browser, site: DemoSite, role: str):
    wrong: list[str] = []
    reached = set()
    with open_page(browser, width=1280, javascript=True) as page, listening(page) as said:
        log_in(page, site, site.login(role))
        for address in walk(page, site):
            reached.add(kind(address))
            wrong += seen_wrong(page, address, said)
        for name, visit in FURTHER.get(role, {}).items():
            visit(page, site)
            wrong += seen_wrong(page, name, said)

    assert wrong == []
    assert REACHED[role] - reached == set()


@pytest.mark.parametrize("role", OF_HEADS)
def test_what_a_head_alone_is_shown_fits_too(browser: Browser, site: DemoSite, role: str):
    """The other pages of a role are its clerk's as well, and looked at as that."""
    wrong: list[str] = []
    head = next(one for one in site.logins if one["role"] == role and one["approves"])
    with open_page(browser, width=1280, javascript=True) as page, listening(page) as said:
        log_in(page, site, head)
        for name, visit in OF_HEADS[role].items():
            visit(page, site)
            wrong += seen_wrong(page, name, said)
    assert wrong == []


def test_the_first_login_does_too(browser: Browser, site: DemoSite, demo_folder: Path):
    name, password = "newcomer", "an-invented-password-1"
    manage(
        demo_environment(demo_folder),
        *("create_staff", name, "--role", "auditor", "--password-stdin"),
        typed=password,
    )
    with open_page(browser, width=1280, javascript=True) as page, listening(page) as said:
        page.goto(f"{site.url}/admin/login/")
        submit(page)
        wrong = [fault for width in WIDTHS for fault in faults(page, width)]
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", password)
        submit(page)
        page.wait_for_selector("input[name=new_password1]")
        wrong += [fault for width in WIDTHS for fault in faults(page, width)]
        for field in ("new_password1", "new_password2"):
            page.fill(f"input[name={field}]", f"{password}-of-my-own")
        submit(page)
        page.wait_for_selector(".entrance__qr")
        wrong += [fault for width in WIDTHS for fault in faults(page, width)]
        submit(page)
        wrong += [fault for width in WIDTHS for fault in faults(page, width)]

    assert wrong + said == []
