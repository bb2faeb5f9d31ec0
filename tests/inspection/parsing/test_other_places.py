"""Invented notices of other places: each pins a rule of how a notice is read."""

from typing import Any

import pytest

from tests.reading import invented, read_json

NAMES = [
    "beiyuan-province",
    "haizhou-table",
    "hexi-city",
    "jiangdong-no-teams",
    "landong-county",
    "landong-sentences",
    "nanjiang-strands",
    "qingchuan-blocks",
    "yunfu-no-year",
]
READ = {name: read_json(invented(name)) for name in NAMES}


def bodies(name: str) -> dict[str | None, list[str]]:
    return {team["name"]: [t["name"] for t in team["targets"]] for team in READ[name]["teams"]}


def contacts(name: str, kind: str) -> list[tuple[str, str | None]]:
    return [(c["value"], c["team"]) for c in READ[name]["contacts"] if c["kind"] == kind]


def boxes(name: str) -> list[tuple[Any, ...]]:
    return [(b["number"], b["county"], b["target"]) for b in READ[name]["drop_boxes"]]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("beiyuan-province", "beiyuan-12-4"),
        ("haizhou-table", "haizhou-9-11"),
        ("jiangdong-no-teams", "jiangdong-2026-8-b1"),
        ("landong-county", "landong-15-6"),
        ("landong-sentences", "landong-14-3-b2"),
        ("yunfu-no-year", "wangjiang-9-2-b2"),
    ],
)
def test_the_slug_tells_place_session_round_and_batch(name: str, slug: str):
    assert READ[name]["round"]["slug"] == slug


def test_a_place_with_a_reading_of_its_own():
    text = invented("landong-county").replace("岚东县", "单县")

    assert read_json(text)["round"]["slug"] == "shanxian-15-6"


def test_the_word_of_a_province_is_its_own():
    assert READ["beiyuan-province"]["round"]["word"] == "巡视"


def test_bodies_inherit_prefixes_and_drop_party_suffixes():
    assert bodies("landong-county") == {
        "县委第一巡察组": ["县教育和体育局", "县财政局"],
        "县委第二巡察组": ["县人民医院", "县城市建设投资集团有限公司", "县人民法院", "县总工会"],
        "县委第三巡察组": [
            "青石镇东坡村",
            "青石镇西坡村",
            "柳泉乡上河村",
            "柳泉乡下河村",
            "柳泉乡石桥社区",
        ],
    }


def test_kinds_of_bodies():
    kinds = [t["kind"] for team in READ["landong-county"]["teams"] for t in team["targets"]]

    assert kinds[:6] == [
        "department",
        "department",
        "institution",
        "enterprise",
        "department",
        "department",
    ]
    assert set(kinds[6:]) == {"village"}


def test_bodies_named_in_sentences_stand_under_their_teams():
    assert bodies("landong-sentences")["县委第三巡察组"] == [
        "青石镇",
        "青石镇东坡村",
        "青石镇西坡村",
    ]
    assert bodies("yunfu-no-year")["区委第二巡察组"] == ["区民政局", "区水利局"]


def test_bodies_without_a_team_stand_under_one_without_a_name():
    assert bodies("jiangdong-no-teams") == {
        None: ["区住房和城乡建设局", "区城市管理局", "区自来水公司"]
    }


def test_counties_come_from_own_words_and_headings():
    rows = [t for team in READ["nanjiang-strands"]["teams"][2:] for t in team["targets"]]

    assert [(t["name"], t["county"]) for t in rows] == [
        ("岚东县青石镇东坡村", "岚东县"),
        ("岚东县柳泉乡上河村", "岚东县"),
        ("望江区桂花街道临江社区", "望江区"),
        ("望江区沙河镇三里村", "望江区"),
    ]


def test_a_countys_own_notice_names_no_county():
    rows = [t["county"] for team in READ["landong-county"]["teams"] for t in team["targets"]]

    assert set(rows) == {None}


def test_series_come_from_names_columns_headings_and_sentences():
    series = {name: [team["series"] for team in READ[name]["teams"]] for name in NAMES}

    assert series["beiyuan-province"] == ["常规", "常规", "提级", "常规"]
    assert series["hexi-city"] == [None, None, "交叉", None]
    assert series["landong-county"] == ["常规", "常规", "提级"]
    assert series["nanjiang-strands"] == ["常规", "常规", "提级", "提级"]
    assert series["yunfu-no-year"] == ["常规", "回头看"]


def test_the_dates_of_the_first_strand_are_the_rounds():
    notice = READ["beiyuan-province"]

    assert notice["round"]["accepts_until"] == "2026-11-15"
    assert notice["round"]["period"]["ends"] == ["2026-11-21", "2026-11-30"]
    assert notice["teams"][2]["accepts_until"] == "2026-12-31"
    assert notice["teams"][2]["period"]["ends"] == ["2027-01-20", "2027-01-20"]
    assert notice["teams"][0]["accepts_until"] is None


def test_a_column_of_dates_gives_only_the_differing_teams_their_own():
    notice = READ["haizhou-table"]

    assert notice["round"]["accepts_until"] == "2025-06-30"
    assert [team["accepts_until"] for team in notice["teams"]] == [None, "2025-07-02", None]


def test_a_cutoff_within_the_day_and_a_first_day():
    entry = READ["landong-county"]["round"]

    assert entry["accepts_from"] == "2026-03-15"
    assert (entry["accepts_until"], entry["accepts_until_time"]) == ("2026-05-10", "18:00")


def test_midnight_at_the_end_of_the_day_is_the_whole_day():
    entry = READ["qingchuan-blocks"]["round"]

    assert (entry["accepts_until"], entry["accepts_until_time"]) == ("2026-05-31", None)


def test_an_end_in_the_next_year():
    period = READ["hexi-city"]["round"]["period"]

    assert period["starts"] == ["2025-11-01", "2025-11-10"]
    assert period["ends"] == ["2026-01-21", "2026-01-31"]


def test_a_start_and_an_end_apart_are_one_period():
    period = READ["nanjiang-strands"]["round"]["period"]

    assert (period["starts"], period["ends"]) == (["2026-05-08"] * 2, ["2026-07-31"] * 2)


def test_dates_without_a_year_say_so():
    entry = READ["yunfu-no-year"]["round"]

    assert entry["notice_date"] == "XXXX-03-12"
    assert entry["period"]["ends"] == ["XXXX-05-21", "XXXX-05-31"]


def test_a_number_for_calls_and_texts_is_two_contacts():
    assert ("13800000002", "县委第二巡察组") in contacts("landong-county", "phone")
    assert contacts("landong-county", "sms") == [("13800000002", "县委第二巡察组")]


def test_a_number_for_texts_alone_is_one_contact():
    assert contacts("jiangdong-no-teams", "sms") == [("13900000003", None)]
    assert contacts("jiangdong-no-teams", "phone") == [("0571-88880001", None), ("88880002", None)]


def test_postcodes_and_rooms_and_pages():
    postal = next(c for c in READ["landong-county"]["contacts"] if c["kind"] == "postal")

    assert (postal["value"], postal["postcode"]) == ("岚东县第009号邮政信箱", "999001")
    assert contacts("landong-county", "reception") == [("县行政服务中心三楼305室", None)]
    assert contacts("beiyuan-province", "web") == [("https://xunshi.example.invalid/report", None)]
    assert contacts("hexi-city", "wechat") == [("河西巡察", None)]


def test_a_phone_about_the_inspectors_is_apart():
    assert contacts("landong-county", "supervision") == [("0999-6219999", None)]
    assert READ["landong-county"]["rules"]["supervise_inspectors"] is True


def test_hours_said_once_hold_for_every_phone():
    hours = [c["hours"] for c in READ["nanjiang-strands"]["contacts"] if c["kind"] == "phone"]

    assert hours == [{"days": "workdays", "windows": [["08:30", "18:00"]]}] * 4


def test_hours_without_times_have_no_windows():
    hours = [c["hours"] for c in READ["hexi-city"]["contacts"] if c["kind"] == "phone"]

    assert hours == [{"days": "workdays", "windows": []}] * 2


def test_afternoon_hours_are_counted_on():
    phone = READ["landong-county"]["contacts"][0]

    assert phone["hours"]["windows"] == [["08:30", "12:00"], ["14:30", "17:30"]]


def test_boxes_under_the_headings_of_counties():
    assert boxes("hexi-city") == [
        (1, "南浦县", "南浦县青石镇"),
        (2, "南浦县", "南浦县柳泉乡"),
        (3, "北浦区", "北浦区望江街道"),
        (4, "北浦区", "北浦区沙河镇"),
        (5, None, "市发展和改革委员会"),
    ]


def test_boxes_without_numbers():
    assert boxes("yunfu-no-year") == [
        (None, None, "临江街道"),
        (None, None, "桂花街道"),
        (None, None, None),
    ]


def test_boxes_named_in_a_sentence():
    locations = [box["location"] for box in READ["jiangdong-no-teams"]["drop_boxes"]]

    assert locations == ["区政府大门左侧", "区住建局一楼大厅", "区自来水公司门卫室"]


def test_a_box_in_a_teams_block_is_the_teams():
    teams = [box["team"] for box in READ["qingchuan-blocks"]["drop_boxes"]]

    assert teams == ["州委第一巡察组"] * 2 + ["州委第二巡察组", "州委第三巡察组"]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("landong-county", ("body", None, True)),
        ("yunfu-no-year", ("refuse", None, None)),
        ("beiyuan-province", ("transfer", None, None)),
        ("jiangdong-no-teams", ("transfer", False, True)),
        ("nanjiang-strands", ("refuse", True, False)),
    ],
)
def test_rules_on_scope_feedback_and_postmarks(name: str, rules: tuple[Any, ...]):
    read = READ[name]["rules"]

    assert (read["out_of_scope"], read["feedback"], read["postmark"]) == rules


def test_counts_of_units_are_of_no_kind():
    assert READ["landong-county"]["round"]["counts_stated"] == [
        {"kind": "other", "count": 6},
        {"kind": "village", "count": 5},
    ]


@pytest.mark.parametrize("name", NAMES)
def test_only_the_notice_without_a_year_has_errors(name: str):
    errors = [f["code"] for f in READ[name]["findings"] if f["severity"] == "error"]

    assert errors == (["no_year"] if name == "yunfu-no-year" else [])
