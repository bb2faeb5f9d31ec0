"""Each line about what is no own item is the number of rows in the list that it leads to."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from inspection.models import WorkCalendarDay
from intake.admin.openings.signing_chores import MATTER_LINES
from intake.admin.together.helped_list import HELPED_WAITS, helped_address
from intake.casework.together import opinions
from intake.models import HelpingCopy, SealedMatter
from tests.intake.admin.start.test_waiting_items import lines_of
from tests.intake.casework.together.helped_world import Helped, standing_help
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake, record_what_was_made
from tests.sending import text_of
from tests.staff_work import keyring_for, send_with_all

pytestmark = pytest.mark.django_db

MATTERS = "/admin/intake/sealedmatter/"
HELPED = "/admin/intake/submission/helped/"
SENT = {"sent_on": date(2025, 4, 14)}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Helped]:
    with standing_help(django_db_blocker) as made:
        yield made


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def test_each_line_about_sealed_matters_leads_to_exactly_those_that_it_counts():
    intake = make_intake()
    clerk, other = make_clerk(intake, intake.office), make_clerk(intake, intake.office)
    # On the fifteenth of April: two are over, three press or have no day, one has time.
    days = ("04-01", "04-07", "04-08", "04-09", "04-15", "04-02", "04-03")
    for number, day in enumerate(days, start=1):
        values = {**SENT, "first_signed_by": other} if number > 5 else {}
        SealedMatter.objects.create(
            round=intake.round,
            number=number,
            received_on=date.fromisoformat(f"2025-{day}"),
            keeper=clerk,
            recorded_at=INSIDE,
            **values,
        )
    client = log_in(Client(), clerk)
    tags = [line[0] for line in MATTER_LINES.values()]
    lines = {tag: line for tag, line in lines_of(client).items() if tag in tags}
    assert {tag: count for tag, (count, _url) in lines.items()} == dict(
        zip(tags, (2, 2, 2), strict=True)
    )
    for tag, (count, url) in lines.items():
        assert url.startswith(f"{MATTERS}?sent="), tag
        assert client.get(url).context["cl"].result_count == count, tag
    assert client.get(f"{MATTERS}?sent=here").context["cl"].result_count == 5
    # Without the calendar none is over, and all are told.
    WorkCalendarDay.objects.all().delete()
    count, url = lines_of(client)[MATTER_LINES["near"][0]]
    assert count == client.get(url).context["cl"].result_count == 5
    assert MATTER_LINES["overdue"][0] not in lines_of(client)


def test_each_line_about_helping_leads_to_exactly_those_that_it_counts(world: Helped):
    client = log_in(Client(), world.helper)
    row = world.row

    def found() -> dict[str, int]:
        """By the choice: what the line says and the list shows; 0 where there is no line."""
        lines, said = lines_of(client), {}
        for chosen, wait in HELPED_WAITS.items():
            count, url = lines.get(wait.tag, (0, helped_address(chosen)))
            assert url == f"{HELPED}?waits={chosen}"
            assert client.get(url).context["number"] == count, chosen
            said[chosen] = count
        return said

    assert found() == {"opinion": 1, "supplement": 1}
    HelpingCopy.objects.filter(helping=row).update(opened_at=INSIDE)
    assert found() == {"opinion": 1, "supplement": 0}
    keyring, by = keyring_for(world.helper), world.helper
    opinions.give(world.again(), keyring, words="（演示）", by=by, at=INSIDE)
    assert found() == {"opinion": 0, "supplement": 0}
    assert client.get(HELPED).context["number"] == 1
    for wrong in ("waits=", "waits=else", "waits=opinion&p=1"):
        assert client.get(f"{HELPED}?{wrong}").status_code == 400, wrong


def test_a_helped_item_leads_back_to_its_row_in_the_list_as_it_was(world: Helped):
    client, item = log_in(Client(), world.helper), world.item
    opened = f"{item.get_absolute_url()}?_changelist_filters=waits%3Dopinion"
    assert f'href="{opened}"' in text_of(client.get(f"{HELPED}?waits=opinion"))
    assert f'href="{HELPED}?waits=opinion#item-{item.pk}"' in text_of(client.get(opened))
    for strange in ("waits%3Delse", "waits", "status__exact%3Dclosed"):
        page = text_of(client.get(f"{item.get_absolute_url()}?_changelist_filters={strange}"))
        assert f'href="{HELPED}#item-{item.pk}"' in page, strange


def test_the_keeper_is_told_to_look_for_web_matters_daily_whether_or_not_one_waits():
    """Their five working days run from arrival, and nobody may see here that there is one."""
    intake = make_intake()
    office, team = (make_clerk(intake, desk) for desk in (intake.office, intake.desks[0]))
    record_what_was_made()
    keeper, told = log_in(Client(), office), "网上来的密封件，首页从不提示有没有。"
    first = keeper.get("/admin/").context["today"]
    assert told in text_of(keeper.get("/admin/"))
    send_with_all(intake, about_office=True)
    assert told in text_of(keeper.get("/admin/"))
    assert keeper.get("/admin/").context["today"] == first
    assert "04-22 以前上送" in text_of(keeper.get(MATTERS))
    assert told not in text_of(log_in(Client(), team).get("/admin/"))
