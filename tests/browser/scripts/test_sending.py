"""The form is sent without leaving the page, and nothing is lost on the way there or back."""

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.scripts.form import KEY, NARRATIVE, choose_files, code_of, files_to_send, fill

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NOT_SENT = "没有提交成功，您写的内容还在这个页面上，没有丢。"
LISTEN = """() => {
    window.told = [];
    const region = document.querySelector("[data-shown=progress]").parentElement;
    const note = () => {
        const shown = region.querySelector("p:not([hidden])");
        if (shown) window.told.push(shown.textContent);
    };
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(note).observe(region, all);
}"""


def test_five_tries_over_a_broken_connection_make_one_report(page: Page):
    """Three never reach the server; two do, but their answers are lost on the way back."""
    codes = set()
    fate = iter(["lost", "lost", "unanswered", "lost", "unanswered"])

    def break_connection(route: Route) -> None:
        if next(fate) == "unanswered":
            answer = route.fetch()
            codes.update(re.findall(r"name=\"code\" value=\"(\d{20})\"", answer.text()))
        route.abort("connectionreset")

    fill(page)
    page.route("**/report/?sent=1", break_connection)
    for _ in range(5):
        page.click("#submit")
        expect(page.locator("[data-shown=not-sent]")).to_contain_text(NOT_SENT)
        expect(page.locator("[data-shown=sending]")).to_be_hidden()
        assert page.input_value("#narrative") == NARRATIVE
    page.unroute("**/report/?sent=1")
    page.click("#submit")

    assert {re.sub(r"\s", "", code_of(page))} == codes
    expect(page.locator("h1")).to_have_text("这份反映以前已经收到")


def test_offline_the_words_stay_and_can_be_sent_later(page: Page):
    fill(page)
    page.context.set_offline(True)
    page.click("#submit")
    expect(page.locator("[data-shown=not-sent]")).to_be_visible()
    page.context.set_offline(False)
    page.click("#submit")

    code_of(page)


def test_a_double_press_sends_once(page: Page):
    sent: list[Request] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request)

    page.on("request", note)
    fill(page)
    page.dblclick("#submit")

    code_of(page)
    assert len(sent) == 1


def test_the_answer_of_a_proxy_does_not_push_the_words_away(page: Page):
    fill(page)
    page.route(
        "**/report/?sent=1",
        lambda route: route.fulfill(status=418, content_type="text/html", body="<h1>proxy</h1>"),
    )
    page.click("#submit")

    expect(page.locator("[data-shown=not-sent]")).to_contain_text(NOT_SENT)
    assert page.input_value("#narrative") == NARRATIVE


def test_a_form_with_mistakes_comes_back_alive(page: Page):
    page.fill("[name=narrative]", "太短")
    page.click("#submit")
    expect(page.locator(".summary")).to_be_focused()
    expect(page).to_have_title(re.compile("处要补"))
    page.fill("#target-find", "lsz")
    page.locator("#target-found li").first.click()
    fill(page)
    page.click("#submit")

    code_of(page)


def test_the_chosen_files_come_back_with_the_form(page: Page):
    page.fill("[name=narrative]", "太短")
    choose_files(page, ("一.txt", "text/plain", "（演示）".encode()))
    page.click("#submit")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator(".chosen-files li")).to_contain_text("一.txt")
    expect(page.locator("body")).not_to_contain_text("重新选一次")
    assert [file["name"] for file in files_to_send(page)] == ["一.txt"]
    fill(page)
    page.click("#submit")

    code_of(page)


def test_the_back_button_loses_nothing(page: Page):
    fill(page)
    choose_files(page, ("一.txt", "text/plain", "（演示）".encode()))
    page.click("#submit")
    code = code_of(page)
    page.go_back()
    assert page.input_value("#narrative") == NARRATIVE
    assert [file["name"] for file in files_to_send(page)] == ["一.txt"]
    page.go_forward()

    assert code_of(page) == code


def test_a_reload_brings_the_receipt_back(page: Page):
    fill(page)
    page.click("#submit")
    code = code_of(page)
    page.reload()
    assert code_of(page) == code
    expect(page.locator(".print-page button")).to_be_visible()
    page.click("nav >> text=公告")
    page.wait_for_selector("[data-window=open] .find")
    page.go_back()
    assert code_of(page) == code
    page.go_back()

    expect(page.locator("#submit")).to_be_visible()


def test_a_receipt_does_not_stand_in_the_way_of_a_new_form(page: Page):
    fill(page)
    page.click("#submit")
    code_of(page)
    page.go_back()
    page.click("#submit")
    page.click("text=重新打开表格")

    expect(page.locator("#narrative")).to_have_value("")


def test_a_receipt_that_is_back_erases_no_later_words(page: Page):
    fill(page)
    page.click("#submit")
    code = code_of(page)
    page.goto(f"{page.url}?target=unlisted")
    page.check("#keep-draft")
    fill(page, f"{NARRATIVE}另一件。")
    page.go_back()
    assert code_of(page) == code
    page.reload()
    assert code_of(page) == code

    assert "另一件" in page.evaluate(f"localStorage.getItem('{KEY}')")


def test_an_old_receipt_is_not_brought_back(page: Page):
    fill(page)
    page.click("#submit")
    code_of(page)
    page.evaluate(
        """() => {
            const { page, receipt } = history.state;
            const moment = receipt.moment - 3600 * 1000 - 1;
            history.replaceState({ page, receipt: { ...receipt, moment } }, "");
        }"""
    )
    page.reload()

    expect(page.locator("#submit")).to_be_visible()
    assert page.evaluate("history.state") is None


def test_says_in_words_how_much_has_been_sent(page: Page):
    """600 KB at 100 KB a second."""
    fill(page)
    choose_files(page, ("录音.mp3", "audio/mpeg", b"ID3\x03" + b"\0" * 600_000))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {**conditions, "uploadThroughput": 100_000})
    page.evaluate(LISTEN)
    page.click("#submit")
    page.wait_for_selector("#receipt-code")
    told = page.evaluate("window.told")

    percents = [int(number) for words in told for number in re.findall(r"已完成 (\d+)%", words)]
    assert told[0] == "正在提交，请等一等，不要关掉这个页面。"
    assert percents == sorted(percents)
    assert set(percents) & {20, 30, 40, 50, 60, 70, 80}
    assert told[-1].startswith("文件已经传完，正在登记")
