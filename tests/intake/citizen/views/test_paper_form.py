"""The blank form: every question of the real one, and where to send it."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import Category
from intake.citizen.forms import ReportForm
from tests.making import INSIDE, Intake, make_box, make_contact, make_intake

pytestmark = pytest.mark.django_db
# What only a browser sends, or is asked on paper in other words.
NOT_ON_PAPER = {"website", "form_token", "reporter_name", "reporter_phone", "agree_privacy"}


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    made = make_intake()
    make_contact(made.round, kind="postal", value="岚台市9号信箱", postcode="123456", phone="")
    return made


def get(address: str = "/report/paper/") -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_asks_every_question_of_the_form(intake: Intake):
    page = get()

    for name, field in ReportForm.base_fields.items():
        assert name in NOT_ON_PAPER or str(field.label) in page, name
    for label in Category.labels:
        assert f"<li>{label}</li>" in page
    for words in ("不留姓名", "姓名 <span", "电话 <span", "我同意。"):
        assert words in page


def test_a_chosen_body_is_filled_in(intake: Intake):
    target = intake.targets[0]

    page = get(f"/report/paper/?target={target.code}")

    assert f"☑ <b>{target.name}</b>及部分村（社区）（{target.team}）" in page


def test_says_where_it_goes(intake: Intake):
    target = intake.targets[0]
    make_box(intake.round, number=71, location="镇政府门口", target=target)
    make_box(intake.round, number=72, location="别处")

    page = get(f"/report/paper/?target={target.code}")

    assert "寄到：<b>岚台市9号信箱</b>，邮编 123456。" in page
    assert "<b>71</b> 镇政府门口" in page
    assert "别处" not in page
    assert "别处" in get()


@pytest.mark.parametrize(
    ("by_postmark", "words"),
    [
        (True, "邮戳日期不晚于2025年6月20日的，都算按时。"),
        (False, "2025年6月20日24时以前寄到的，才算按时。"),
    ],
)
def test_says_which_letters_are_in_time(intake: Intake, by_postmark: bool, words: str):
    intake.round.letters_by_postmark = by_postmark
    intake.round.save()

    assert words in get()


def test_too_many_boxes_are_only_counted(intake: Intake):
    for _ in range(40):
        make_box(intake.round, location="很多箱")

    page = get()

    assert "共 40 个，位置见公告" in page
    assert "很多箱" not in page


def test_the_form_leads_to_it_with_the_chosen_body(intake: Intake):
    code = intake.targets[0].code

    assert f'href="/report/paper/?target={code}"' in get(f"/report/?target={code}")
    assert 'href="/report/paper/"' in get("/report/")
    assert 'href="/report/paper/"' in get("/")
