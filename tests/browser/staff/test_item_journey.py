"""One item from arrival to archive, and one to transfer and sign-off, each step by whose it is."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.choices import Status
from tests.browser import way
from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.item_steps import OPINION, judge, move, on_list, opened, press, propose, stands

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ITEMS, LISTS = "/admin/intake/submission/", "/admin/intake/transferlist/"
# The bodies of the citizen's way are this team's.
TEAM = "市县统筹第一巡察组"
TODAY = "2025-04-15"
RECEIVER = "市信访局（演示）"
RESULT = "（演示）看了台账，已经公示。"


@dataclass(frozen=True)
class People:
    """Everybody whom the steps need, each before a browser of their own."""

    site: DemoSite
    citizen: Page
    clerk: Page
    head: Page
    office: Page
    office_head: Page


@dataclass(frozen=True)
class Item:
    """What is known of it after it was registered."""

    number: str
    path: str


@pytest.fixture(scope="module")
def people(browser: Browser, site: DemoSite) -> Iterator[People]:
    with ExitStack() as stack:

        def at_work(role: str, *, approves: bool) -> Page:
            page = stack.enter_context(open_page(browser, width=1280, own_context=True))
            log_in(page, site, login_of(site, role, approves=approves))
            return page

        yield People(
            site,
            stack.enter_context(open_page(browser, own_context=True)),
            at_work("team", approves=False),
            at_work("team", approves=True),
            at_work("office", approves=False),
            at_work("office", approves=True),
        )


def login_of(site: DemoSite, role: str, *, approves: bool) -> dict[str, str]:
    return next(
        entry
        for entry in site.logins
        if entry["role"] == role
        and bool(entry["approves"]) is approves
        and (entry["team"] is None or TEAM in entry["team"])
    )


def find(page: Page, site: DemoSite, item: Item) -> None:
    """As somebody who was told the number."""
    page.goto(f"{site.url}{ITEMS}?q={item.number}")
    if item.path not in page.url:
        press(page, page.locator(f"a[href*='{item.path}']").first)


def arrived(people: People, words: str) -> Item:
    """Sent by a citizen, and registered by the clerk of the team."""
    way.report(people.citizen, people.site.url, narrative=words)
    page = people.clerk
    page.goto(f"{people.site.url}{ITEMS}?q=今天")
    waiting = page.locator("#result_list tbody tr").filter(has_text="待登记")
    addresses = waiting.locator("a").evaluate_all("links => links.map(link => link.href)")
    for address in dict.fromkeys(
        one for one in addresses if one.split("?")[0].endswith("/change/")
    ):
        page.goto(address)
        if words in page.inner_text("main"):
            break
    path = page.url.removeprefix(people.site.url).split("?")[0]
    press(page, page.get_by_role("link", name="登记，先看找到的建议"))
    assert words in page.inner_text("main")
    press(page, page.locator("#save-and-next"))
    page.goto(f"{people.site.url}{path}")
    stands(page, Status.TO_ASSESS)
    number = page.locator("main").get_attribute("data-number")
    assert number
    return Item(number, path)


def test_from_arrival_to_archive(people: People):
    item = arrived(people, "（演示）三组的机动地发包没有开会，租金也没有公示，请查一查。")
    judge(people.clerk, scope="in", nature="accusation")
    propose(people.clerk, "inquire")
    # Who proposed finds no button to approve it.
    assert opened(people.clerk.locator("#handling"), Status.INQUIRING).count() == 0
    find(people.head, people.site, item)
    expect(people.head.locator("#handling")).to_contain_text(OPINION)
    move(people.head, Status.INQUIRING)
    find(people.clerk, people.site, item)
    move(people.clerk, Status.CLOSED, result=RESULT)
    find(people.office, people.site, item)
    expect(people.office.locator("#handling")).to_contain_text(RESULT)
    # No button archives it: a list does, which two members sign.
    assert opened(people.office.locator("#handling"), Status.ARCHIVED).count() == 0
    archive_by_list(people, item)


def archive_by_list(people: People, item: Item) -> None:
    """From the item's page: the clerk of the office makes the list and signs, then the head."""
    page = people.office
    press(page, page.get_by_role("link", name="去制归档、不归档清单"))
    form = page.locator("form.card").first
    form.locator("label").filter(has_text=item.number).locator("input").check()
    form.locator("input[name$=kind][value=kept]").check()
    # Those of whom the demo knows the number of the fonds can be chosen.
    form.locator("select[name$=retention]").select_option(index=1)
    press(page, form.locator("[type=submit]"))
    address = page.url
    for member, approves in ((page, False), (people.office_head, True)):
        member.goto(address)
        signing = member.locator("form:has([name=deed][value=sign])")
        password = login_of(people.site, "office", approves=approves)["password"]
        signing.locator("[name=password]").fill(password)
        press(member, signing.locator("[type=submit]"))
    find(page, people.site, item)
    stands(page, Status.ARCHIVED)
    expect(page.locator("main")).to_contain_text("档号")


def test_to_transfer_and_sign_off(people: People):
    item = arrived(people, "（演示）办低保的材料交了两回，窗口一直没有答复，请转给管这件事的单位。")
    judge(people.clerk, scope="out", nature="appeal")
    propose(people.clerk, "transfer")
    find(people.head, people.site, item)
    move(people.head, Status.TO_TRANSFER)

    page = people.office
    find(page, people.site, item)
    press(page, page.get_by_role("link", name="放进移交清单"))
    page.locator("[name=receiver]").select_option(label=RECEIVER)
    press(page, page.locator("main form.move__form [type=submit]"))
    transfer = page.url
    press(page, page.get_by_role("link", name="写摘要"))
    page.fill("[name=abstract]", "（演示）请求答复低保申请。")
    press(page, page.get_by_role("button", name="保存摘要"))
    page.goto(transfer)
    on_list(page, "propose", "proposed")
    assert opened(page.locator("#deeds"), "approve").count() == 0

    people.office_head.goto(f"{people.site.url}{LISTS}")
    press(people.office_head, people.office_head.locator(f"a[href*='{transfer.split('/')[-3]}']"))
    on_list(people.office_head, "approve", "approved", document_number="演示移〔2025〕99号")

    page.goto(transfer)
    on_list(page, "send", "sent", sent_on=TODAY)
    on_list(page, "sign", "signed", signed_on=TODAY, signer="冯某某（演示）")
    find(people.clerk, people.site, item)
    stands(people.clerk, Status.ACKNOWLEDGED)
    on_list(page, "answer", "answered", feedback_on=TODAY, result="（演示）已经答复本人。")
    find(people.clerk, people.site, item)
    stands(people.clerk, Status.ANSWERED)
