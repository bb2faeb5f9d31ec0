"""Posters, labels, cards and blank forms: the notice's facts, and codes that lead to the form."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape

import pytest
import segno
from django.test import Client
from pytest_django.fixtures import Settings

from inspection import current
from inspection.models import Round, Target
from inspection.print.qr import qr_svg
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
PAGES = ("/poster/", "/poster/boxes/", "/poster/cards/", "/report/paper/")
SVG = re.compile(r'<svg role="img" aria-label="二维码：([^"]+)".*?</svg>', re.S)


@pytest.fixture(autouse=True)
def inside(settings: Settings) -> Iterator[None]:
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    yield
    current.forget()


@pytest.fixture
def round_() -> Round:
    """Two towns with a box each, a box for everybody in one county, and one in town."""
    made = make_round(slug="spring", feedback=False)
    team = make_team(made, name="市委第一巡察组")
    stone = make_target(team, name="岚东县青石镇", code="qsz")
    make_target(team, name="岚西县柳泉乡", code="lqx", county="岚西县", includes_villages=False)
    make_box(made, number=1, location="市民广场东侧")
    make_box(made, number=7, location="镇政府门口", county="岚东县", target=stone)
    make_box(made, number=8, location="县民广场西侧", county="岚东县")
    make_contact(made)
    make_contact(
        made, kind="postal", value="岚台市9号信箱", postcode="123456", phone="", hours=None
    )
    return made


def get(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def codes_in(page: str) -> list[str]:
    """The addresses that the page's codes say they open, each the very picture of its address."""
    found = [(unescape(code[1]), code[0]) for code in SVG.finditer(page)]
    assert all(picture == qr_svg(address) for address, picture in found)
    return [address for address, _ in found]


def matrix_of(svg: str) -> set[tuple[int, int]]:
    """The dark modules (x, y) that the picture's strokes draw, without the quiet zone."""
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)
    assert path
    dark, x, y = set(), 0.0, 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        values = [float(number) for number in numbers.split()]
        if kind == "h":
            dark |= {(int(x) + step - 4, int(y) - 4) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if kind == "M" else (x + values[0], y + values[1])
    return dark


def test_the_picture_is_the_code():
    address = "https://xuncha.example.cn/report/?target=qsz-1&x=2"
    code = segno.make_qr(address, error="q", boost_error=False)

    dark = {(x, y) for y, row in enumerate(code.matrix) for x, bit in enumerate(row) if bit}

    assert matrix_of(qr_svg(address)) == dark


def test_the_picture_fits_the_policy():
    svg = qr_svg('https://x.example/?a=1&b="<')

    assert "style" not in svg
    assert 'aria-label="二维码：https://x.example/?a=1&amp;b=&quot;&lt;"' in svg


def test_a_bodys_poster_opens_the_form_with_the_body_chosen(round_: Round):
    (address,) = codes_in(get("/poster/?target=qsz"))

    assert address == "http://testserver/report/?target=qsz"
    form = get(address.removeprefix("http://testserver"))
    assert 'value="qsz" selected' in form


def test_the_rounds_poster_opens_its_form(round_: Round):
    (address,) = codes_in(get("/poster/"))

    assert address == "http://testserver/report/?round=spring"
    assert 'name="round" value="spring"' in get(address.removeprefix("http://testserver"))


def test_a_bodys_poster_tells_the_notices_facts(round_: Round):
    page = get("/poster/?target=qsz")

    for words in (
        *(
            round_.title,
            round_.issuer,
            "岚东县青石镇",
            "及部分村（社区）",
            "<b>市委第一巡察组</b>巡察",
        ),
        *("受理到", "2025年6月20日24时", "0599-1234567", "工作日 8:30—18:00"),
        *(
            "7号箱",
            "镇政府门口",
            "8号箱",
            "岚台市9号信箱（邮编 123456）",
            "巡察组不负责向反映人反馈",
        ),
    ):
        assert words in page
    assert "市民广场东侧" not in page


def test_a_rounds_poster_names_every_body(round_: Round):
    page = get("/poster/")

    assert "岚东县青石镇" in page
    assert "岚西县柳泉乡" in page
    assert "共 3 个，位置见公告" in page


def test_a_long_list_stays_off_the_poster(round_: Round):
    team = round_.teams.get()
    for number in range(50):
        make_target(team, name=f"岚东县{number}号镇")

    page = get("/poster/")

    assert "共巡察 <strong>52</strong> 个单位" in page
    assert "<span>岚东县3号镇" not in page


def test_a_body_without_a_box_of_its_own_gets_one_for_everybody(round_: Round):
    assert "市民广场东侧" in get("/poster/?target=lqx")

    Target.objects.filter(code="lqx").update(county="岚东县")

    page = get("/poster/?target=lqx")
    assert "县民广场西侧" in page
    assert "镇政府门口" not in page


def test_a_teams_own_last_day_and_phone_are_on_its_paper(round_: Round):
    other = make_team(round_, name="市委第二巡察组", accepts_until=date(2025, 5, 1))
    make_target(other, name="岚台市水务集团", code="sw")
    make_contact(round_, team=other, value="0599-7654321")

    for path in ("/poster/", "/poster/cards/", "/report/paper/"):
        page = get(f"{path}?target=sw")
        assert "2025年5月1日24时" in page
        assert "0599-7654321" in page
        assert "0599-7654321" not in get(f"{path}?target=qsz")


def test_every_box_has_a_label_that_opens_the_form(round_: Round):
    page = get("/poster/boxes/")

    assert re.findall(r"<strong>(\d+)</strong>号举报箱", page) == ["1", "7", "8"]
    assert codes_in(page) == [
        "http://testserver/report/?round=spring",
        "http://testserver/report/?target=qsz",
        "http://testserver/report/?round=spring",
    ]


def test_six_labels_are_on_a_sheet(round_: Round):
    for _ in range(10):
        make_box(round_)

    sheets = get("/poster/boxes/").split('class="sheet labels"')[1:]

    assert [len(codes_in(sheet)) for sheet in sheets] == [6, 6, 1]


def test_a_notice_without_boxes_has_no_labels():
    make_round()

    assert "这份公告没有举报箱。" in get("/poster/boxes/")


def test_ten_cards_are_on_a_sheet_with_one_code(round_: Round):
    addresses = codes_in(get("/poster/cards/?target=qsz"))

    assert addresses == ["http://testserver/report/?target=qsz"] * 10


@pytest.mark.parametrize("path", PAGES)
def test_paper_is_told_to_stay_in_the_drawer_once_it_is_over(
    round_: Round, settings: Settings, path: str
):
    settings.SIMULATED_NOW = datetime(2025, 6, 21, 0, 0, tzinfo=SHANGHAI)

    page = get(path)

    assert "信访受理已经结束，请不要再张贴、发放。" in page
    assert "已经截止" in page
    assert codes_in(page) == []


def test_paper_can_be_printed_before_it_begins(round_: Round, settings: Settings):
    settings.SIMULATED_NOW = datetime(2025, 3, 20, 9, 0, tzinfo=SHANGHAI)

    page = get("/poster/?target=qsz")

    assert "2025年3月28日到2025年6月20日24时" in page
    assert len(codes_in(page)) == 1


@pytest.mark.parametrize("path", PAGES)
def test_paper_is_the_same_for_all(round_: Round, path: str):
    response = Client().get(path)

    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "style=" not in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("query", ["?target=nowhere", "?round=nowhere", "?target=%00"])
def test_what_is_not_there_is_not_printed(round_: Round, path: str, query: str):
    assert Client().get(path + query).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/boxes/7/map/"])
def test_without_a_round_nothing_is_printed(path: str):
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/boxes/7/map/"])
def test_paper_is_only_read(round_: Round, path: str):
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200


def test_another_rounds_paper_is_printed_by_its_name(round_: Round):
    later = make_round(slug="autumn", notice_date=date(2025, 9, 1), accepts_until=date(2025, 11, 1))
    make_target(make_team(later), name="岚台市农机局", code="njj")

    assert "岚台市农机局" in get("/poster/?round=autumn")
    assert "岚台市农机局" in get("/poster/?target=njj")
    assert "岚台市农机局" not in get("/poster/")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("host", ["testserver:4711", "TESTSERVER", "testserver.", "testserver:443"])
def test_no_sheet_says_another_port_or_spelling_of_the_host(round_: Round, path: str, host: str):
    page = Client().get(path, HTTP_HOST=host).content.decode()
    assert page == Client().get(path).content.decode()
    assert "4711" not in page


def test_the_port_that_the_server_listens_on_is_told(round_: Round):
    asked = {"HTTP_HOST": "127.0.0.1:8000", "SERVER_PORT": "8000"}
    assert "http://127.0.0.1:8000/report/" in Client().get("/poster/", **asked).content.decode()


def test_the_address_that_the_settings_name_is_told(round_: Round, settings: Settings):
    settings.SITE_ADDRESS = "https://xuncha.example/"
    assert "https://xuncha.example/report/" in Client().get("/poster/").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_sheet_is_made_once_and_anew_with_the_edition(
    round_: Round, path: str, settings: Settings
):
    settings.NOTICE_MAX_AGE_SECONDS = 3600
    first = Client().get(path).content
    remembered = current.last_read()
    assert remembered is not None
    assert len(remembered._remembered) == 1
    assert Client().get(path, {"q": "words-of-a-person"}).content == first
    assert len(remembered._remembered) == 1
    Round.objects.update(title="另一轮巡察")
    current.forget()
    assert "另一轮巡察" in Client().get(path).content.decode()
