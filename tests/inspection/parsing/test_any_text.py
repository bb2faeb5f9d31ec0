"""What holds for any text: read or refused, the same however it is spaced, in linear work."""

import cProfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspection.parsing import NotANotice, parse
from tests.inspection.notices.corpus import text_of

PHRASES = (
    "县委第一巡察组", "巡察", "第一、第二", "县教育局", "青石镇", "和", "、", ",", "。", ";", ":",
    "\n", "\t", "|", " ", "(", ")", "“", "①", "１", "电话", "0635-1234567", "19900001234",
    "举报箱", "设置", "位于", "信箱", "请寄", "邮编252000", "受理", "截至", "2026年", "3月1日",
    "至", "24时", "上午八点半", "工作日", "a@b.cn", "(at)", "延长至", "公告", "县:",
    "<p>", "&nbsp;",
)  # fmt: skip
SPACED = (
    "01-no-title-by-teams", "16-table-with-bars", "24-two-strands-of-dates",
    "133-table-cell-by-cell",
)  # fmt: skip
SURNAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
NOTICE = "某县委第一轮巡察公告\n信访受理截至2026年3月1日。\n"


def name(index: int) -> str:
    """Another place for each number."""
    return "".join(SURNAMES[index // size % 20] for size in (1, 20, 400))


def boxes_of_bodies(size: int) -> str:
    bodies = "\n".join(f"县委第一巡察组:县{name(i)}局" for i in range(size // 2))
    boxes = "\n".join(f"{i}.县{name(i)}局门口" for i in range(size // 2))
    return f"{NOTICE}{bodies}\n举报箱:\n{boxes}"


# What once took the square of its length, and its likes.
HOSTILE: dict[str, Callable[[int], str]] = {
    "many boxes and bodies": boxes_of_bodies,
    "many teams": lambda size: NOTICE + "\n".join(
        f"{name(i)}县委第一巡察组:县{name(i)}局" for i in range(size)
    ),
    "teams with days of their own": lambda size: NOTICE + "\n".join(
        f"{name(i)}县委第一巡察组:受理截至2026年3月{i % 28 + 1}日" for i in range(size)
    ),
    "numbers of many teams": lambda size: NOTICE + "\n".join(
        f"{name(i)}县委第一巡察组:电话0635-{1000000 + i}" for i in range(size)
    ),
    "postcodes without addresses": lambda size: NOTICE + "\n".join(
        f"电话:0635-{1000000 + i}\n邮编:252000" for i in range(size)
    ),
    "one long line": lambda size: NOTICE + "县委第一巡察组巡察县教育局;" * size,
}  # fmt: skip


def read(text: str) -> dict[str, Any] | None:
    """The notice in its public form without what tells where it stands; None for a refusal."""
    try:
        notice = parse(text).to_json()
    except NotANotice as refusal:
        assert refusal.reason
        return None
    notice.pop("findings")
    return notice


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PHRASES) | st.text(max_size=3), max_size=60).map("".join))
def test_any_text_is_a_notice_or_is_refused_with_a_reason(text: str):
    for page in (text, NOTICE + text):
        notice = read(page)
        assert notice is None or notice.keys() == read(NOTICE).keys()  # type: ignore[union-attr]


@pytest.mark.parametrize("sample", SPACED)
def test_wide_forms_and_white_space_around_lines_change_nothing(sample: str):
    text = text_of(sample)
    wide = "".join(
        chr(ord(char) + 0xFEE0) if char.isdigit() and char.isascii() else char for char in text
    )
    spaced = "".join(f"{line}  \r\n" for line in text.splitlines())

    assert read(wide) == read(spaced) == read(f"\n\n{text}\n\n\n") == read(text)


@pytest.mark.parametrize("shape", HOSTILE)
def test_four_times_the_text_is_about_four_times_the_work(shape: str):
    small, large = (calls_for(HOSTILE[shape](size)) for size in (150, 600))

    assert large < 5 * small


def calls_for(text: str) -> int:
    """How many calls the reading of a text takes: its work, whatever the machine."""
    profile = cProfile.Profile()
    profile.runcall(read, text)
    return sum(entry.callcount for entry in profile.getstats())  # type: ignore[attr-defined]
