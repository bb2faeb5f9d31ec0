"""Speaking instead of writing: recorded, heard, erased, said anew, sent, whatever comes between."""

import hashlib

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.scripts.form import code_of, files_to_send, fill, reload_with
from tests.intake.report.evidence import evidence_corpus as corpus

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLAYED = """() => {
    const player = document.querySelector('.speaking audio');
    player.muted = true;
    return player.play().then(() => new Promise((done) =>
        player.addEventListener('timeupdate', () => done(true), { once: true })));
}"""
# As a microphone that is pulled out: nobody asked the recorder to stop.
UNPLUGGED = """
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (what) => (window.heard = await ask(what));
"""
HIDDEN = """() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


def press(page: Page) -> None:
    page.locator(".speaking__here > button").click()


def begin(page: Page, *, longest: int = 600) -> None:
    page.evaluate(f"document.querySelector('.speaking').dataset.longest = {longest}")
    press(page)
    expect(page.locator(".speaking [role=status]")).to_have_text("正在录音，请说话。")
    expect(page.locator(".speaking [role=timer]")).to_contain_text("0:01，最长 10 分钟")


def names(page: Page) -> list[object]:
    return [file["name"] for file in files_to_send(page)]


def test_what_was_said_is_heard_erased_said_anew_and_sent_without_a_word(page: Page):
    begin(page)
    press(page)
    expect(page.locator(".speaking li")).to_contain_text("第 1 段录音，0:0")
    expect(page.locator(".chosen-files li")).to_contain_text("录音1.webm")
    assert page.evaluate(PLAYED)
    page.get_by_role("button", name="擦掉第 1 段录音", exact=True).click()
    expect(page.locator(".speaking li")).to_have_count(0)
    assert names(page) == []
    begin(page)
    press(page)
    page.get_by_role("button", name="擦掉第 2 段录音，重新录").click()
    expect(page.locator(".speaking [role=timer]")).to_contain_text("0:01")
    press(page)
    expect(page.locator(".speaking li")).to_contain_text("第 3 段录音")
    [sent] = files_to_send(page)
    assert sent["name"] == "录音3.webm"

    page.check("[name=agree_privacy]")
    page.click("#submit")

    code_of(page)
    expect(page.locator(".received li")).to_contain_text("录音")
    told = hashlib.sha256(bytes(sent["bytes"])).hexdigest()  # type: ignore[call-overload]
    expect(page.locator(".received code")).to_have_text(told)


def test_sending_while_speaking_sends_what_was_said_and_a_form_that_comes_back_has_it(page: Page):
    begin(page)
    page.click("#submit")

    expect(page.locator(".summary")).to_contain_text("隐私")
    expect(page.locator(".summary")).not_to_contain_text("请写下")
    expect(page.locator(".speaking li")).to_contain_text("第 1 段录音")
    assert page.evaluate(PLAYED)
    begin(page)
    press(page)
    expect(page.locator(".speaking li")).to_have_count(2)
    page.get_by_role("button", name="删掉第 1 个：录音1.webm").click()
    expect(page.locator(".speaking li")).to_have_count(1)
    page.check("[name=agree_privacy]")
    page.click("#submit")

    code_of(page)


def test_whatever_ends_it_what_was_said_is_kept(page: Page):
    begin(page)
    page.evaluate(HIDDEN)
    expect(page.locator(".speaking [role=status]")).to_contain_text("您离开了这一页")
    page.evaluate("delete document.hidden")
    page.evaluate(f"() => {{{UNPLUGGED}}}")
    begin(page)
    page.evaluate("window.heard.getTracks().forEach((track) => track.stop())")
    expect(page.locator(".speaking [role=status]")).to_contain_text("话筒断开了")

    expect(page.locator(".speaking li")).to_have_count(2)
    assert names(page) == ["录音1.webm", "录音2.webm"]


def test_all_of_it_is_reached_by_keyboard(page: Page):
    start = page.locator(".speaking__here > button")
    start.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".speaking [role=timer]")).to_contain_text("0:01")
    page.keyboard.press("Enter")
    expect(page.locator(".speaking li")).to_have_count(1)
    expect(start).to_be_focused()
    erase = page.get_by_role("button", name="擦掉第 1 段录音", exact=True)
    while not erase.evaluate("(button) => button === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('.speaking'))")
    page.keyboard.press("Enter")
    expect(page.locator(".speaking [role=status]")).to_have_text("已经擦掉。")
    expect(start).to_be_focused()


def test_it_ends_by_itself_when_it_is_as_long_as_may_be(page: Page):
    begin(page, longest=2)

    expect(page.locator(".speaking [role=status]")).to_contain_text("时间到了，录音停了")
    assert names(page) == ["录音1.webm"]


@pytest.mark.parametrize(
    ("error", "said"),
    # As Chromium names it when nobody permits it.
    [
        ("NotAllowedError", "没有得到允许"),
        ("NotFoundError", "没有找到话筒"),
        ("NotReadableError", "话筒用不了"),
    ],
)
def test_without_a_microphone_the_other_ways_are_told(page: Page, error: str, said: str):
    page.evaluate(
        "(name) => { navigator.mediaDevices.getUserMedia = () =>"
        " Promise.reject(new DOMException('', name)); }",
        error,
    )
    press(page)

    expect(page.locator(".speaking [role=status]")).to_contain_text(said)
    expect(page.locator("#spoken")).to_be_visible()
    page.set_input_files("#spoken", [spoken()])
    expect(page.locator(".chosen-files li")).to_contain_text("通话.m4a")


def test_a_recorder_that_does_not_start_keeps_nothing_from_being_sent(page: Page):
    page.evaluate("() => { MediaRecorder.prototype.start = () => { throw new Error(); }; }")
    press(page)
    expect(page.locator(".speaking [role=status]")).to_contain_text("话筒用不了")
    fill(page)
    page.click("#submit")

    code_of(page)


def test_where_nothing_can_be_recorded_the_telephone_s_recorder_is_offered(page: Page):
    reload_with(page, "delete window.MediaRecorder;")

    expect(page.locator("#spoken")).to_be_visible()
    expect(page.get_by_role("button", name="开始录音")).to_be_hidden()


def test_without_scripts_a_recording_is_enough(browser: Browser, site: DemoSite):
    with open_page(browser) as page:
        page.goto(f"{site.url}/report/")
        page.set_input_files("#spoken", [spoken()])
        page.check("[name=agree_privacy]")
        page.click("#submit")

        code_of(page)
        expect(page.locator(".received li")).to_contain_text("录音")


def spoken() -> dict[str, object]:
    name, make = corpus.GOOD["m4a"]
    return {"name": name.replace("录音", "通话"), "mimeType": "audio/mp4", "buffer": make()}
