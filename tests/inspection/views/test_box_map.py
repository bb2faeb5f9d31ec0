"""The way to a map: told first, left only on purpose."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection import current
from inspection.models import DropBox, Round
from inspection.screen import ways_in
from tests.making import INSIDE, make_box, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inside(settings: Settings) -> Iterator[None]:
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    yield
    current.forget()


def get(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_says_what_happens_before_anybody_leaves():
    make_box(make_round(), number=7, location="广场东侧(a&b)")

    page = get("/boxes/7/map/")

    assert "广场东侧(a&amp;b)" in page
    assert "会离开这里，去别家的地图网站" in page
    assert "它还会知道您的网络地址" in page
    words = "%E5%B2%9A%E5%8F%B0%E5%B8%82%E5%B9%BF%E5%9C%BA%E4%B8%9C%E4%BE%A7%28a%26b%29"
    assert f'href="https://uri.amap.com/search?keyword={words}" rel="noreferrer noopener"' in page


def test_the_notice_links_the_page_and_not_the_map():
    round_ = make_round()
    make_box(round_, number=7)
    make_box(round_, number=None, location="无号箱")

    page = get("/")

    assert page.count('class="map"') == 1
    assert 'href="/boxes/7/map/"' in page
    assert "amap.com" not in page


def test_another_map_can_be_chosen_or_none(settings: Settings):
    make_box(make_round(), number=7)
    settings.MAP_URL = "https://map.example/?q={words}&x=1"
    assert 'href="https://map.example/?q=' in get("/boxes/7/map/")

    settings.MAP_URL = ""

    assert Client().get("/boxes/7/map/").status_code == 404
    assert 'class="map"' not in get("/")


def test_a_box_is_of_its_round():
    make_box(make_round(slug="spring"), number=7, location="广场东侧")
    make_box(make_round(slug="hidden", is_public=False), number=9)

    assert 'href="/rounds/spring/#boxes"' in get("/boxes/7/map/?round=spring")
    for address in ("/boxes/8/map/", "/boxes/9/map/", "/boxes/9/map/?round=hidden"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("issuer", "county", "location", "words"),
    [
        ("中共岚台市委巡察工作领导小组办公室", "", "广场东侧", "岚台市广场东侧"),
        ("中共岚台市委巡察办", "岚东县", "岚东县广场", "岚台市岚东县广场"),
        ("中共岚台市委巡察办", "岚东县", "青石镇政府", "岚台市岚东县青石镇政府"),
        ("中共岚台市委巡察办", "", "岚台市广场", "岚台市广场"),
        ("", "", "广场东侧", "广场东侧"),
    ],
)
def test_looks_for_the_place_in_its_city(issuer: str, county: str, location: str, words: str):
    box = DropBox(location=location, county=county)

    assert ways_in.map_words(Round(issuer=issuer), box) == words
