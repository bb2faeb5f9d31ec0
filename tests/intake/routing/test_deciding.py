"""Where reports go: the table in routes.csv, which a clerk can read, and what must always hold."""

import csv
import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from intake.report.draft import UNLISTED, Draft
from intake.routing import RouteMap, RouteTarget, box_hints, route

NOTICE = Path(__file__).parents[2] / "data" / "liaocheng-expected.json"
TABLE = Path(__file__).parent / "routes.csv"
SCOPES = {"范围内": "in", "范围外": "out", "待核": "unchecked"}


def make_route_map() -> RouteMap:
    """The notice's bodies; a body's code is its name, so that the table can be read."""
    notice = json.loads(NOTICE.read_text(encoding="utf-8"))
    hints = box_hints((box["location"], box["target"]) for box in notice["drop_boxes"])
    return RouteMap(
        tuple(
            RouteTarget(
                code=target["name"],
                name=target["name"],
                short_names=tuple(target.get("short_names_include") or target["short_names"]),
                county=target["county"],
                kind=target["kind"],
                includes_villages=target["includes_villages"],
                team=team["name"],
                box_hints=hints.get(target["name"], ()),
            )
            for team in notice["teams"]
            for target in team["targets"]
        )
    )


def make_target(name: str, **changes: object) -> RouteTarget:
    values = {
        "code": name,
        "short_names": (),
        "county": None,
        "kind": "other",
        "includes_villages": False,
        "team": "第一组",
    }
    return RouteTarget(name=name, **{**values, **changes})  # type: ignore[arg-type]


ROUTE_MAP = make_route_map()
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def draft_of(row: dict[str, str]) -> Draft:
    chosen = row["选择的单位"]
    return Draft(
        target_code=None if chosen in ("", UNLISTED) else chosen,
        unlisted=chosen == UNLISTED,
        about_inspectors=row["反映巡察干部"] == "是",
        about_office=row["反映巡察办"] == "是",
        place=row["地点"],
        subject=row["被反映人"],
        happened=row["时间地点"],
        narrative=row["内容"],
        nonce="n" * 22,
    )


def differs(row: dict[str, str]) -> list[str]:
    """The row's columns that the routing answers otherwise."""
    sent = route(draft_of(row), ROUTE_MAP)
    holds = {
        "应送": (sent.team or ALONE[sent.kind]) == row["应送"],
        "送给巡察组的才有组": (sent.kind == "team") == bool(sent.team),
        "单位": (sent.target_code or "") == row["单位"],
        "受理范围": sent.scope == SCOPES[row["受理范围"]],
        "理由包含": row["理由包含"] in sent.reason,
    }
    return [
        f"{row['说明']}:{row['地点'] or row['内容']}: {what}" for what in holds if not holds[what]
    ]


def test_routes_as_the_table_says() -> None:
    assert [told for row in ROWS for told in differs(row)] == []


def test_the_table_covers_every_body_and_enough_cases() -> None:
    assert len(ROWS) >= 130
    assert {row["单位"] for row in ROWS} >= {target.name for target in ROUTE_MAP.targets}
    assert all(row["理由包含"] for row in ROWS)


ALONE = {"office": "巡察办", "head": "主任席", "superior": "上级"}
SECRET = "".join(chr(0x9F00 + offset) for offset in range(60))


@given(words=st.text(alphabet=SECRET + "梁水镇柳林大桥村县，。 ", max_size=40))
def test_a_reason_never_quotes_the_citizen(words: str) -> None:
    draft = Draft(words, "n", place=words, subject=words, happened=words)

    assert not set(route(draft, ROUTE_MAP).reason) & set(SECRET)


@given(st.builds(Draft, st.text(), st.just("n"), place=st.text(), subject=st.text()))
def test_any_text_gets_a_route_with_a_reason(draft: Draft) -> None:
    sent = route(draft, ROUTE_MAP)

    assert sent.reason
    assert sent.team is not None or (sent.target_code, sent.scope) == (None, "unchecked")


@given(st.text(max_size=60), st.text(max_size=60))
def test_about_inspectors_or_the_office_passes_no_team_and_no_clerk(
    place: str, narrative: str
) -> None:
    draft = Draft(narrative, "n", place=place, target_code="冠县柳林镇", about_inspectors=True)
    about_office = replace(draft, about_office=True)

    for one, kind in ((draft, "head"), (about_office, "superior")):
        sent = route(one, ROUTE_MAP)
        assert (sent.kind, sent.team, sent.target_code) == (kind, None, None)


def test_a_round_without_bodies_sends_all_to_the_office() -> None:
    sent = route(Draft("梁水镇的事", "n", place="梁水镇"), RouteMap(()))

    assert (sent.team, sent.target_code, sent.scope) == (None, None, "unchecked")


def test_one_name_in_two_counties_needs_its_county() -> None:
    targets = (
        make_target("岚东县青石镇", county="岚东县", team="甲组"),
        make_target("岚西县青石镇", county="岚西县", team="乙组"),
    )
    route_map = RouteMap(targets)

    assert route(Draft("青石镇的事", "n"), route_map).team is None
    assert route(Draft("岚西县青石镇的事", "n"), route_map).team == "乙组"
    assert route(Draft("岚西县的青石镇", "n"), route_map).team == "乙组"
    assert route(Draft("岚东县青石镇，就是青石镇的事", "n"), route_map).team == "甲组"
    assert route(Draft("青石镇的事", "n", place="岚东县"), route_map).team == "甲组"


def test_a_countys_own_notice_tells_the_county_by_its_names() -> None:
    route_map = RouteMap((make_target("岚东县青石镇"),), issuer="中共岚东县委巡察办")

    assert route(Draft("内容", "n", place="岚东县青石"), route_map).team == "第一组"
    assert route(Draft("内容", "n", place="岚西县青石镇"), route_map).team is None


def test_a_bureau_is_known_by_its_city_but_not_by_its_trade_alone() -> None:
    route_map = RouteMap(
        (make_target("河西市教育局", short_names=()),), issuer="中共河西市委巡察办"
    )

    assert route(Draft("市教育局乱收费", "n"), route_map).team == "第一组"
    assert route(Draft("河西教育局乱收费", "n"), route_map).team == "第一组"
    assert route(Draft("教育局乱收费", "n"), route_map).team is None
    assert route(Draft("临清市教育局乱收费", "n"), route_map).team is None


def test_a_firm_that_is_only_a_trade_is_not_known_by_the_trade() -> None:
    route_map = RouteMap((make_target("聊城市城市建设投资有限公司", short_names=("市城投公司",)),))

    assert route(Draft("市城投公司的项目", "n"), route_map).team == "第一组"
    assert route(Draft("城市建设投资很大", "n"), route_map).team is None


def test_a_place_and_a_line_of_business_need_a_single_body_of_that_line() -> None:
    water = make_target("河西水务集团有限公司", short_names=("水务集团",))
    builder = make_target("河西市城市建设投资有限公司", short_names=("市城投公司",), team="乙组")
    county = make_target("岚东县公共交通有限公司", short_names=("公交公司",), team="丙组")
    route_map = RouteMap((water, builder, county), issuer="中共河西市委巡察办")
    rival = make_target("河西市水务投资有限公司", team="乙组")

    assert route(Draft("河西水务的事", "n"), route_map).team == "第一组"
    assert route(Draft("河西城投的项目", "n"), route_map).team == "乙组"
    assert route(Draft("岚东公交不按点发车", "n"), route_map).team == "丙组"
    assert route(Draft("河西公交不按点发车", "n"), route_map).team is None
    two = RouteMap((water, rival), issuer="中共河西市委巡察办")
    assert route(Draft("河西水务的事", "n"), two).team is None


def test_hints_leave_out_streets_where_another_box_stands() -> None:
    hints = box_hints(
        [
            ("柳园南路91号", None),
            ("柳园南路7号水务集团门岗", "水务"),
            ("府前街北", "镇"),
            ("甘兴路", "屯"),
        ]
    )

    assert hints == {"水务": ("柳园南路7号",), "镇": (), "屯": ("甘兴路",)}


def test_a_long_text_costs_in_proportion() -> None:
    sent = route(Draft("梁水镇王庄村。" * 20_000, "n"), ROUTE_MAP)

    assert sent.team == "市县统筹第一巡察组"
