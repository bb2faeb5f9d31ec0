"""What a person does at the form, and what it would send."""

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

NARRATIVE = "（演示）有人说村里的路灯钱报了两次，账上看不到。"
KEY = "words-not-sent-yet"
# What Safari before 14.1 and Firefox before 62 say to whoever would change the chosen files.
NO_TRANSFER = "window.DataTransfer = function () { throw new TypeError('Illegal constructor'); }"
CODE = re.compile(r"\d{4}(\s+\d{4}){4}")


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
        # Ten megabytes take long to reach the browser on a machine that others use too.
        timeout=120_000,
    )
    page.evaluate("document.getElementById('attachments').isReady")


def files_to_send(page: Page) -> list[dict[str, object]]:
    """Names, and bytes as a list of numbers, of what the form would send now."""
    found: list[dict[str, object]] = page.evaluate(
        """Promise.all(Array.from(document.getElementById('attachments').files, async (file) => ({
            name: file.name,
            bytes: Array.from(new Uint8Array(await file.arrayBuffer())),
        })))"""
    )
    return found


def sent_picture(page: Page) -> Image.Image:
    [file] = files_to_send(page)
    return Image.open(io.BytesIO(bytes(file["bytes"])))  # type: ignore[call-overload]


def reload_with(page: Page, stub: str) -> None:
    page.add_init_script(stub)
    page.reload()
    expect(page.locator("#target-find")).to_be_visible()
