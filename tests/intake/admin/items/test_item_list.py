"""The staff's list and the opened item, through the real login."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake.choices import Action, Scope, Status
from intake.models import AuditEvent, StaffUser, Submission
from intake.staff.keyring import COOKIE
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_draft, make_head, make_intake
from tests.sending import preview_token, text_of
from tests.staff_work import ADDED, PHOTO, send, send_with_all

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
NARRATIVE = make_draft().narrative


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


WHY = "（演示）另一个组的对象"


def enter(user: StaffUser) -> Client:
    return log_in(Client(), user)


def rows(client: Client, query: str = "") -> set[str]:
    """The addresses of the items on the page."""
    response = client.get(LIST + query)
    assert response.status_code == 200, response.status_code
    return {str(item.pk) for item in response.context["cl"].result_list}


def test_the_list_shows_no_content():
    intake = make_intake()
    send_with_all(intake, intake.targets[0], subject="某村书记", place="某村")
    page = text_of(enter(make_clerk(intake, intake.desks[0])).get(LIST))
    assert intake.targets[0].name in page
    for word in (NARRATIVE[:6], "某村", "合同照片"):
        assert word not in page


def test_each_row_says_what_is_left_of_its_clock():
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    taken, waiting = send(intake), send(intake)
    client = enter(clerk)
    client.post(f"{LIST}register/", {"item": [taken.pk]})
    page = text_of(client.get(LIST))
    said = re.sub(r"<[^>]+>", "", page)
    assert "还有 15 天（12 个工作日）" in said and "今天是最后一天" in said
    item = text_of(client.get(taken.get_absolute_url()))
    assert "还有 15 天（12 个工作日）" in item and waiting.pk != taken.pk


def test_nothing_of_another_desk_shows_anywhere_on_the_list():
    intake = make_intake()
    send(intake, intake.targets[1])
    mine = send(intake, intake.targets[0])
    page = text_of(client := enter(make_clerk(intake, intake.desks[0])).get(LIST))
    assert client.context["cl"].result_count == 1
    assert client.context["frame"].sections[0].entries[1].count == 1
    assert str(mine.pk) in page
    assert intake.targets[1].name not in page
    assert str(intake.teams[1]) not in page


@pytest.mark.parametrize(
    ("query", "status"), [("?desk={desk}", 400), ("?target={target}", 400), ("?q={name}", 200)]
)
def test_filters_and_search_reach_no_other_desk(query: str, status: int):
    intake = make_intake()
    theirs = send(intake, intake.targets[1])
    client = enter(make_clerk(intake, intake.desks[0]))
    target = intake.targets[1]
    address = query.format(desk=theirs.desk_id, target=target.pk, name=target.name)
    assert client.get(LIST + address).status_code == status
    assert str(theirs.pk) not in text_of(client.get(LIST + address))


@pytest.mark.parametrize(
    "query",
    ["?sealed__contains=a", "?receipt_digest__startswith=0", "?desk__recipient=x", "?number__gt=0"],
)
def test_no_other_column_can_be_probed(query: str):
    intake = make_intake()
    client = enter(make_clerk(intake, intake.desks[0]))
    assert client.get(LIST + query).status_code == 400


def test_searching_by_number_body_and_day():
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    first, second = send(intake, intake.targets[0]), send(intake, at=INSIDE - timedelta(days=3))
    client = enter(clerk)
    client.post(f"{LIST}register/", {"item": [first.pk]})
    assert rows(client, "?q=1-0001") == rows(client, "?q=1") == {str(first.pk)}
    assert rows(client, f"?q={intake.targets[0].name}") == {str(first.pk)}
    assert rows(client, "?q=4月12日") == rows(client, "?q=2025-04-12") == {str(second.pk)}
    assert rows(client, "?q=机动地") == set()


@pytest.mark.parametrize("term", ["9999-12-31", "0-0", "2-30", "%", "'", "1" * 300, "٣"])
def test_odd_searches_find_nothing_and_break_nothing(term: str):
    intake = make_intake()
    send(intake, intake.targets[0])
    client = enter(make_clerk(intake, intake.desks[0]))
    response = client.get(LIST, {"q": term})
    assert response.status_code == 200
    assert response.context["cl"].result_count == 0


def test_a_search_that_is_no_text_is_told_so():
    intake = make_intake()
    client = enter(make_clerk(intake, intake.desks[0]))
    assert client.get(LIST, {"q": "\x00"}).status_code == 400


def test_filters_by_state_and_day():
    intake = make_intake()
    send(intake, at=INSIDE - timedelta(days=9))
    today = send(intake, intake.targets[0])
    Submission.objects.filter(pk=today.pk).update(scope=Scope.IN)
    client = enter(make_clerk(intake, intake.office))
    assert rows(client, "?scope__exact=in") == {str(today.pk)}
    assert rows(client, "?received=today") == {str(today.pk)}
    assert rows(client, f"?target={intake.targets[0].pk}") == {str(today.pk)}
    assert rows(client, f"?desk={intake.desks[0].pk}") == {str(today.pk)}
    assert rows(client, "?status__exact=to_assess") == set()


def test_registering_a_page_and_the_ticked_rows():
    intake = make_intake()
    items = [send(intake, intake.targets[0]) for _ in range(3)]
    client = enter(make_clerk(intake, intake.desks[0]))
    ticked = {"action": "register_selected", "index": "0", "_selected_action": [items[2].pk]}
    client.post(LIST, ticked)
    preview = client.post(f"{LIST}register/", {"item": [i.pk for i in items] + ["x"]})
    sent = {"token": preview_token(preview)}
    page = client.post(f"{LIST}register/", sent, follow=True)
    assert "已登记 2 件，编号 2 到 3。" in text_of(page)
    numbers = Submission.objects.order_by("number").values_list("number", "status")
    assert list(numbers) == [(n, Status.TO_ASSESS) for n in (1, 2, 3)]


def test_registering_what_lies_on_another_desk_does_nothing():
    intake = make_intake()
    theirs = send(intake, intake.targets[1])
    client = enter(make_clerk(intake, intake.desks[0]))
    client.post(f"{LIST}register/", {"item": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.number is None


def test_an_opened_item_reads_like_a_letter_and_says_that_it_was_noted():
    intake = make_intake()
    item = send_with_all(
        intake, intake.targets[0], subject="某村书记", happened="去年秋天", place="某组"
    )
    response = enter(make_clerk(intake, intake.desks[0])).get(f"{LIST}{item.pk}/change/")
    page = text_of(response)
    for words in (NARRATIVE, ADDED, PHOTO.name, "某村书记", "去年秋天", item.route_reason):
        assert words in page
    assert "本次打开已留痕（4月15日 10:00）；内容只在这一页，不另外保存。" in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("withhold", [True, False])
def test_a_clerk_is_told_whose_name_must_not_go_along(withhold: bool):
    intake = make_intake()
    named = {"identity": "named", "reporter_name": "张三", "reporter_phone": "138 0000 0000"}
    item = send(intake, intake.targets[0], **named, withhold_identity=withhold)
    page = text_of(enter(make_clerk(intake, intake.desks[0])).get(f"{LIST}{item.pk}/change/"))
    # The name itself is shown for a reason only; see `test_case_pages`.
    assert "张三" not in page
    assert "留了姓名、电话" in page
    assert ("移交时不附姓名和电话" in page) is withhold


def test_what_a_reporter_wrote_is_text_and_nothing_else():
    intake = make_intake()
    item = send(intake, intake.targets[0], narrative="<script>alert(1)</script>（演示）反映")
    page = text_of(enter(make_clerk(intake, intake.desks[0])).get(f"{LIST}{item.pk}/change/"))
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_every_opening_is_in_the_log_and_content_is_in_no_event():
    intake = make_intake()
    item, clerk = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0])
    client = enter(clerk)
    for _ in range(2):
        page = client.get(f"{LIST}{item.pk}/change/")
    assert [event.action for event in page.context["events"]] == [Action.OPEN] * 2
    assert AuditEvent.objects.filter(action=Action.OPEN, actor=clerk).count() == 2
    assert NARRATIVE[:6] not in str(list(AuditEvent.objects.values()))


def test_no_log_of_an_item_shows_what_its_former_desk_did():
    intake = make_intake()
    item, former = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0])
    enter(former).get(f"{LIST}{item.pk}/change/")
    office = enter(make_clerk(intake, intake.office))
    typed = {"desk": intake.desks[1].pk, "reason": WHY, "version": item.version}
    office.post(f"{LIST}{item.pk}/reroute/", typed)
    client = enter(make_clerk(intake, intake.desks[1], full_name="李（演示）"))
    for page, own in (("history", []), ("change", [Action.OPEN])):
        events = client.get(f"{LIST}{item.pk}/{page}/").context["events"]
        assert [event.action for event in events] == [*own, Action.REROUTE]
    seen = office.get(f"{LIST}{item.pk}/history/").context["events"]
    deeds = [Action.OPEN, Action.REROUTE, Action.SAVE_CASE, Action.OPEN]
    assert [event.action for event in seen] == deeds


def test_the_received_filter_begins_at_midnight_of_its_first_day():
    intake = make_intake()
    client = enter(make_clerk(intake, intake.office))
    midnight = INSIDE.replace(hour=0)
    for choice, days in {"today": 0, "three": 2, "week": 6, "month": 29}.items():
        Submission.objects.all().delete()
        first = midnight - timedelta(days=days)
        # The round is taken as open early enough for the longest choice.
        kept, gone = send(intake, at=INSIDE), send(intake, at=INSIDE)
        rows_of = Submission.objects.filter
        rows_of(pk=kept.pk).update(received_at=first, window_opens=first)
        earlier = first - timedelta(microseconds=1)
        rows_of(pk=gone.pk).update(received_at=earlier, window_opens=earlier)
        assert rows(client, f"?received={choice}") == {str(kept.pk)}


def test_without_the_browsers_half_of_the_key_it_asks_to_log_in_again():
    intake = make_intake()
    item, client = send(intake, intake.targets[0]), enter(make_clerk(intake, intake.desks[0]))
    del client.cookies[COOKIE]
    address = f"{LIST}{item.pk}/change/"
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={address}")
    assert not AuditEvent.objects.filter(action=Action.OPEN).exists()


def test_an_item_that_does_not_open_says_so():
    intake = make_intake()
    item, client = send(intake, intake.targets[0]), enter(make_clerk(intake, intake.desks[0]))
    Submission.objects.filter(pk=item.pk).update(sealed=b"damaged")
    response = client.get(f"{LIST}{item.pk}/change/")
    assert response.status_code == 500
    assert "封存的内容打不开" in text_of(response)


def test_the_office_sends_an_item_on():
    intake = make_intake()
    item, client = send(intake), enter(make_clerk(intake, intake.office))
    address, to = f"{LIST}{item.pk}/reroute/", intake.desks[1]
    typed = {"desk": to.pk, "target": intake.targets[1].pk, "reason": WHY}
    # Not from a page that is older than what a colleague did, nor from half a page.
    for version, status in (({"version": item.version + 1}, 409), ({}, 422)):
        refused = client.post(address, {**typed, **version})
        assert refused.status_code == status and WHY in text_of(refused)
        assert f'name="version" value="{item.version}"' in text_of(refused)
    page = client.post(address, {**typed, "version": item.version}, follow=True)
    assert f"已改派到{to}" in text_of(page)
    item.refresh_from_db()
    assert (item.desk, item.target) == (to, intake.targets[1])
    client = enter(make_clerk(intake, to))
    assert NARRATIVE in text_of(client.get(f"{LIST}{item.pk}/change/"))


@pytest.mark.parametrize("typed", [{}, {"desk": "x"}, {"desk": "999999"}])
def test_a_desk_must_be_chosen(typed: dict[str, str]):
    intake = make_intake()
    item, client = send(intake), enter(make_clerk(intake, intake.office))
    page = client.post(f"{LIST}{item.pk}/reroute/", {**typed, "reason": WHY})
    assert page.status_code == 422 and "没有改派" in text_of(page)
    assert "请选择改派到哪个受理席。" in text_of(page) and WHY in text_of(page)
    item.refresh_from_db()
    assert item.desk == intake.office


def test_reports_about_inspectors_cannot_be_sent_to_a_team():
    intake = make_intake()
    item, client = send(intake, about_inspectors=True), enter(make_head(intake))
    typed = {"desk": intake.desks[0].pk, "reason": WHY, "version": item.version}
    page = client.post(f"{LIST}{item.pk}/reroute/", typed)
    assert "不经过任何巡察组" in text_of(page)


def test_the_list_costs_the_same_for_many_items():
    intake = make_intake()
    client = enter(make_clerk(intake, intake.office))
    counts = []
    for _ in range(2):
        for _ in range(5):
            send(intake, intake.targets[0])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert not any('"intake_submission"."sealed"' in query["sql"] for query in queries)
