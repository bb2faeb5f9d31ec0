"""files.js lists what is chosen; what is not taken it tells at once, in one sentence for all."""

import pytest
from playwright.sync_api import Page, expect

from intake.report.evidence import LONG_RECORDING, NOT_TAKEN
from intake.report.report_limits import MAX_FILE_BYTES
from tests.browser.scripts.form import (
    NO_TRANSFER,
    choose_files,
    choose_large_file,
    files_to_send,
    reload_with,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GOOD = ("好.txt", "text/plain", b"words")
REFUSED = [
    ("程序.EXE", "application/octet-stream", b"MZ"),
    ("材料.zip", "application/zip", b"PK\3\4"),
    ("图.svg", "image/svg+xml", b"<svg/>"),
    ("网页.html", "text/html", b"<p>"),
]
TOO_LARGE = MAX_FILE_BYTES + 1


def marked(page: Page) -> list[bool]:
    found: list[bool] = page.evaluate(
        """Array.from(document.querySelectorAll('.chosen-files li'),
            (line) => line.classList.contains('chosen-files__bad'))"""
    )
    return found


def test_each_refused_file_is_marked_and_one_sentence_is_said_of_all(page: Page):
    choose_files(page, GOOD, *REFUSED, ("发票.2024", "", b"5000"), ("无后缀", "", b"words"))

    assert marked(page) == [False, True, True, True, True, False, False]
    expect(page.locator(".chosen-files li").nth(1)).to_contain_text(
        "这种文件不能收，请删掉或换一个"
    )
    expect(page.get_by_text(NOT_TAKEN)).to_have_count(1)
    expect(page.get_by_role("alert").filter(has_text=NOT_TAKEN)).to_be_visible()
    expect(page.get_by_text(LONG_RECORDING)).to_be_hidden()


def test_the_sentence_goes_with_the_last_refused_file(page: Page):
    choose_files(page, GOOD, REFUSED[0])
    page.get_by_role("button", name="删掉第 2 个：程序.EXE").click()

    expect(page.get_by_text(NOT_TAKEN)).to_be_hidden()
    assert marked(page) == [False]


@pytest.mark.parametrize(
    ("name", "kind"), [("会.mp4", "video/mp4"), ("话.amr", ""), ("会.3GP", ""), ("会.mov", "")]
)
def test_what_was_recorded_too_long_names_the_other_ways(page: Page, name: str, kind: str):
    choose_large_file(page, name, kind, TOO_LARGE)

    expect(page.locator(".chosen-files li")).to_contain_text("超过 100 MB")
    expect(page.get_by_text(LONG_RECORDING)).to_be_visible()
    assert marked(page) == [True]


def test_another_file_that_is_too_large_is_marked_alone(page: Page):
    choose_large_file(page, "图纸.pdf", "application/pdf", TOO_LARGE)

    assert marked(page) == [True]
    expect(page.get_by_text(LONG_RECORDING)).to_be_hidden()


def test_two_files_of_one_name_are_told_apart(page: Page):
    choose_files(page, ("image.txt", "text/plain", b"1"), ("image.txt", "text/plain", b"22"))
    page.get_by_role("button", name="删掉第 1 个：image.txt").click()

    kept = page.evaluate("Array.from(document.getElementById('attachments').files, f => f.size)")
    assert kept == [2]


def test_the_server_says_the_same_of_what_is_sent_all_the_same(page: Page):
    page.fill("[name=narrative]", "（演示）修路的钱没有公示，也没有开会。")
    page.check("[name=agree_privacy]")
    choose_files(page, *REFUSED)
    page.click("#submit")

    error = page.locator("#attachments-error .error")
    expect(error).to_have_count(1)
    expect(error).to_contain_text(NOT_TAKEN)
    expect(page.locator(".chosen-files [data-says]").first).to_be_hidden()
    assert marked(page) == [True] * 4


def test_files_are_added_up_and_can_be_taken_out(page: Page):
    choose_files(page, ("一.txt", "text/plain", b"1" * 600_000))
    choose_files(page, ("二.txt", "text/plain", b"2" * 600_000))
    status = page.locator(".chosen-files [role=status]")
    expect(status).to_have_text("共 2 个文件，1.1 MB。最多 9 个，合计 200 MB。")
    page.click("text=删掉 >> nth=0")

    expect(status).to_contain_text("共 1 个文件")
    assert [file["name"] for file in files_to_send(page)] == ["二.txt"]


def test_too_much_is_said_before_sending(page: Page):
    choose_large_file(page, "大.txt", "text/plain", TOO_LARGE)
    expect(page.locator(".chosen-files li")).to_contain_text("超过 100 MB")
    choose_files(page, *[(f"{n}.txt", "text/plain", b"1") for n in range(9)])

    expect(page.locator(".chosen-files [role=status]")).to_contain_text("太多了")


def test_files_that_cannot_be_changed_are_listed_without_buttons(page: Page):
    reload_with(page, NO_TRANSFER)
    choose_files(page, ("一.txt", "text/plain", b"1" * 600_000))
    choose_files(page, ("空.txt", "text/plain", b""), ("二.txt", "text/plain", b"2" * 3000))

    lines = page.locator(".chosen-files li")
    expect(lines).to_have_text(["空.txt（0 KB，是空的，请重新选，不要选它）", "二.txt（3 KB）"])
    expect(page.locator(".chosen-files button")).to_have_count(0)
    expect(page.locator(".chosen-files [role=status]")).to_contain_text("重新选，会换掉这些文件")
    assert [file["name"] for file in files_to_send(page)] == ["空.txt", "二.txt"]
