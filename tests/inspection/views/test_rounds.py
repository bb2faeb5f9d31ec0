"""Several rounds, none, hidden ones, and teams with a last day of their own."""

from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from inspection import current
from inspection.models import Round
from tests.making import INSIDE, SHANGHAI, make_round, make_target, make_team
from tests.reading import NOTICE

pytestmark = pytest.mark.django_db
AUTUMN = {"notice_date": date(2025, 9, 1), "accepts_until": date(2025, 11, 1)}


@pytest.fixture(autouse=True)
def inside(settings: Settings) -> Iterator[None]:
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    yield
    current.forget()


def moment(month: int, day: int) -> datetime:
    return datetime(2025, month, day, 10, 0, tzinfo=SHANGHAI)


def make_inspected(slug: str, body: str, **changes: object) -> Round:
    """A round with one team that inspects one body."""
    round_ = make_round(slug=slug, title=f"公告{slug}", **changes)
    make_target(make_team(round_), name=body, code=f"code-{slug}", short_names=[])
    return round_


def get(address: str = "/") -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


# Which round is the current one


def test_a_team_that_takes_reports_longer_keeps_its_round_open():
    longer = make_inspected("longer", "青石镇", accepts_until=date(2025, 4, 10))
    longer.teams.update(accepts_until=date(2025, 4, 30))
    make_round(slug="next", **AUTUMN)

    assert Round.objects.current(INSIDE) == longer
    assert 'data-window="open"' in get()


def test_a_team_that_ends_sooner_does_not_close_its_round():
    round_ = make_inspected("sooner", "青石镇")
    round_.teams.update(accepts_until=date(2025, 4, 1))

    assert Round.objects.current(INSIDE) == round_


@pytest.mark.parametrize(
    ("at", "slug"),
    [
        (moment(1, 1), "spring"),
        (moment(4, 15), "spring"),
        (moment(7, 15), "autumn"),
        (moment(10, 1), "autumn"),
        (moment(12, 1), "autumn"),
    ],
)
def test_the_open_one_else_the_next_else_the_latest(at: datetime, slug: str):
    make_round(slug="spring")
    make_round(slug="autumn", **AUTUMN)

    found = Round.objects.current(at)

    assert found is not None
    assert found.slug == slug


def test_of_several_to_come_the_first_is_next():
    make_round(slug="late", notice_date=date(2025, 10, 1), accepts_until=date(2025, 10, 9))
    make_round(slug="soon", **AUTUMN)

    found = Round.objects.current(moment(7, 15))

    assert found is not None
    assert found.slug == "soon"


# Several at once


def test_several_open_rounds_are_a_choice():
    make_inspected("a", "青石镇")
    make_inspected("b", "柳泉乡", accepts_until=date(2025, 5, 1))
    make_round(slug="next", title="下一轮", **AUTUMN)

    page = get()

    assert 'data-window="open"' in page
    for words in (
        *("现在有 2 轮在受理", 'href="/rounds/a/"', 'href="/rounds/b/"'),
        *('href="/report/?round=a"', 'href="/report/?round=b"', 'href="/rounds/next/"'),
        *("青石镇", "柳泉乡", "截止到2025年5月1日24时", "截止到2025年6月20日24时"),
    ):
        assert words in page


def test_the_choice_finds_a_body_of_any_round():
    make_inspected("a", "青石镇")
    make_inspected("b", "柳泉乡")

    page = get("/?q=柳泉")

    assert "找到 1 个单位" in page
    assert '<a href="/report/?target=code-b">' in page


def test_a_body_of_two_rounds_is_told_apart_by_them():
    make_inspected("a", "青石镇")
    make_inspected("b", "青石镇")

    page = get("/?q=青石")

    assert "找到 2 个单位" in page
    for slug in "ab":
        row = page.split(f'<a href="/report/?target=code-{slug}">', 1)[1].split("</a>", 1)[0]
        assert f"<small>公告{slug}</small>" in row


def test_the_choice_keeps_large_type():
    make_inspected("a", "青石镇")
    make_inspected("b", "柳泉乡")

    page = get("/?size=large")

    assert 'href="/report/?round=a&amp;size=large"' in page
    assert 'href="/rounds/b/?size=large"' in page


def test_a_rounds_own_page_leads_to_its_own_form():
    make_inspected("a", "青石镇")
    make_inspected("b", "柳泉乡")

    assert 'href="/report/?round=b"' in get("/rounds/b/")


def test_a_remembered_choice_ends_when_a_round_closes(settings: Settings):
    settings.NOTICE_MAX_AGE_SECONDS = 3600
    make_inspected("a", "青石镇")
    make_inspected("b", "柳泉乡", accepts_until=date(2025, 5, 1))
    assert "现在有 2 轮在受理" in get()

    settings.SIMULATED_NOW = moment(5, 2)

    assert "<h1>公告a</h1>" in get()


# After the end


def test_supplements_are_offered_until_the_period_ends(settings: Settings):
    make_inspected("a", "青石镇")
    settings.SIMULATED_NOW = moment(6, 30)
    assert "补充以前交的材料，到 2025年6月30日24时为止" in get()

    settings.SIMULATED_NOW = moment(7, 1)

    page = get()
    assert "巡察已在2025年6月30日结束，补充材料的时间也过了。" in page
    assert "补充以前交的材料" not in page


# Hidden rounds


def test_a_hidden_round_shows_nowhere():
    make_inspected("shown", "青石镇")
    make_inspected("hidden", "柳泉乡", is_public=False, accepts_until=date(2025, 12, 1))

    for address in ("/", "/rounds/shown/", "/notice.json", "/?q=柳泉", "/report/", "/poster/"):
        page = get(address)
        assert "柳泉乡" not in page
        assert "公告hidden" not in page


@pytest.mark.parametrize(
    "address",
    ["/rounds/hidden/", "/poster/?round=hidden", "/poster/?target=code-hidden"],
)
def test_a_hidden_round_has_no_address(address: str):
    make_inspected("shown", "青石镇")
    make_inspected("hidden", "柳泉乡", is_public=False)

    assert Client().get(address).status_code == 404


def test_only_a_hidden_round_is_no_round():
    make_inspected("hidden", "柳泉乡", is_public=False)

    assert "还没有发布公告" in get()
    assert Client().get("/notice.json").status_code == 404


def test_a_round_is_loaded_hidden_and_stays_so(tmp_path: Path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    out = StringIO()

    call_command("load_notice", str(path), "--hidden", stdout=out)
    call_command("load_notice", str(path), stdout=StringIO())

    assert "还没有公开" in out.getvalue()
    assert not Round.objects.get().is_public


def test_a_round_is_loaded_public(tmp_path: Path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")

    call_command("load_notice", str(path), stdout=StringIO())

    assert Round.objects.get().is_public


@pytest.mark.parametrize("code", ["x" * 61, "a b", "\x00", "青石镇"])
def test_odd_codes_name_no_round(code: str):
    published = make_inspected("shown", "青石镇")

    assert current.round_for(INSIDE, slug=code) is None
    by_target = current.round_for(INSIDE, target=code)
    assert by_target is not None
    assert by_target.round == published
