"""The form's type-ahead and the front page's finder: the same words find the same bodies."""

import random
import re
import unicodedata
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import Browser, expect
from pypinyin import lazy_pinyin

from inspection.body_search import SIMPLIFIED
from tests.browser.conftest import DemoSite, open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HAND_PICKED = [
    *("梁水鎮", "粱水镇", "水梁镇", "公交集團", "趙寨子", "liangshuizehn", "良睡", "染水", "水梁"),
    *(
        "聊城公交",
        "lcgj",
        "聊城gj",
        "梁shui镇",
        "laing水镇",
        "ｌｓｚ",
        "liángshuǐ zhèn",
        "LiangShui",
    ),
    *("冠縣", "冠县城关镇", "冠县刘林镇", "东昌府区", "水务局", "公交三队", "红旗村", "hong", "an"),
    *(
        "集团",
        "公司",
        "镇",
        "",
        "？！",
        "梁永镇王庄村",
        "liangshuizhenmoucun",
        "𠮷梁水",
        "İı",
        "lü",
    ),
    *("lianshuizen", "liansuizen", "连碎镇", "zaozaizi", "昌甲投乙控股集团", "东昌府曲良寸镇"),
    *("聊成水物集团", "公共交痛及团有限公司", "dongcangfuquliansuizen", "gongongjiaotonjituan"),
    *("铜成办事处", "同城街道办", "东阿县铜诚街办", "铜成辦事處", "办事处"),
    *("村" * 60 + "梁水镇", "梁" * 39 + "水镇", "zhen" * 12),
]
TRADITIONAL = {new: chr(old) for old, new in SIMPLIFIED.items()}

FIND = """(tries) => tries.map((words) => {
    const input = document.getElementById('target-find');
    input.value = words;
    input.dispatchEvent(new Event('input'));
    const rows = document.querySelectorAll('#target-found li');
    const status = document.querySelector('.picker [role=status]').textContent;
    return [Array.from(rows, (row) => row.textContent).slice(0, -1), !status.includes('相近')];
})"""


def mistype(name: str, chance: random.Random) -> str:
    """A name as somebody in a hurry may type it."""
    at = chance.randrange(len(name) - 1)
    spelt = "".join(lazy_pinyin(name))
    slip = chance.randrange(len(spelt) - 1)
    ways = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + chance.choice("的大水镇集团梁村王庄公司一") + name[at + chance.randrange(2) :],
        "".join(TRADITIONAL.get(one, one) for one in name),
        name[at:],
        name[: at + 2] + "某村",
        "".join(lazy_pinyin(name[: at + 1])) + name[at + 1 :],
        name[:at] + " " + "".join(lazy_pinyin(name[at:])).upper(),
        "".join(one[0] for one in lazy_pinyin(name))[at:],
        spelt[:slip] + spelt[slip + 1] + spelt[slip] + spelt[slip + 2 :],
        spelt[:slip] + spelt[slip + 1 :],
        spelt[:slip] + chance.choice("aeghinu") + spelt[slip:],
        unicodedata.normalize("NFD", spelt.replace("an", "án")),
    )
    return chance.choice(ways)


def answer_of_front_page(site: DemoSite, words: str) -> tuple[list[str], bool]:
    """The names that it lists, and whether it says that they were meant."""
    query = urllib.parse.urlencode({"q": words})
    with urllib.request.urlopen(f"{site.url}/?{query}") as response:
        page = response.read().decode()
    section = re.search(r'<section class="card found".*?</section>', page, re.DOTALL)
    listed = re.findall(r"<li>.*?<span>([^<]+)", section[0] if section else "")
    return listed, not (section and "按相近的名称" in section[0])


def test_both_finders_find_the_same(browser: Browser, site: DemoSite):
    chance = random.Random(8)
    with open_page(browser, javascript=True) as page:
        page.goto(f"{site.url}/report/")
        expect(page.locator("#target-find")).to_be_visible()
        names = page.eval_on_selector_all(
            "#target option[data-keys]",
            "(all) => all.flatMap((one) => [one.text, ...one.dataset.keys.match(/[^ a-z]+/g)])",
        )
        once = [mistype(chance.choice(names), chance) for _ in range(100)]
        tries = [*HAND_PICKED, *once, *(mistype(words, chance) for words in once)]
        picked = page.evaluate(FIND, tries)

    found = sum(bool(rows) for rows, _ in picked)
    for words, (rows, is_sure) in zip(tries, picked, strict=True):
        listed, is_named = answer_of_front_page(site, words)
        assert (rows, is_sure) == (listed[:8], is_named), words
    assert found > 200
