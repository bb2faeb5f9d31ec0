"""Start page and list ask the database at most twelve times, however many items there are.

What every page of the staff asks is among them: session, member, second factor, and the session's
new end.
"""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake import audit
from intake.choices import Action, Role, Status
from intake.choices.deadline_lists import RuleCode
from intake.models import (
    BoxOpening,
    DeadlineExtension,
    DeadlinePause,
    HelpingDesk,
    SealedMatter,
    StaffUser,
    Submission,
)
from tests.intake.casework.transfers.list_world import lay_on_a_list
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_box, make_clerk, make_head, make_intake, make_staff
from tests.many_items import make_many_items

pytestmark = pytest.mark.django_db

MOST = 12
START, LIST = "/admin/", "/admin/intake/submission/"
LISTS = (
    LIST,
    f"{LIST}?q=第",
    f"{LIST}?q=4月15日",
    f"{LIST}?q=1-1&scope__exact=unchecked&target=none",
    f"{LIST}?due=15&status__exact=to_assess",
    f"{LIST}?due=overdue&received=month",
    f"{LIST}?supplement=new",
    f"{LIST}?list=none",
    "/admin/intake/transferlist/",
    "/admin/intake/transferlist/?waits=draft",
    "/admin/intake/boxopening/?state=unconfirmed",
    "/admin/intake/sealedmatter/",
)
HELPED = f"{LIST}helped/"


def queries_of(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return [one["sql"] for one in asked.captured_queries]


def members(intake: Intake) -> dict[StaffUser, tuple[str, ...]]:
    """Whom to ask as, and for which pages."""
    office, team = intake.office, intake.desks[0]
    return {
        make_clerk(intake, office): (START, *LISTS),
        make_head(intake): (START, LIST, f"{LIST}?mine=approve"),
        make_clerk(intake, team): (START, LIST, HELPED),
        make_clerk(intake, team, may_approve=True): (START, f"{LIST}?mine=approve&due=0"),
        make_staff(Role.TEAM): (START, LIST),
        make_staff(Role.ADMINISTRATOR): (START,),
        make_staff(Role.AUDITOR): (START,),
    }


def add_work(intake: Intake, clerk: StaffUser) -> None:
    """One more of all that stands beside the items: clocks, lists, openings, helpers, matters."""
    running = Submission.objects.filter(deadline_rule=RuleCode.PASS_ON)
    paused, longer, listed = running.filter(pauses=None, extensions=None)[:3]
    told = {"rule": RuleCode.PASS_ON, "sealed_reason": b""}
    day = INSIDE.date()
    DeadlinePause.objects.create(submission=paused, first=day, paused_by=clerk, **told)
    DeadlineExtension.objects.create(
        submission=longer, extra=3, granted_by=clerk, granted_on=day, **told
    )
    lay_on_a_list(listed, intake.office)
    # The auditor's start page asks no more for the kinds of things that the last events are about.
    box = make_box(intake.round)
    for obj in (box, intake.round, intake.teams[0], clerk):
        with transaction.atomic():
            audit.record(Action.CORRECT, by=clerk, at=INSIDE, obj=obj)
    BoxOpening.objects.create(
        round=intake.round,
        desk=intake.office,
        drop_box=box,
        count=0,
        sealed=b"",
        opened_at=INSIDE,
        recorded_by=clerk,
        recorded_at=INSIDE,
    )
    SealedMatter.objects.create(
        round=intake.round,
        number=SealedMatter.objects.count() + 1,
        received_on=day,
        keeper=clerk,
        recorded_at=INSIDE,
    )
    under_way = Submission.objects.filter(desk=intake.desks[1], status=Status.INQUIRING)
    helped = under_way.filter(helpers=None).earliest("pk")
    HelpingDesk.objects.create(
        submission=helped, desk=intake.desks[0], added_by=clerk, added_at=INSIDE
    )


def test_the_pages_ask_as_often_for_many_items_as_for_few(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    clients = {log_in(Client(), user): pages for user, pages in members(intake).items()}
    office = make_clerk(intake, intake.office)
    counts: list[dict[tuple[int, str], int]] = []
    for more in (50, 100):
        make_many_items(intake, more)
        add_work(intake, office)
        counts.append({})
        for place, (client, pages) in enumerate(clients.items()):
            for page in pages:
                asked = queries_of(client, page)
                assert len(asked) <= MOST, "\n".join((page, *asked))
                assert not any('"intake_submission"."sealed"' in sql for sql in asked)
                counts[-1][place, page] = len(asked)
    assert counts[0] == counts[1]
