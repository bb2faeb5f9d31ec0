"""The notice's pages: each state, each answer, and what they never do."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from inspection import current
from inspection.models import FocusTopic, Round, WorkCalendarDay
from tests.making import (
    INSIDE,
    SHANGHAI,
    make_box,
    make_contact,
    make_round,
    make_target,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_still(settings: Settings) -> Iterator[None]:
    """The demo's clock at a moment inside the window, and nothing remembered."""
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    yield
    current.forget()


def make_published(**changes: object) -> Round:
    """A round with one team, one town, a phone and a box."""
    round_ = make_round(**changes)
    team = make_team(round_, name="市委第一巡察组")
    make_target(team, name="岚东县青石镇", code="qsz-1", short_names=["青石镇"])
    make_contact(round_)
    make_box(round_, number=7, location="岚东县广场东侧", county="岚东县")
    return round_


def get(client: Client, address: str = "/") -> str:
    """A page as text, once it is known to be there."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def window_of(page: str) -> str:
    found = re.search(r'<body data-window="([a-z-]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("at", "window", "words"),
    [
        (datetime(2025, 3, 27, 23, 59), "upcoming", "从2025年3月28日起可以提交，还有 <strong>1 天"),
        (datetime(2025, 3, 28, 0, 0), "open", "截止到2025年6月20日24时，还有 <strong>84 天"),
        (datetime(2025, 4, 15, 10, 0), "open", "现在有人接电话（工作日 8:30—18:00）。"),
        (datetime(2025, 4, 19, 10, 0), "open", "下次接听是4月21日（周一） 8:30"),
        (datetime(2025, 6, 19, 23, 58), "open", "还有 <strong>1 天"),
        (datetime(2025, 6, 20, 0, 0), "last-day", "网上受理到今晚24时，还有 <strong>23 小时 59"),
        (datetime(2025, 6, 20, 23, 58), "last-day", "还有 <strong>1 分钟</strong>"),
        (datetime(2025, 6, 21, 0, 0), "closed", "本轮信访受理已经结束"),
    ],
)
def test_tells_the_state_of_the_window(
    client: Client, settings: Settings, at: datetime, window: str, words: str
):
    make_published()
    settings.SIMULATED_NOW = at.replace(tzinfo=SHANGHAI)

    page = get(client)

    assert window_of(page) == window
    assert words in page


def test_offers_the_form_only_while_reports_are_accepted(client: Client, settings: Settings):
    make_published()
    assert "/report/?target=qsz-1" in get(client)

    for at in (datetime(2025, 3, 1), datetime(2025, 7, 1)):
        settings.SIMULATED_NOW = at.replace(tzinfo=SHANGHAI)
        page = get(client)
        assert "/report/?target=" not in page
        assert 'href="/report/"' not in page


def test_offers_no_form_for_a_team_that_is_done(client: Client):
    round_ = make_published()
    done = make_team(round_, accepts_until=date(2025, 4, 10))
    make_target(done, name="岚东县柳泉乡", code="lqx-1")

    page = get(client)

    assert "lqx-1" not in page
    assert "本组受理到2025年4月10日24时。" in page
    assert "/report/?target=qsz-1" in page


def test_the_notices_own_facts_describe_the_page(client: Client):
    make_published(issuer="中共岚台市委巡察办")

    page = get(client)

    described = re.search(r'<meta name="description" content="([^"]+)">', page)
    assert described
    assert "中共岚台市委巡察办" in described[1]
    assert "现在可以反映问题，截止到2025年6月20日24时" in described[1]


def test_a_closing_hour_is_told(client: Client, settings: Settings):
    make_published(accepts_until_time="17:30")
    assert "截止到2025年6月20日17时30分" in get(client)

    settings.SIMULATED_NOW = datetime(2025, 6, 20, 9, 0, tzinfo=SHANGHAI)
    assert "网上受理到今天17时30分" in get(client)


def test_the_hour_is_the_citys_own(client: Client, settings: Settings):
    make_published(time_zone="Asia/Urumqi")
    settings.SIMULATED_NOW = datetime(2025, 6, 21, 1, 0, tzinfo=SHANGHAI)

    assert window_of(get(client)) == "last-day"


def test_shows_everything_that_the_notice_announced(client: Client):
    round_ = make_published(
        special_checks=[{"by": "市委组织部", "what": "选人用人专项检查"}],
        out_of_scope_text="范围外的按规定移交。",
        feedback_text="不负责反馈。",
        supervise_inspectors=True,
    )
    make_contact(round_, kind="email", value="xc@example.cn", phone="", hours=None)
    FocusTopic.objects.create(round=round_, order=1, kind="town", heading="聚焦甲", items=["乙"])

    page = get(client)

    for words in (
        *("岚东县青石镇", "市委第一巡察组", "tel:+865991234567", "mailto:xc@example.cn"),
        *("岚东县广场东侧", "聚焦甲", "<li>乙</li>", "选人用人专项检查（市委组织部）"),
        *("范围外的按规定移交。", "不负责反馈。", "欢迎监督巡察干部。", round_.source_text),
    ):
        assert words in page


def test_lists_boxes_by_county_with_the_first_open(client: Client):
    round_ = make_published()
    make_box(round_, county="", location="花园路2号")

    page = get(client)

    assert re.search(r"<details open>\s*<summary>岚东县（1 个）", page)
    assert re.search(r"<details>\s*<summary>城区和其他地点（1 个）", page)


def test_a_missing_calendar_makes_the_phone_unknown(client: Client):
    make_published()
    WorkCalendarDay.objects.all().delete()

    page = get(client)

    assert "不能确定现在有没有人接电话" in page
    assert "现在有人接电话" not in page


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("青石镇王村", "“青石镇王村”，找到 1 个单位"),
        ("靑石鎮", "“靑石鎮”，找到 1 个单位"),
        ("qsz", "“qsz”，找到 1 个单位"),
        ("清石镇", "没有名称和“清石镇”一样的"),
        ("石青", "按相近的名称，找到 1 个单位"),
        ("石青", "都不是，或者说不清是哪个单位也没关系"),
        ("qzs", "没有找到“qzs”"),
        ("红旗", "说不清是哪个单位也没关系"),
    ],
)
def test_answers_a_search_on_the_server(client: Client, words: str, shown: str):
    make_published()

    assert shown in get(client, f"/?q={words}")


def test_a_search_is_shown_as_text_only(client: Client):
    make_published()

    page = get(client, "/?q=<script>alert(1)</script>")

    assert "<script" not in page


def test_large_type_is_kept_by_every_link(client: Client):
    make_published()

    page = get(client, "/?size=large&q=青石")

    assert '<html lang="zh-Hans" class="large">' in page
    assert "/report/?size=large" in page
    assert "/report/?target=qsz-1&amp;size=large" in page or "qsz-1&size=large" in page
    assert '<input type="hidden" name="size" value="large">' in page
    assert "正常字" in page
    assert 'class="large"' not in get(client, "/?size=huge")


def test_nothing_published_is_said(client: Client):
    page = get(client)

    assert "还没有发布公告" in page
    assert "12388" in page
    assert client.get("/notice.json").status_code == 404


def test_shows_the_open_one_of_several_rounds_and_links_the_others(client: Client):
    make_round(title="上一轮", slug="old", accepts_until=date(2025, 3, 29))
    make_published(title="这一轮")
    make_round(title="下一轮", slug="next", notice_date=date(2025, 9, 1), accepts_until="2025-11-1")

    page = get(client)

    assert "<h1>这一轮</h1>" in page
    assert 'href="/rounds/old/"' in page
    assert "<h1>上一轮</h1>" in get(client, "/rounds/old/")
    assert client.get("/rounds/none/").status_code == 404


def test_the_notice_as_data(client: Client):
    round_ = make_published()

    response = client.get("/notice.json")

    data = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/json"
    assert data["round"]["slug"] == round_.slug
    assert data["teams"][0]["targets"][0]["name"] == "岚东县青石镇"
    assert data["drop_boxes"][0]["number"] == 7


@pytest.mark.parametrize("address", ["/", "/?q=x", "/notice.json", "/rounds/this/"])
def test_sets_no_cookie_and_varies_on_none(client: Client, address: str):
    make_published(slug="this")

    response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    # A shared phone keeps nothing that somebody typed.
    kept = "no-store" if "q=" in address else "no-cache"
    assert response.headers["Cache-Control"] == kept


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/", "/notice.json", "/rounds/this/"])
def test_only_reading_is_allowed(client: Client, address: str, method: str):
    make_published(slug="this")

    assert getattr(client, method)(address).status_code == 405
    assert client.head(address).status_code == 200


def test_a_remembered_page_costs_no_query_and_can_be_asked_for_again(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
):
    settings.NOTICE_MAX_AGE_SECONDS = 3600
    make_published()
    first = client.get("/")

    with django_assert_num_queries(0):
        again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
        large = client.get("/?size=large")

    assert (again.status_code, again.content) == (304, b"")
    assert 'class="large"' in large.content.decode()


def test_a_remembered_page_ends_with_the_window(client: Client, settings: Settings):
    settings.NOTICE_MAX_AGE_SECONDS = 3600
    make_published()
    closing = datetime(2025, 6, 21, tzinfo=SHANGHAI)
    settings.SIMULATED_NOW = closing - timedelta(minutes=1)
    assert window_of(get(client)) == "last-day"

    settings.SIMULATED_NOW = closing

    assert window_of(get(client)) == "closed"


def test_a_page_costs_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    round_ = make_published()
    for _ in range(5):
        make_target(make_team(round_))
        make_box(round_)

    with django_assert_max_num_queries(9):
        get(client)
