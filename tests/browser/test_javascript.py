"""The form with its scripts: they help, decide nothing, and lose nothing."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, expect

from tests.browser.conftest import DemoSite, open_page, serve_demo
from tests.browser.pictures import GPS, photograph

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NARRATIVE = "（演示）有人说村里的路灯钱报了两次，账上看不到。"
NOT_SENT = "没有提交成功，您写的内容还在这个页面上，没有丢。"
CODE = re.compile(r"\d{4}(\s+\d{4}){4}")
KEY = "words-not-sent-yet"


@pytest.fixture
def page(browser: Browser, site: DemoSite) -> Iterator[Page]:
    """The blank form; whatever a script or the policy complains about fails the test."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # What the browser itself says about answers that are not 200 is no complaint of ours.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    with open_page(browser, javascript=True) as opened:
        opened.on("console", hear)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(f"{site.url}/report/")
        expect(opened.locator("#target-find")).to_be_visible()
        yield opened
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


@pytest.mark.parametrize(
    "words",
    [
        *("梁水镇", "liangshuizhen", "lsz", "liangsuizhen", "梁水鎮", "梁水镇某某村", "梁水村"),
        *("LiangShui", "粱水镇", "凉水镇", "laingshuizhen", "liangshiuzehn", "lingshui"),
        *("liang水", "梁shui镇", "ＬＳＺ", "liángshuǐ", "晾税镇", "lianshuizen", "梁大水镇"),
    ],
)
def test_suggests_a_body_and_chooses_nothing(page: Page, words: str):
    page.fill("#target-find", words)

    expect(page.locator("#target-found li").first).to_contain_text("梁水镇")
    expect(page.locator("#target-found li").last).to_contain_text("说不清")
    expect(page.locator(".picker [role=status]")).to_contain_text("找到 1 个单位")
    page.locator("#target-find").blur()
    assert page.input_value("#target") == ""


@pytest.mark.parametrize("words", ["柳林", "gongjiao", "公交公司", "冠縣"])
def test_finds_other_ways_to_write_a_body(page: Page, words: str):
    page.fill("#target-find", words)

    expect(page.locator(".picker [role=status]")).to_contain_text("请自己选")


# Each name as it is written or spelt in full, with each two neighbours swapped.
SWAPPED = """(isSpelt) => {
    const input = document.getElementById('target-find');
    const tries = [];
    const lost = [];
    const find = (words, name) => {
        input.value = words;
        input.dispatchEvent(new Event('input'));
        const rows = Array.from(document.querySelectorAll('#target-found li'));
        tries.push(words);
        if (!rows.slice(0, -1).some((row) => row.textContent === name)) lost.push([words, name]);
    };
    document.querySelectorAll('#target option[data-keys]').forEach((option) => {
        const keys = [option.text, ...option.dataset.keys.split(' ')];
        keys.concat(keys.map((key) => key.replace(/(镇|街道)$/, '')))
            .filter((key) => (isSpelt ? /^[a-z]{8,}$/ : /^[^a-z]{2,}$/).test(key))
            .forEach((key) => {
                for (let i = 0; i + 1 < key.length; i += 1)
                    find(key.slice(0, i) + key[i + 1] + key[i] + key.slice(i + 2), option.text);
            });
    });
    return [tries.length, lost];
}"""


@pytest.mark.parametrize("is_spelt", [True, False], ids=["letters", "characters"])
def test_finds_every_body_with_two_neighbours_swapped(page: Page, is_spelt: bool):
    tries, lost = page.evaluate(SWAPPED, is_spelt)

    assert tries > 200
    assert lost == []


@pytest.mark.parametrize("words", ["粱水", "凉水", "水梁", "良睡", "染水"])
def test_finds_a_short_name_with_a_wrong_character(page: Page, words: str):
    page.fill("#target-find", words)

    expect(page.locator("#target-found li")).to_have_count(2)
    expect(page.locator("#target-found li").first).to_contain_text("梁水镇")
    expect(page.locator(".picker [role=status]")).to_contain_text("没有一样的名称")
    assert page.input_value("#target") == ""


@pytest.mark.parametrize("words", ["梁水", "梁村镇", "liangcun", "llz"])
def test_an_exact_name_brings_no_similar_ones(page: Page, words: str):
    page.fill("#target-find", words)

    expect(page.locator(".picker [role=status]")).to_have_text("找到 1 个单位，请自己选。")


@pytest.mark.parametrize("words", ["某某", "染氷镇", "lsy", "abcdefgh"])
def test_too_many_errors_find_nothing(page: Page, words: str):
    page.fill("#target-find", words)

    expect(page.locator(".picker [role=status]")).to_contain_text("没有找到")


def test_a_press_chooses_a_body(page: Page):
    page.fill("#target-find", "lsz")
    row = page.locator("#target-found li").first
    box = row.bounding_box()
    row.click()

    assert box is not None
    assert box["height"] >= 44
    expect(page.locator("#target option:checked")).to_contain_text("梁水镇")
    expect(page.locator(".picker [role=status]")).to_contain_text("选好了")


def test_the_keyboard_alone_chooses_a_body_and_does_not_send(page: Page):
    page.focus("#target-find")
    page.keyboard.type("dongexian")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#target-find", "aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(page.locator("#target option:checked")).to_contain_text("东阿县")
    expect(page.locator("#target-find")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#narrative")).to_be_visible()


def test_not_sure_is_always_offered(page: Page):
    page.fill("#target-find", "没有这个单位")
    expect(page.locator(".picker [role=status]")).to_contain_text("没有找到")
    page.locator("#target-found li").first.click()

    assert page.input_value("#target") == "unlisted"


def test_files_are_added_up_and_can_be_taken_out(page: Page):
    choose_files(page, ("一.txt", "text/plain", b"1" * 600_000))
    choose_files(page, ("二.txt", "text/plain", b"2" * 600_000))
    status = page.locator(".chosen-files [role=status]")
    expect(status).to_have_text("共 2 个文件，1.1 MB。最多 9 个，合计 30 MB。")
    page.click("text=删掉 >> nth=0")

    expect(status).to_contain_text("共 1 个文件")
    assert [file["name"] for file in files_to_send(page)] == ["二.txt"]


def test_too_much_is_said_before_sending(page: Page):
    choose_files(page, ("大.txt", "text/plain", b"1" * (10 * 1024 * 1024 + 1)))
    expect(page.locator(".chosen-files li")).to_contain_text("超过 10 MB")
    choose_files(page, *[(f"{n}.txt", "text/plain", b"1") for n in range(9)])

    expect(page.locator(".chosen-files [role=status]")).to_contain_text("太多了")


def test_a_photograph_is_made_smaller_and_loses_its_place(page: Page):
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))

    picture = sent_picture(page)
    assert picture.size == (2000, 1000)
    assert not picture.getexif()
    expect(page.locator(".chosen-files li")).to_contain_text("去掉了拍摄位置")


def test_the_original_photograph_is_sent_when_wanted(page: Page):
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))
    page.check("#send-originals")

    assert sent_picture(page).getexif().get_ifd(GPS)
    expect(page.locator(".chosen-files li")).to_contain_text("里面可能有拍摄位置")


# What Chrome before 112, Firefox before 111 and Safari 15 answer to the option.
NO_OPTIONS = """(() => {
    const native = window.createImageBitmap.bind(window);
    window.createImageBitmap = (file, options) =>
        options ? Promise.reject(new TypeError("no such option")) : native(file);
})()"""
NO_TRANSFER = "window.DataTransfer = function () { throw new TypeError('Illegal constructor'); }"
NO_BITMAPS = "delete window.createImageBitmap"
UPRIGHT_TO_STORED = {
    **{1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180},
    **{4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE},
    **{6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270},
}


def reload_with(page: Page, stub: str) -> None:
    page.add_init_script(stub)
    page.reload()
    expect(page.locator("#target-find")).to_be_visible()


def photograph_held(orientation: int) -> bytes:
    """Upright 2400 x 1200, teal, with its upper left quarter red; it tells where it was taken."""
    picture = Image.effect_noise((2400, 1200), 20).convert("RGB")
    picture.paste("teal", (0, 600, 2400, 1200))
    picture.paste("red", (0, 0, 1200, 600))
    turn = UPRIGHT_TO_STORED[orientation]
    exif = Image.Exif()
    exif.endian = "<" if orientation % 2 else ">"
    exif[ExifTags.Base.Orientation] = orientation
    exif[GPS] = {1: "N", 2: (36.0, 27.0, 25.5), 3: "E", 4: (115.0, 59.0, 8.0)}
    content = io.BytesIO()
    (picture if turn is None else picture.transpose(turn)).save(content, "JPEG", exif=exif)
    return content.getvalue()


@pytest.mark.parametrize("stub", ["", NO_OPTIONS], ids=["now", "old"])
def test_a_photograph_stands_upright_however_the_phone_was_held(page: Page, stub: str):
    reload_with(page, stub)
    held = [photograph_held(orientation) for orientation in UPRIGHT_TO_STORED]
    choose_files(page, *[(f"{n}.jpg", "image/jpeg", one) for n, one in enumerate(held, 1)])

    sent = [bytes(file["bytes"]) for file in files_to_send(page)]  # type: ignore[call-overload]
    for before, after in zip(held, sent, strict=True):
        assert len(after) < len(before)
        picture = Image.open(io.BytesIO(after))
        assert picture.size == (2000, 1000)
        assert not picture.getexif()
        red, green, _ = picture.getpixel((300, 300))  # type: ignore[misc]
        assert (red > 200, green < 50) == (True, True)
        assert picture.getpixel((1700, 700))[0] < 50  # type: ignore[index]
    expect(page.locator(".chosen-files .choice")).to_be_visible()


def test_a_picture_that_an_old_browser_may_lay_down_goes_as_it_is(page: Page):
    reload_with(page, NO_OPTIONS)
    content = io.BytesIO()
    Image.new("RGB", (3000, 1500), "teal").save(content, "WEBP")
    choose_files(page, ("路灯.webp", "image/webp", content.getvalue()))

    assert sent_picture(page).size == (3000, 1500)
    expect(page.locator(".chosen-files li")).to_contain_text("里面可能有拍摄位置")


@pytest.mark.parametrize("stub", [NO_TRANSFER, NO_BITMAPS], ids=["transfer", "bitmaps"])
def test_what_cannot_be_drawn_anew_is_listed_as_an_original(page: Page, stub: str):
    reload_with(page, stub)
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))

    expect(page.locator(".chosen-files li")).to_contain_text("KB，原图，里面可能有拍摄位置")
    expect(page.locator(".chosen-files .choice")).to_be_hidden()
    assert sent_picture(page).getexif().get_ifd(GPS)


def test_files_that_cannot_be_changed_are_listed_without_buttons(page: Page):
    reload_with(page, NO_TRANSFER)
    choose_files(page, ("一.txt", "text/plain", b"1" * 600_000))
    choose_files(page, ("空.txt", "text/plain", b""), ("二.txt", "text/plain", b"2" * 3000))

    lines = page.locator(".chosen-files li")
    expect(lines).to_have_text(["空.txt（0 KB，是空的，请重新选，不要选它）", "二.txt（3 KB）"])
    expect(page.locator(".chosen-files button")).to_have_count(0)
    expect(page.locator(".chosen-files [role=status]")).to_contain_text("重新选，会换掉这些文件")
    assert [file["name"] for file in files_to_send(page)] == ["空.txt", "二.txt"]


def test_a_report_with_a_photograph_arrives(page: Page):
    fill(page)
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))
    page.click("#submit")

    code_of(page)
    expect(page.locator(".print-page button")).to_be_visible()


def test_nothing_is_kept_on_the_device_without_the_tick(page: Page):
    fill(page)

    assert not page.is_checked("#keep-draft")
    assert page.evaluate("localStorage.length") == 0


def test_words_are_kept_after_the_tick_and_erased_by_sending(page: Page):
    page.check("#keep-draft")
    fill(page)
    page.check("#identity-named")
    page.fill("[name=reporter_name]", "演示甲")
    kept = page.evaluate(f"localStorage.getItem('{KEY}')")
    assert NARRATIVE in kept
    assert "演示甲" not in kept
    page.reload()
    assert page.input_value("#narrative") == ""
    # It is offered before anybody begins to write everything anew.
    offer, first_question = page.locator(".draft__found"), page.locator("#target")
    assert offer.bounding_box()["y"] < first_question.bounding_box()["y"]  # type: ignore[index]
    page.click("text=放回来接着写")
    assert page.input_value("#narrative") == NARRATIVE
    page.check("[name=agree_privacy]")
    page.click("#submit")

    code_of(page)
    assert page.evaluate("localStorage.length") == 0


def test_kept_words_can_be_erased_and_end_after_seven_days(page: Page):
    page.check("#keep-draft")
    fill(page)
    page.click(".draft__erase button")
    assert page.evaluate("localStorage.length") == 0
    assert not page.is_checked("#keep-draft")
    week = 7 * 24 * 3600 * 1000
    old = json.dumps({"saved": 0, "words": {"narrative": NARRATIVE}})
    page.evaluate(
        "([key, old, week]) => localStorage.setItem("
        'key, old.replace(\'"saved": 0\', `"saved": ${Date.now() - week}`))',
        [KEY, old, week],
    )
    page.reload()

    expect(page.locator("#keep-draft")).to_be_visible()
    expect(page.locator(".draft__found")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


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


POST_NATIVELY = """(words) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.enctype = 'multipart/form-data';
    form.action = '/report/';
    for (const [name, value] of Object.entries(words)) {
        const field = document.createElement('input');
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""


def test_all_that_is_given_back_can_be_copied(browser: Browser, demo_folder: Path):
    with (
        serve_demo(demo_folder, "2025-06-21T09:00:00+08:00") as closed,
        open_page(browser, javascript=True) as page,
    ):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{closed.url}/report/")
        page.evaluate(POST_NATIVELY, {"narrative": NARRATIVE, "subject": "演示乙"})
        page.click("text=全部复制")
        expect(page.locator(".copy-all [role=status]")).to_contain_text("已经复制")
        copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith(NARRATIVE)
    assert "演示乙" in copied


def test_without_scripts_nothing_of_theirs_is_shown(browser: Browser, site: DemoSite):
    with open_page(browser) as page:
        page.goto(f"{site.url}/report/")
        for helper in (".picker", ".chosen-files", ".draft", "[data-shown=not-sent]"):
            expect(page.locator(helper)).to_be_hidden()
        expect(page.locator("noscript a")).to_have_attribute("href", "/#find")


@pytest.mark.parametrize("broken", ["picker", "files", "keeping"])
def test_a_script_that_fails_takes_nothing_with_it(browser: Browser, site: DemoSite, broken: str):
    with open_page(browser, javascript=True) as page:
        page.route(
            f"**/{broken}*.js",
            lambda route: route.fulfill(content_type="text/javascript", body="throw Error('x')"),
        )
        page.goto(f"{site.url}/report/")
        fill(page)
        choose_files(page, ("一.txt", "text/plain", "（演示）".encode()))
        page.click("#submit")

        code_of(page)
