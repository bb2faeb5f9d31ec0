"""Every citizen's page in every state, reached as a person reaches it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from inspection import clock
from intake.citizen.incoming.what_was_sent import BROKEN, TOO_LARGE, Typed
from intake.citizen.pages import not_sent
from intake.citizen.views import error_pages
from intake.citizen.views.receipt_view import SLOW_DOWN
from intake.report import form_tokens, receipts
from tests.browser.conftest import NO_ROUND, OPEN_AT, SEVERAL_ROUNDS
from tests.browser.pictures import photograph

NARRATIVE = "（演示）修路的钱没有公示，也没有开会。"
WINDOWS = {
    "upcoming": "2025-03-20T10:00:00+08:00",
    "open": OPEN_AT,
    "last-day": "2025-06-20T18:30:00+08:00",
    "closed": "2025-06-21T09:00:00+08:00",
    "period over": "2025-07-01T09:00:00+08:00",
}

Visit = Callable[[Page, str], None]


@dataclass(frozen=True, slots=True)
class State:
    """A page in a state: at which time of the round, and the way to it.

    `before` is what the person did while reports were still taken.
    """

    name: str
    window: str
    visit: Visit
    before: Visit | None = None

    def show(self, page: Page, sites: dict[str, str]) -> None:
        """Goes the way to it."""
        if self.before:
            self.before(page, sites["open"])
        self.visit(page, sites[self.window])


def at(path: str) -> Visit:
    """An address opened directly."""

    def visit(page: Page, url: str) -> None:
        page.goto(f"{url}{path}")

    return visit


def about_a_body(path: str) -> Visit:
    """An address with the code of the first body that the notice offers."""

    def visit(page: Page, url: str) -> None:
        page.goto(url)
        link = str(page.locator("a[href*='target=']").first.get_attribute("href"))
        code = re.search(r"target=([\w-]+)", link)
        assert code
        page.goto(f"{url}{path}?target={code[1]}")

    return visit


def answered(make: Callable[[HttpRequest], HttpResponse]) -> Visit:
    """What the site answers in a bad hour: its own page, under its own address."""

    def visit(page: Page, url: str) -> None:
        request = RequestFactory().post("/report/")
        request.received_at = clock.now()  # type: ignore[attr-defined]
        answer = make(request)

        def fulfill(route: Route) -> None:
            headers = {**answer.headers, "Content-Security-Policy": "default-src 'self'"}
            route.fulfill(status=answer.status_code, headers=headers, body=answer.content)

        page.route("**/report/", fulfill)
        page.goto(f"{url}/report/")

    return visit


def refused(status: int, sentence: str) -> Visit:
    """Everything comes back, to be sent again later."""
    words = {"narrative": NARRATIVE, "subject": "演示乙", "identity": "anonymous"}
    typed = Typed(QueryDict(urlencode(words)))
    return answered(
        lambda request: not_sent.refused(
            request, typed, status=status, sentences=[sentence], again=not_sent.REPORT
        )
    )


def send(page: Page) -> None:
    page.click("main form [type=submit]")


def fill(page: Page) -> None:
    """The least that a report needs."""
    page.fill("[name=narrative]", NARRATIVE)
    page.check("[name=agree_privacy]")


def receipt(page: Page, url: str) -> None:
    page.goto(f"{url}/report/")
    fill(page)
    send(page)
    page.wait_for_selector("#receipt-code.code")


def found(page: Page, url: str) -> None:
    receipt(page, url)
    page.click("form[action^='/receipt/']:not([action*=file]) [type=submit]")
    page.wait_for_selector("dl #receipt-code")


def found_later(page: Page, url: str) -> None:
    """Looks up what was sent before."""
    look_up(page, url, page.inner_text("#receipt-code"))
    page.wait_for_selector("dl #receipt-code")


def sent_twice(page: Page, url: str) -> None:
    """The form is sent, brought back by its own token and sent again."""
    page.goto(f"{url}/report/")
    token = page.input_value("[name=form_token]")
    for _ in range(2):
        # By another page: to open the same address again would only bring the receipt back.
        page.goto(url)
        page.goto(f"{url}/report/")
        page.evaluate(
            "token => { document.querySelector('[name=form_token]').value = token; }", token
        )
        fill(page)
        send(page)
        page.wait_for_selector("#receipt-code.code")


def supplement_added(page: Page, url: str) -> None:
    found(page, url)
    page.fill("[name=narrative]", NARRATIVE)
    page.click("form[action^='/receipt/supplement/'] [type=submit]")
    page.wait_for_selector("h1:has-text('补充材料已经收到')")


def supplement_refused(page: Page, url: str) -> None:
    found(page, url)
    page.click("form[action^='/receipt/supplement/'] [type=submit]")
    page.wait_for_selector(".summary")


def form_with_errors(page: Page, url: str) -> None:
    page.goto(f"{url}/report/")
    page.check("#identity-named")
    page.fill("[name=reporter_phone]", "123")
    page.set_input_files(
        "#attachments",
        [{"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ" * 40}],
    )
    send(page)
    page.wait_for_selector(".summary")


def mistyped_code(page: Page, url: str) -> None:
    look_up(page, url, "1234")
    page.wait_for_selector(".summary")


def unknown_code(page: Page, url: str) -> None:
    look_up(page, url, receipts.code_for(form_tokens.new_nonce(), "", b"another site's key"))
    page.wait_for_selector(".note--bad")


def look_up(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/receipt/")
    page.fill("[name=code]", code)
    send(page)


def page_too_old(page: Page, url: str) -> None:
    """The form's token is not one of ours: the words come back and can be sent again."""
    page.goto(f"{url}/report/")
    page.evaluate("document.querySelector('[name=form_token]').value = 'x'")
    fill(page)
    send(page)
    page.wait_for_selector("main form")


def sent_too_late(page: Page, url: str) -> None:
    """Posts what a form opened before the last moment would post after it."""
    page.goto(f"{url}/receipt/")
    page.evaluate(
        """words => {
            const form = document.querySelector('main form');
            form.action = '/report/';
            form.enctype = 'multipart/form-data';
            const field = document.createElement('textarea');
            field.name = 'narrative';
            field.value = words;
            form.append(field);
        }""",
        NARRATIVE,
    )
    send(page)
    page.wait_for_selector(".given-back")


def receipt_file_genuine(page: Page, url: str) -> None:
    receipt(page, url)
    with page.expect_download() as download:
        page.click("button:has-text('保存回执文件')")
    page.goto(f"{url}/receipt/verify/")
    page.set_input_files("#file", download.value.path())
    send(page)
    page.wait_for_selector("h1:has-text('是真的')")


def receipt_file_false(page: Page, url: str) -> None:
    page.goto(f"{url}/receipt/verify/")
    page.set_input_files(
        "#file", [{"name": "回执.txt", "mimeType": "text/plain", "buffer": "（演示）".encode()}]
    )
    send(page)
    page.wait_for_selector(".error")


def form_at_work(page: Page, url: str) -> None:
    """All that the scripts add: words kept, files listed, bodies suggested."""
    page.goto(f"{url}/report/")
    page.check("#keep-draft")
    fill(page)
    page.check("#identity-named")
    page.set_input_files(
        "#attachments",
        [
            {"name": "路灯.jpg", "mimeType": "image/jpeg", "buffer": photograph()},
            {
                "name": "没有内容，名字也很长的一份合同的第二页.txt",
                "mimeType": "text/plain",
                "buffer": b"",
            },
        ],
    )
    page.evaluate("document.getElementById('attachments').isReady")
    page.fill("#target-find", "东昌府区")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".picker__row[aria-selected=true]")


def form_spoken(page: Page, url: str) -> None:
    """Something was recorded; then the microphone was gone, and the telephone's way is offered."""
    page.goto(f"{url}/report/")
    page.click("text=开始录音")
    page.wait_for_selector("text=0:01，最长")
    page.click("text=停止录音")
    page.wait_for_selector(".speaking li")
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()); }"
    )
    page.click("text=再录一段")
    page.wait_for_selector("#spoken")
    page.click(".take-now summary")


def receipt_of_what_was_said(page: Page, url: str) -> None:
    form_spoken(page, url)
    page.check("[name=agree_privacy]")
    send(page)
    page.wait_for_selector(".received code")


def draft_found(page: Page, url: str) -> None:
    form_at_work(page, url)
    page.goto(f"{url}/report/")
    page.wait_for_selector(".draft__found")


def being_sent(page: Page, url: str) -> None:
    """No answer has come yet."""
    form_at_work(page, url)
    page.route("**/report/?sent=1", lambda _: None)
    page.click("#submit")
    page.wait_for_selector("[data-shown=sending]")


def not_sent_offline(page: Page, url: str) -> None:
    page.goto(f"{url}/report/")
    fill(page)
    page.context.set_offline(True)
    page.click("#submit")
    page.wait_for_selector("[data-shown=not-sent]")


def receipt_file_refused(page: Page, url: str) -> None:
    page.goto(f"{url}/receipt/verify/")
    send(page)
    page.wait_for_selector(".error")


STATES = [
    *(State(f"notice, {window}", window, at("/")) for window in WINDOWS),
    State("notice, large type", "open", at("/?size=large")),
    State("notice, body found", "open", at("/?q=梁水镇")),
    State("notice, nothing found", "open", at("/?q=没有这个地方")),
    State("a round's own page", "open", at("/rounds/liaocheng-14-8/")),
    State("form", "open", at("/report/")),
    State("form, last day", "last-day", at("/report/")),
    State("form, large type", "open", at("/report/?size=large")),
    State("form, body of the poster", "open", about_a_body("/report/")),
    State("form, unknown body", "open", at("/report/?target=nobody")),
    State("form, scripts at work", "open", form_at_work),
    State("form, spoken", "open", form_spoken),
    State("form, words kept", "open", draft_found),
    State("form, being sent", "open", being_sent),
    State("form, not sent", "open", not_sent_offline),
    State("form, not open yet", "upcoming", at("/report/")),
    State("form, closed", "closed", at("/report/")),
    State("form with errors", "open", form_with_errors),
    State("form, page too old", "open", page_too_old),
    State("text given back", "closed", sent_too_late),
    State("receipt", "open", receipt),
    State("receipt, spoken", "open", receipt_of_what_was_said),
    State("receipt, last day", "last-day", receipt),
    State("receipt, sent twice", "open", sent_twice),
    State("look-up", "open", at("/receipt/")),
    State("code mistyped", "open", mistyped_code),
    State("code unknown", "open", unknown_code),
    State("report found", "open", found),
    State("report found, closed", "closed", found_later, before=receipt),
    State("report found, period over", "period over", found_later, before=receipt),
    State("supplement added", "open", supplement_added),
    State("supplement refused", "open", supplement_refused),
    State("receipt file", "open", at("/receipt/verify/")),
    State("receipt file refused", "open", receipt_file_refused),
    State("receipt file genuine", "open", receipt_file_genuine),
    State("receipt file false", "open", receipt_file_false),
    State("poster", "open", at("/poster/")),
    State("poster, closed", "closed", at("/poster/")),
    State("poster of a body", "open", about_a_body("/poster/")),
    State("labels of boxes", "open", at("/poster/boxes/")),
    State("contact cards", "open", at("/poster/cards/")),
    State("contact cards of a body", "open", about_a_body("/poster/cards/")),
    State("blank form on paper", "open", at("/report/paper/")),
    State("blank form of a body", "open", about_a_body("/report/paper/")),
    State("way to a map", "open", at("/boxes/14/map/")),
    State("privacy", "open", at("/privacy/")),
    State("not found", "open", at("/nowhere/")),
    State("wrong method", "open", at("/receipt/supplement/")),
    State("several rounds", SEVERAL_ROUNDS, at("/")),
    State("several rounds, body found", SEVERAL_ROUNDS, at("/?q=梁水镇")),
    State("form, several rounds", SEVERAL_ROUNDS, at("/report/")),
    State("no round", NO_ROUND, at("/")),
    State("form, no round", NO_ROUND, at("/report/")),
    State("not read", "open", refused(400, BROKEN)),
    State("too large", "open", refused(413, TOO_LARGE)),
    State("too fast", "open", refused(429, SLOW_DOWN)),
    State("database away", "open", refused(503, not_sent.AWAY)),
    State("broken", "open", answered(error_pages.failed)),
    State("unavailable", "open", answered(error_pages.unavailable)),
    State("not allowed", "open", answered(error_pages.forbidden)),
]
