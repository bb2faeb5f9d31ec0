"""Every citizen's page in every state, reached as a person reaches it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from intake import receipts
from tests.browser.conftest import OPEN_AT

NARRATIVE = "（演示）修路的钱没有公示，也没有开会。"
WINDOWS = {
    "upcoming": "2025-03-20T10:00:00+08:00",
    "open": OPEN_AT,
    "last-day": "2025-06-20T18:30:00+08:00",
    "closed": "2025-06-21T09:00:00+08:00",
}

Visit = Callable[[Page, str], None]


@dataclass(frozen=True, slots=True)
class State:
    """A page in a state: at which time of the round, and the way to it."""

    name: str
    window: str
    visit: Visit


def at(path: str) -> Visit:
    """An address opened directly."""

    def visit(page: Page, url: str) -> None:
        page.goto(f"{url}{path}")

    return visit


def send(page: Page) -> None:
    page.click("main form [type=submit]")


def receipt(page: Page, url: str) -> None:
    page.goto(f"{url}/report/")
    page.fill("[name=narrative]", NARRATIVE)
    page.check("[name=agree_privacy]")
    send(page)
    page.wait_for_selector("#receipt-code.code")


def found(page: Page, url: str) -> None:
    receipt(page, url)
    page.click("form[action^='/receipt/']:not([action*=file]) [type=submit]")
    page.wait_for_selector("dl #receipt-code")


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
        "[name=attachments]",
        [{"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ" * 40}],
    )
    send(page)
    page.wait_for_selector(".summary")


def mistyped_code(page: Page, url: str) -> None:
    look_up(page, url, "1234")
    page.wait_for_selector(".summary")


def unknown_code(page: Page, url: str) -> None:
    look_up(page, url, receipts.code_for(receipts.new_nonce(), b"another site's key"))
    page.wait_for_selector(".note--bad")


def look_up(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/receipt/")
    page.fill("[name=code]", code)
    send(page)


def page_too_old(page: Page, url: str) -> None:
    """The form's token is not one of ours: the words come back and can be sent again."""
    page.goto(f"{url}/report/")
    page.evaluate("document.querySelector('[name=form_token]').value = 'x'")
    page.fill("[name=narrative]", NARRATIVE)
    page.check("[name=agree_privacy]")
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


def receipt_file_refused(page: Page, url: str) -> None:
    page.goto(f"{url}/receipt/verify/")
    send(page)
    page.wait_for_selector(".error")


STATES = [
    *(State(f"notice, {window}", window, at("/")) for window in WINDOWS),
    State("notice, large type", "open", at("/?size=large")),
    State("notice, body found", "open", at("/?q=梁水镇")),
    State("notice, nothing found", "open", at("/?q=没有这个地方")),
    State("form", "open", at("/report/")),
    State("form, last day", "last-day", at("/report/")),
    State("form, large type", "open", at("/report/?size=large")),
    State("form, not open yet", "upcoming", at("/report/")),
    State("form, closed", "closed", at("/report/")),
    State("form with errors", "open", form_with_errors),
    State("form, page too old", "open", page_too_old),
    State("text given back", "closed", sent_too_late),
    State("receipt", "open", receipt),
    State("receipt, last day", "last-day", receipt),
    State("look-up", "open", at("/receipt/")),
    State("code mistyped", "open", mistyped_code),
    State("code unknown", "open", unknown_code),
    State("report found", "open", found),
    State("supplement added", "open", supplement_added),
    State("supplement refused", "open", supplement_refused),
    State("receipt file", "open", at("/receipt/verify/")),
    State("receipt file refused", "open", receipt_file_refused),
    State("privacy", "open", at("/privacy/")),
    State("not found", "open", at("/nowhere/")),
    State("wrong method", "open", at("/receipt/supplement/")),
]
