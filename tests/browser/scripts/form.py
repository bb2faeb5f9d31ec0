"""What a person does at the form, and what it would send."""

import io
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image
from playwright.sync_api import ConsoleMessage, Page, expect

NARRATIVE = "（演示）有人说村里的路灯钱报了两次，账上看不到。"
KEY = "words-not-sent-yet"
# What Safari before 14.1 and Firefox before 62 say to whoever would change the chosen files.
NO_TRANSFER = "window.DataTransfer = function () { throw new TypeError('Illegal constructor'); }"
CODE = re.compile(r"\d{4}(\s+\d{4}){4}")


@contextmanager
def open_form(page: Page, url: str) -> Iterator[None]:
    """Opens the blank form; fails at the end over what a script or the policy complains about."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # What the browser itself says about answers that are not 200 is no complaint of ours.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def hear_error(error: Exception) -> None:
        complaints.append(str(error))

    page.on("console", hear)
    page.on("pageerror", hear_error)
    page.goto(f"{url}/report/")
    expect(page.locator("#target-find")).to_be_visible()
    yield
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", hear_error)
    assert complaints == []


def fill(page: Page, narrative: str = NARRATIVE) -> None:
    page.fill("[name=narrative]", narrative)
    page.check("[name=agree_privacy]")


def code_of(page: Page) -> str:
    code = page.locator("#receipt-code").inner_text().strip()
    assert CODE.fullmatch(code)
    return code


def choose_files(page: Page, *files: tuple[str, str, bytes]) -> None:
    page.set_input_files(
        "#attachments",
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files],
    )
    page.evaluate("document.getElementById('attachments').isReady")


def choose_large_file(page: Page, name: str, kind: str, size: int) -> None:
    """As Playwright chooses a file; only that its bytes are made where they are needed."""
    page.evaluate(
        """([name, kind, size]) => {
            const chosen = new DataTransfer();
            chosen.items.add(new File([new Uint8Array(size)], name, { type: kind }));
            const input = document.getElementById('attachments');
            input.files = chosen.files;
            for (const event of ['input', 'change'])
                input.dispatchEvent(new Event(event, { bubbles: true, composed: true }));
        }""",
        [name, kind, size],
    )
    page.evaluate("document.getElementById('attachments').isReady")


def files_to_send(page: Page) -> list[dict[str, object]]:
    """Names and bytes of what the form would send now."""
    found: list[dict[str, str]] = page.evaluate(
        """Promise.all(Array.from(document.getElementById('attachments').files, (file) =>
            new Promise((done) => {
                const reader = new FileReader();
                reader.addEventListener('load', () =>
                    done({ name: file.name, address: reader.result }));
                reader.readAsDataURL(file);
            })))"""
    )
    return [
        {"name": file["name"], "bytes": b64decode(file["address"].partition(",")[2])}
        for file in found
    ]


def sent_picture(page: Page) -> Image.Image:
    [file] = files_to_send(page)
    return Image.open(io.BytesIO(bytes(file["bytes"])))  # type: ignore[call-overload]


def reload_with(page: Page, stub: str) -> None:
    page.add_init_script(stub)
    page.reload()
    expect(page.locator("#target-find")).to_be_visible()
