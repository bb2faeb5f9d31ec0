"""Finding the notice among other articles, however the page is written down."""

import re
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspection.parsing import NotANotice, parse
from tests.reading import NOTICE, PAGE, read_json

DECOYS = [
    "招聘启事\n\n山东某某食品有限公司招聘，电话：0635-5550001，受理截止2025年5月1日。",
    "本报讯（记者 某某）3月29日，某市开会。电话：13900000009。\n\n某某镇人民政府门口设意见箱。",
    "遗失声明\n\n某某建材有限公司公章遗失，声明作废。\n2025年3月30日",
    "全市巡察工作会议召开\n\n■ 本报记者 某某\n\n会议强调，市委第九巡察组要受理来信来电来访。"
    "联系电话0635-5550002。",
    "便民信息\n\n邮编：252001　电子信箱：decoy@example.invalid　微信公众号：某某生活",
    "拍卖公告\n\n受某某法院委托，定于2025年6月1日公开拍卖房产，联系电话：0635-5550003。",
]


def facts(text: str) -> dict[str, Any]:
    """All that is read, without the findings, whose lines move."""
    notice = read_json(text)
    del notice["findings"]
    return notice


@pytest.mark.parametrize("decoy", DECOYS)
@pytest.mark.parametrize("page", [PAGE, NOTICE], ids=["real", "invented"])
def test_articles_around_the_notice_do_not_leak(page: str, decoy: str):
    assert facts(f"{decoy}\n\n\n{page}\n\n\n{decoy}\n") == facts(page)


@settings(max_examples=60, deadline=None)
@given(
    before=st.lists(st.sampled_from(DECOYS), max_size=4),
    after=st.lists(st.sampled_from(DECOYS), max_size=4),
)
def test_no_company_of_articles_leaks(before: list[str], after: list[str]):
    page = "\n\n\n".join([*before, NOTICE, *after])

    assert facts(page) == facts(NOTICE)


@pytest.mark.parametrize("decoy", DECOYS[:5])
def test_articles_behind_an_unsigned_notice_do_not_leak(decoy: str):
    unsigned = NOTICE.split("中共岚东县委巡察工作领导小组办公室")[0]

    values = [contact["value"] for contact in read_json(f"{unsigned}\n{decoy}")["contacts"]]

    assert values == ["0999-6210001"]


def full_width(text: str) -> str:
    return re.sub(r"[0-9A-Za-z:,()@.-]", lambda match: chr(ord(match.group()) + 0xFEE0), text)


@pytest.mark.parametrize(
    "written",
    [
        PAGE.replace("\n", "\r\n"),
        PAGE.replace("\n", "\r"),
        "\ufeff" + PAGE,
        full_width(PAGE),
        PAGE.replace("巡察", "巡\u200b察"),
        PAGE.replace("十四届市委第八轮巡察公告", "十四届市委第八轮\n巡察公告"),
        PAGE.replace("十四届市委第八轮巡察公告", "十四届市委第八轮 巡 察 公 告"),
    ],
    ids=["crlf", "cr", "bom", "full-width", "zero-width", "two lines", "letter-spaced"],
)
def test_reads_the_page_however_it_is_written_down(written: str):
    assert facts(written) == facts(PAGE)


def test_lines_are_counted_in_the_text_as_given():
    (before,) = [f for f in parse(PAGE).findings if f.code == "boxes_numbered"]
    (after,) = [f for f in parse("\n\n" + PAGE).findings if f.code == "boxes_numbered"]

    assert (before.line, after.line) == (160, 162)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "今天天气很好。",
        "市委召开第八轮巡察动员部署会\n\n会议要求，认真开展巡察工作，市委书记讲话。",
        "关于十四届市委第七轮巡察整改情况的通报\n\n联系电话：0635-5550001",
        "十四届市委第八轮巡察公告\n\n十四届市委第八轮巡察即将开始。",
        "市委巡察办干部任前公示\n\n公示期间可拨打举报电话0635-5550001反映问题。",
        "十四届市委第七轮巡察反馈\n\n市委第一巡察组向某局反馈了意见。",
    ],
)
def test_a_text_that_is_no_notice_is_refused(text: str):
    with pytest.raises(NotANotice) as refusal:
        parse(text)

    assert refusal.value.reason.endswith("。")


def calls_of_reading(line: str) -> int:
    """How many functions were called: a clock would only tell how busy the machine is."""
    count = 0

    def counted(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        is_right = is_read_or_refused(NOTICE.replace("现将有关", line + "现将有关"))
    finally:
        sys.setprofile(None)
    assert is_right
    return count


@pytest.mark.parametrize("character", ["对", "、", "(", "1", "a", "在", "3月", "专项检查"])
def test_endless_lines_are_read_or_refused_with_work_that_grows_as_they_do(character: str):
    done = [calls_of_reading(character * many) for many in (9_000, 90_000)]

    assert done[1] < 20 * done[0]


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_arbitrary_text_raises_nothing_else(text: str):
    assert is_read_or_refused(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_page_raises_nothing_else(data: st.DataObject):
    lines = PAGE.splitlines()[115:]
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=60))
    cut = data.draw(st.integers(0, len(PAGE)))

    assert is_read_or_refused("\n".join(kept))
    assert is_read_or_refused(PAGE[:cut])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_page_with_changed_characters_raises_nothing_else(data: st.DataObject):
    notice = PAGE[PAGE.index("十四届市委第八轮巡察公告") :]
    at = data.draw(st.integers(0, len(notice)))
    junk = data.draw(
        st.text("第一二三组巡察年月日0123456789:;,。、()（）【】\t\n至镇县公司", max_size=12)
    )

    assert is_read_or_refused(notice[:at] + junk + notice[at + 3 :])


def is_read_or_refused(text: str) -> bool:
    try:
        return bool(parse(text).to_json())
    except NotANotice as refusal:
        return bool(refusal.reason)
