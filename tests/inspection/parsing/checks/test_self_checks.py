"""Each finding is provoked: what agrees, what is missing, what contradicts itself."""

import pytest

from inspection.parsing import BadSetting, parse
from tests.reading import NOTICE, codes, finding

UNDATED = NOTICE.replace("2026年", "")
ENDLESS = NOTICE.replace("至2026年6月下旬结束。受理信访时间截止至2026年6月20日", "")
LAST_DAY = {"accepts_until": "2026-06-20"}
WITHOUT_LAST_DAY = NOTICE.replace("受理信访时间截止至2026年6月20日。", "")


def test_a_sound_notice_has_no_error_and_no_warning():
    assert {entry.severity for entry in parse(NOTICE).findings} == {"info"}


@pytest.mark.parametrize(
    ("text", "code", "severity", "line"),
    [
        (NOTICE.replace("共对2个", "共对3个"), "counts_differ", "warning", 5),
        (NOTICE.replace("2. 柳泉乡", "3. 柳泉乡"), "boxes_gap", "warning", 16),
        (NOTICE.replace("2. 柳泉乡", "1. 柳泉乡"), "box_number_twice", "error", 16),
        (NOTICE.replace("2. 柳泉乡", "2. 石桥乡"), "targets_without_box", "warning", 24),
        (NOTICE.replace("第二巡察组", "第三巡察组"), "teams_gap", "warning", 23),
        (NOTICE.replace("\t柳泉乡", "\t青石镇"), "body_under_two_teams", "error", 24),
        (NOTICE.replace("0999-6210001", "6210001"), "phone_without_area_code", "warning", 13),
        (NOTICE.replace("青石镇\n", "青石\n"), "kind_unknown", "warning", 23),
        (UNDATED, "no_year", "error", 20),
        (WITHOUT_LAST_DAY, "no_last_day", "warning", 3),
        (ENDLESS, "no_last_day_no_period", "error", 3),
        (NOTICE.replace("6月20日", "3月1日"), "last_day_before_first", "error", 9),
        (NOTICE.replace("至2026年6月下旬", "至2026年2月下旬"), "last_day_before_first", "error", 9),
        (NOTICE.replace("6月20日", "6月31日"), "impossible_date", "error", 9),
        (NOTICE.replace("6月20日", "7月20日"), "last_day_after_period", "warning", 9),
        (NOTICE.split("巡察组\t")[0], "no_targets", "warning", 3),
        (NOTICE.replace("\t柳泉乡", "\t"), "team_without_targets", "warning", 24),
        (NOTICE.replace("中共岚东县委巡察工作领导小组办公室", ""), "not_stated", "warning", 3),
        (NOTICE.replace("2026年6月20日", "6月20日"), "year_inferred", "info", 9),
    ],
)
def test_says_what_is_wrong_and_where(text: str, code: str, severity: str, line: int):
    found = [entry for entry in parse(text).findings if entry.code == code]

    assert [(entry.severity, entry.line) for entry in found][:1] == [(severity, line)]


def test_a_repeated_box_number_is_no_gap_and_no_whole_row():
    found = codes(parse(NOTICE.replace("2. 柳泉乡", "1. 柳泉乡")))

    assert not {"boxes_gap", "boxes_numbered"} & set(found)


def test_two_different_last_days_contradict_each_other():
    text = NOTICE.replace("二、联系方式", "受理信访截止到2026年6月25日。\n\n二、联系方式")

    assert finding(text, "two_last_days").severity == "error"


@pytest.mark.parametrize(
    ("text", "settled", "gone"),
    [
        (UNDATED, {"year": "2026"}, "no_year"),
        (ENDLESS, LAST_DAY, "no_last_day_no_period"),
        (NOTICE.replace("6月20日", "3月1日"), LAST_DAY, "last_day_before_first"),
        (NOTICE.replace("6月20日", "6月31日"), LAST_DAY, "impossible_date"),
        (NOTICE.replace("0999-", ""), {"area_code": "0999"}, "phone_without_area_code"),
    ],
)
def test_a_person_can_settle_it(text: str, settled: dict[str, str], gone: str):
    notice = parse(text, settled)

    assert gone in codes(parse(text))
    assert gone not in codes(notice)
    assert "settled" in codes(notice)
    assert not notice.errors


def test_a_settled_year_completes_every_date():
    entry = parse(UNDATED, {"year": "2026"}).round

    assert (entry.notice_date, entry.accepts_until) == ("2026-03-28", "2026-06-20")
    assert entry.period is not None
    assert entry.period.starts == ("2026-03-21", "2026-03-31")


def test_a_year_that_nobody_gives_stays_unknown():
    assert parse(UNDATED).round.accepts_until == "XXXX-06-20"


def test_a_settled_area_code_completes_the_phone():
    notice = parse(NOTICE.replace("0999-", ""), {"area_code": "0999"})

    assert notice.contacts[0].value == "0999-6210001"


@pytest.mark.parametrize(
    "settled",
    [
        {"year": "25"},
        {"year": "二〇二五"},
        {"accepts_until": "2025-6-20"},
        {"accepts_until": "2025-02-30"},
        {"notice_date": "yesterday"},
        {"area_code": "635"},
        {"colour": "red"},
    ],
)
def test_an_impossible_setting_is_refused(settled: dict[str, str]):
    with pytest.raises(BadSetting):
        parse(NOTICE, settled)
