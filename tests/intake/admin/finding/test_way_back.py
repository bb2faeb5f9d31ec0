"""From an item back to the list as it was, also after a press; and on to the rows beside it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings as django_settings
from django.contrib import admin
from django.db.models import QuerySet
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from intake.admin.finding.list_around import Rows, list_around
from intake.admin.finding.way_back import items_list
from intake.casework import registering
from intake.choices import Status
from intake.models import StaffUser, Submission
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
WAITING = "status__exact=to_assess"
TEMPLATES = Path(django_settings.BASE_DIR) / "templates/admin/intake"
BELOW_AN_ITEM = re.compile(
    r"\{\{ submission\.get_absolute_url \}\}(?!\{% way_back %\})"
    r"|\{% url 'admin:intake_submission_(?!leave|label)\w+' submission\.pk[^%]*%\}"
    r"(?!\{% way_back %\})"
    r"|\{% url 'admin:intake_submission_changelist' %\}"
)


@pytest.fixture
def clerk(settings: Settings) -> StaffUser:
    """Of a desk with five items, the first three registered, and one at another desk between."""
    settings.SIMULATED_NOW = INSIDE + timedelta(days=1)
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    for hours in range(6):
        at = INSIDE + timedelta(hours=hours)
        item = send(intake, intake.targets[1 if hours == 3 else 0], at=at)
        if hours < 3:
            registering.register([item], by=clerk, at=at)
    return clerk


def own(clerk: StaffUser) -> list[Submission]:
    """In the order of the list: the latest first."""
    return list(Submission.objects.visible_to(clerk).order_by("-received_at"))


def with_way(item: Submission, kept: str, page: str = "change") -> str:
    return f"{LIST}{item.pk}/{page}/?_changelist_filters={quote(kept, safe='')}"


def links(page: str) -> dict[str, str]:
    found = re.search(r'<nav class="around".*?</nav>', page)
    assert found
    pairs = re.findall(r'href="([^"]*)">(.*?)</a>', found[0])
    return {words: address for address, words in pairs}


def test_the_rows_beside_it_are_those_of_the_same_list(clerk: StaffUser):
    client, rows = log_in(Client(), clerk), own(clerk)
    # The whole list: nothing of another desk stands between.
    assert links(text_of(client.get(rows[1].get_absolute_url()))) == {
        "回到列表": f"{LIST}#item-{rows[1].pk}",
        "上一件": rows[0].get_absolute_url(),
        "下一件": rows[2].get_absolute_url(),
    }
    filtered = links(text_of(client.get(with_way(rows[2], WAITING))))
    assert filtered == {
        "回到列表": f"{LIST}?{WAITING}#item-{rows[2].pk}",
        "下一件": with_way(rows[3], WAITING),
    }
    # Ordered by number upwards, whichever page of the list it was opened from.
    upwards = links(text_of(client.get(with_way(rows[3], "o=1&p=1"))))
    assert (upwards["上一件"], upwards["下一件"]) == (
        with_way(rows[4], "o=1"),
        with_way(rows[2], "o=1"),
    )
    assert client.get(filtered["下一件"]).status_code == 200


def test_after_a_press_the_list_is_still_known(clerk: StaffUser):
    client, rows = log_in(Client(), clerk), own(clerk)
    item = rows[3]
    way = with_way(item, WAITING)
    pressed = client.post(with_way(item, WAITING, "scope"), {"scope": "in"})
    assert (pressed.status_code, pressed["Location"]) == (302, way)
    # What has left the list still has its neighbours, and leads to where it stood.
    Submission.objects.filter(pk=item.pk).update(status=Status.INQUIRING, handled_as="inquire")
    assert links(text_of(client.get(way))) == {
        "回到列表": f"{LIST}?{WAITING}#item-{item.pk}",
        "上一件": with_way(rows[2], WAITING),
        "下一件": with_way(rows[4], WAITING),
    }
    # A page that says what is missing keeps it too.
    refused = client.post(with_way(item, WAITING, "judge"), {})
    assert refused.status_code == 422
    assert f'href="{way}"' in text_of(refused)
    registered = client.post(
        f"{LIST}register/?_changelist_filters={quote(WAITING, safe='')}", {"item": rows[0].pk}
    )
    assert registered["Location"] == f"{LIST}?{WAITING}#item-{rows[0].pk}"


@pytest.mark.parametrize(
    "kept",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "sealed__contains=a",
        "status__exact=a&status__exact=b",
        "q=\x00",
    ],
)
def test_nothing_but_a_list_of_ours_is_carried_along(clerk: StaffUser, kept: str):
    client, item = log_in(Client(), clerk), own(clerk)[3]
    pressed = client.post(with_way(item, kept, "scope"), {"scope": "in"})
    assert pressed["Location"] == item.get_absolute_url()
    assert client.get(with_way(item, kept)).status_code == 400
    long = client.post(with_way(item, "q=" + "1" * 3000, "scope"), {"scope": "in"})
    assert long["Location"] == item.get_absolute_url()


def pages_in(rows: "QuerySet[Submission]") -> Iterator[tuple[Submission, str]]:
    wanted = RequestFactory().get("/", {"o": "x"}).GET
    for item in rows:
        query = urlsplit(list_around(item, Rows(rows, per_page=2), wanted).back).query
        yield item, query.partition("p=")[2] or "1"


@pytest.mark.parametrize("column", ["number", "-number", "received_at", "-status", "status"])
def test_each_row_knows_its_place_in_every_order(clerk: StaffUser, column: str):
    rows = Submission.objects.visible_to(clerk).order_by(column, "-received_at", "-id")
    keys = [item.pk for item in rows]
    assert [page for _item, page in pages_in(rows)] == ["1", "1", "2", "2", "3"]
    for place, item in enumerate(rows):
        around = list_around(item, Rows(rows, per_page=50), RequestFactory().get("/").GET)
        beside = [around.before, around.after]
        expected = [keys[place - 1] if place else None, *keys[place + 1 : place + 2]]
        found = [address.split("/")[4] if address else None for address in beside]
        assert found == [str(key) if key else None for key in [*expected, None][:2]]


def test_what_a_list_is_ordered_by_is_a_column_of_the_item(clerk: StaffUser):
    names = {field.name for field in Submission._meta.get_fields()}
    page = admin.site.get_model_admin(Submission)
    request = RequestFactory().get("/")
    request.user = clerk
    ordered_by = {getattr(one, "admin_order_field", None) for one in page.get_list_display(request)}
    assert ordered_by - {None} <= names


def test_every_address_below_an_item_carries_the_list_along():
    templates = [*TEMPLATES.glob("submission/**/*.html"), TEMPLATES / "registering/web.html"]
    forgotten = {
        str(one.relative_to(TEMPLATES)): BELOW_AN_ITEM.findall(one.read_text())
        for one in templates
        if BELOW_AN_ITEM.search(one.read_text())
    }
    assert not forgotten
    assert items_list(RequestFactory().get("/")) == LIST
