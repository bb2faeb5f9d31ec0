"""The report's address, in every state of the window."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection.current import forget
from intake.filing.desks_now import read_ahead
from intake.models import Attachment, Submission, Supplement
from intake.report import receipts
from tests.making import INSIDE, Intake, make_intake
from tests.sending import (
    NARRATIVE,
    code_of,
    filled_in,
    invalid_fields,
    named,
    narrative_of,
    nonce_of,
    photo,
    text_of,
    token_of,
)

pytestmark = pytest.mark.django_db

AFTER = datetime.fromisoformat("2025-06-21T00:00:00+08:00")
BEFORE = datetime.fromisoformat("2025-03-27T23:59:00+08:00")
LAST_DAY = datetime.fromisoformat("2025-06-20T18:40:00+08:00")


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


@pytest.fixture
def remembering(intake: Intake, settings: Settings) -> Intake:
    """The intake of a process that remembers the round, as in production."""
    forget()
    settings.NOTICE_MAX_AGE_SECONDS = 60
    return intake


def get(address: str = "/report/") -> HttpResponse:
    return Client().get(address)


def post(**changes: Any) -> HttpResponse:
    return Client().post("/report/", filled_in(**changes))


def statements_of_a_report(intake: Intake) -> list[str]:
    """What one report asks of the database, by the first word, in the alphabet's order."""
    with CaptureQueriesContext(connection) as captured:
        assert post(target=intake.targets[0].code).status_code == 200
    words = [query["sql"].split()[0] for query in captured.captured_queries]
    return sorted(word for word in words if word in ("INSERT", "UPDATE", "SELECT"))


def test_gives_out_the_form_without_a_cookie(intake: Intake):
    response = get()
    assert response.status_code == 200
    assert 'data-window="open"' in text_of(response)
    assert not response.cookies
    assert "no-cache" in response.headers["Cache-Control"]


def test_each_visitor_gets_an_own_sheet(remembering: Intake):
    nonces = {nonce_of(token_of(get())) for _ in range(3)}
    assert len(nonces) == 3


def test_a_remembered_form_says_nothing_of_another_visitor_s_address(remembering: Intake):
    get("/report/?q=secret-search&utm=secret")
    assert "secret" not in text_of(get())


def test_the_link_of_a_body_chooses_it_and_says_so(intake: Intake):
    target = intake.targets[1]
    page = text_of(get(f"/report/?target={target.code}"))
    assert f'value="{target.code}" selected>' in page
    assert f"已经按您打开的链接选好：{target.name}" in page


def test_a_link_of_an_unknown_body_says_so_without_repeating_it(intake: Intake):
    page = text_of(get("/report/?target=<b>nowhere"))
    assert "不在本轮名单上" in page
    assert "nowhere" not in page


def test_bodies_stand_under_their_teams(intake: Intake):
    page = text_of(get())
    assert page.count("<optgroup") == len(intake.teams)
    assert "说不清，或者不在名单上" in page


def test_a_team_that_has_closed_cannot_be_chosen(intake: Intake):
    intake.teams[0].accepts_until = date(2025, 4, 10)
    intake.teams[0].save()
    page = text_of(get(f"/report/?target={intake.targets[0].code}"))
    assert f'value="{intake.targets[0].code}" disabled>' in page
    assert "已经在2025年4月10日24时截止" in page


def test_the_last_day_says_until_when(intake: Intake, settings: Settings):
    settings.SIMULATED_NOW = LAST_DAY
    page = text_of(get())
    assert 'data-window="last-day"' in page
    assert "今晚24时" in page


@pytest.mark.parametrize(
    ("at", "state", "words"),
    [(BEFORE, "upcoming", "2025年3月28日"), (AFTER, "closed", "12388")],
)
def test_outside_the_window_there_is_no_form(
    intake: Intake, settings: Settings, at: datetime, state: str, words: str
):
    settings.SIMULATED_NOW = at
    page = text_of(get())
    assert f'data-window="{state}"' in page
    assert words in page
    assert "form_token" not in page


def test_without_a_round_there_is_no_form():
    page = text_of(get())
    assert 'data-window="closed"' in page
    assert "12388" in page


def test_a_report_gets_a_receipt(intake: Intake):
    response = post(target=intake.targets[0].code)
    assert response.status_code == 200
    assert receipts.check(code_of(response).replace(" ", ""))
    assert response.headers["Cache-Control"] == "no-store"
    assert "2025年4月15日 10:00" in text_of(response)
    assert Submission.objects.get().desk == intake.desks[0]


@pytest.mark.parametrize("agree", ["on", "1", "true", "yes"])
def test_a_tick_may_be_sent_in_any_usual_way(intake: Intake, agree: str):
    assert post(agree_privacy=agree).status_code == 200


def test_a_form_without_files_may_come_in_the_short_encoding(intake: Intake):
    response = Client().post(
        "/report/",
        "&".join(f"{name}={value}" for name, value in filled_in().items()),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200


def test_a_receipt_of_one_person_holds_nothing_of_another(remembering: Intake):
    first, second = code_of(post()), code_of(post())
    third = post()
    assert len({first, second, code_of(third)}) == 3
    assert first not in text_of(third)


def test_a_named_report_with_a_photo(intake: Intake):
    response = Client().post("/report/", named(attachments=[photo(), photo("乙.jpg")]))
    assert response.status_code == 200
    assert Attachment.objects.count() == 2


def test_a_name_that_was_left_out_is_told(intake: Intake):
    response = post(identity="anonymous", reporter_name="张三")
    assert response.status_code == 200
    assert "姓名和电话没有交上来" in text_of(response)


def test_the_same_sheet_again_shows_the_same_code_and_says_so(intake: Intake):
    sent = filled_in()
    first, second = (Client().post("/report/", sent) for _ in range(2))
    assert (second.status_code, code_of(second)) == (200, code_of(first))
    assert "只登记了一件" in text_of(second)
    assert "只登记了一件" not in text_of(first)
    assert Submission.objects.count() == 1


def test_whoever_planted_a_sheet_and_sends_it_again_learns_nothing(intake: Intake):
    planted = filled_in(narrative="（演示）别的网站事先放好的话。")
    persons = Client().post("/report/", {**planted, "narrative": NARRATIVE})
    again = Client().post("/report/", planted)
    assert again.status_code == 200
    assert code_of(again) != code_of(persons)
    assert "以前" not in text_of(again), "not even that the sheet was sent"


FOREIGN = [
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site"},
    {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
    {"HTTP_ORIGIN": "https://elsewhere.example"},
    {"HTTP_ORIGIN": "https://[broken"},
]
OURS = [
    {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"},
    {"HTTP_SEC_FETCH_SITE": "none"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "http://testserver"},
    {"HTTP_ORIGIN": "https://testserver:8443"},
]


@pytest.mark.parametrize("says", FOREIGN)
def test_what_another_site_sends_is_given_back_on_a_fresh_sheet(
    intake: Intake, says: dict[str, str]
):
    sent = filled_in()
    response = Client().post("/report/", sent, **says)
    assert response.status_code == 422
    assert narrative_of(response) == NARRATIVE
    assert "别的网站" in text_of(response)
    assert nonce_of(token_of(response)) != nonce_of(sent["form_token"])
    assert not Submission.objects.exists()
    pressed = Client().post("/report/", {**sent, "form_token": token_of(response)})
    assert code_of(pressed)


@pytest.mark.parametrize("says", OURS)
def test_what_our_own_page_sends_is_taken(intake: Intake, says: dict[str, str]):
    assert code_of(Client().post("/report/", filled_in(), **says))


def test_no_page_gives_another_site_s_sheet_on(intake: Intake, settings: Settings):
    settings.SIMULATED_NOW = INSIDE.replace(year=2026)
    sent = filled_in()
    response = Client().post("/report/", sent, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert sent["form_token"] not in text_of(response)


def test_a_supplement_that_another_site_sends_is_given_back_on_a_fresh_sheet(intake: Intake):
    code = code_of(Client().post("/report/", filled_in()))
    sent = {"code": code, "narrative": NARRATIVE, "form_token": filled_in()["form_token"]}
    response = Client().post("/receipt/supplement/", sent, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 422
    assert narrative_of(response) == NARRATIVE
    assert nonce_of(token_of(response)) != nonce_of(sent["form_token"])
    assert not Supplement.objects.exists()


def test_errors_keep_everything_typed_under_the_same_nonce(intake: Intake):
    sent = named(
        narrative="短",
        place='某"村<b>',
        subject="某人",
        happened="去年",
        category="land",
        target=intake.targets[1].code,
        withhold_identity="on",
        about_inspectors="on",
    )
    response = Client().post("/report/", sent)
    page = text_of(response)
    assert response.status_code == 422
    assert invalid_fields(response) == {"narrative"}
    assert narrative_of(response) == "短"
    assert 'value="某&quot;村&lt;b&gt;"' in page
    for value in ("某人", "去年", "张三（演示）", "13800000000"):
        assert f'value="{value}"' in page
    for chosen in ('value="land"', f'value="{intake.targets[1].code}"'):
        assert f"{chosen} selected" in page
    assert page.count(" checked") == 5
    assert nonce_of(token_of(response)) == nonce_of(sent["form_token"])
    assert response.headers["Cache-Control"] == "no-store"


def test_the_summary_leads_to_each_error(intake: Intake):
    page = text_of(post(narrative="短", agree_privacy=None))
    assert "还有 2 处要补一下，您写的都还在" in page
    assert '<a href="#narrative">' in page
    assert '<a href="#agree_privacy">' in page


def test_files_must_be_chosen_again_and_the_page_says_so(intake: Intake):
    response = Client().post("/report/", filled_in(narrative="短", attachments=photo()))
    assert "请重新选一次" in text_of(response)
    assert "请重新选一次" not in text_of(post(narrative="短"))


@pytest.mark.parametrize("at", [BEFORE, AFTER])
@pytest.mark.parametrize("changes", [{}, {"narrative": "短"}, {"target": "nowhere"}])
def test_outside_the_window_everything_is_given_back(
    intake: Intake, settings: Settings, at: datetime, changes: dict[str, str]
):
    settings.SIMULATED_NOW = at
    sent = {"place": "三里铺村", "narrative": NARRATIVE, **changes}
    response = post(**sent)
    assert response.status_code == 403
    assert narrative_of(response) == sent["narrative"]
    assert "三里铺村" in text_of(response)
    assert "12388" in text_of(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert not Submission.objects.exists()


def test_without_a_round_the_text_is_given_back():
    response = post()
    assert response.status_code == 403
    assert narrative_of(response) == NARRATIVE


def test_a_body_whose_team_has_closed_is_told_its_own_date(intake: Intake):
    intake.teams[0].accepts_until = date(2025, 4, 10)
    intake.teams[0].save()
    response = post(target=intake.targets[0].code)
    assert response.status_code == 403
    assert "2025年4月10日24时" in text_of(response)


def test_the_moment_that_counts_is_when_the_request_came(intake: Intake, settings: Settings):
    """A slow upload: the clock passes the end while the view reads what was sent."""
    settings.SIMULATED_NOW = AFTER - timedelta(milliseconds=1)
    sent = filled_in(attachments=[photo(f"{n}.jpg", photo().read() * 3000) for n in range(5)])
    assert Client().post("/report/", sent).status_code == 200
    assert Submission.objects.get().received_at < AFTER


def test_a_report_costs_one_insert_and_no_read(remembering: Intake):
    post()
    assert statements_of_a_report(remembering) == ["INSERT"]


def test_a_report_asks_once_whether_what_is_remembered_is_old(
    remembering: Intake, settings: Settings
):
    post()
    settings.NOTICE_MAX_AGE_SECONDS = 0
    assert statements_of_a_report(remembering) == ["INSERT", "SELECT"]


def test_the_first_report_of_a_process_reads_nothing_either(remembering: Intake):
    read_ahead()
    assert statements_of_a_report(remembering) == ["INSERT"]


def test_giving_out_a_remembered_form_asks_the_database_nothing(intake: Intake, settings: Settings):
    settings.NOTICE_MAX_AGE_SECONDS = 60
    get()
    with CaptureQueriesContext(connection) as captured:
        get()
    assert not captured.captured_queries


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/report/", "/receipt/", "/receipt/supplement/"])
def test_other_methods_are_refused(intake: Intake, method: str, address: str):
    assert getattr(Client(), method)(address).status_code == 405


def test_files_from_several_fields_are_all_taken(intake: Intake):
    files = [photo("一.jpg"), photo("二.jpg"), photo("三.jpg")]

    assert post(attachments=files).status_code == 200
    assert Attachment.objects.count() == 3


def test_where_nothing_can_be_sealed_to_the_superior_the_form_says_where_to_turn(intake: Intake):
    assert 'name="about_office"' in get().content.decode()
    intake.superior.delete()
    page = get()
    assert 'name="about_office"' not in page.content.decode()
    assert "要反映的是巡察办，或者巡察办的负责人的，请不要写在这里" in text_of(page)
