"""picker.js suggests bodies; it chooses none."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.scripts.form import open_form

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def form(browser: Browser, site: DemoSite) -> Iterator[Page]:
    """The form in which one word after another is asked for."""
    with open_page(browser, javascript=True) as page, open_form(page, site.url):
        yield page


@pytest.fixture
def page(form: Page) -> Page:
    """The blank form, loaded anew."""
    form.reload()
    expect(form.locator("#target-find")).to_be_visible()
    return form


def ask_for(form: Page, words: str) -> None:
    """Types the words where nothing of those before is left."""
    form.fill("#target-find", "")
    expect(form.locator("#target-found li")).to_have_count(0)
    expect(form.locator(".picker [role=status]")).to_be_empty()
    form.fill("#target-find", words)


@pytest.mark.parametrize(
    "words",
    [
        *("梁水镇", "liangshuizhen", "lsz", "liangsuizhen", "梁水鎮", "梁水镇某某村", "梁水村"),
        *("LiangShui", "粱水镇", "凉水镇", "laingshuizhen", "liangshiuzehn", "lingshui"),
        *("liang水", "梁shui镇", "ＬＳＺ", "liángshuǐ", "晾税镇", "lianshuizen", "梁大水镇"),
    ],
)
def test_suggests_a_body_and_chooses_nothing(form: Page, words: str):
    ask_for(form, words)

    expect(form.locator("#target-found li").first).to_contain_text("梁水镇")
    expect(form.locator("#target-found li").last).to_contain_text("说不清")
    expect(form.locator(".picker [role=status]")).to_contain_text("找到 1 个单位")
    form.locator("#target-find").blur()
    assert form.input_value("#target") == ""


@pytest.mark.parametrize("words", ["柳林", "gongjiao", "公交公司", "冠縣"])
def test_finds_other_ways_to_write_a_body(form: Page, words: str):
    ask_for(form, words)

    expect(form.locator(".picker [role=status]")).to_contain_text("请自己选")


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
def test_finds_every_body_with_two_neighbours_swapped(form: Page, is_spelt: bool):
    tries, lost = form.evaluate(SWAPPED, is_spelt)

    assert tries > 200
    assert lost == []


@pytest.mark.parametrize("words", ["粱水", "凉水", "水梁", "良睡", "染水"])
def test_finds_a_short_name_with_a_wrong_character(form: Page, words: str):
    ask_for(form, words)

    expect(form.locator("#target-found li")).to_have_count(2)
    expect(form.locator("#target-found li").first).to_contain_text("梁水镇")
    expect(form.locator(".picker [role=status]")).to_contain_text("没有一样的名称")
    assert form.input_value("#target") == ""


@pytest.mark.parametrize("words", ["梁水", "梁村镇", "liangcun", "llz"])
def test_an_exact_name_brings_no_similar_ones(form: Page, words: str):
    ask_for(form, words)

    expect(form.locator(".picker [role=status]")).to_have_text("找到 1 个单位，请自己选。")


@pytest.mark.parametrize("words", ["某某", "染氷镇", "lsy", "abcdefgh"])
def test_too_many_errors_find_nothing(form: Page, words: str):
    ask_for(form, words)

    expect(form.locator(".picker [role=status]")).to_contain_text("没有找到")


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
