"""What Django would show in English, as pictures or as links that lead to a refusal."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.models import FocusTopic
from intake.choices import Action, Role
from intake.models import DeskAccess
from intake.templatetags.yes_no import in_words
from tests.logging_in import log_in
from tests.making import (
    INSIDE,
    make_box,
    make_clerk,
    make_contact,
    make_intake,
    make_staff,
    make_target,
)
from tests.sending import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def test_a_yes_or_no_that_cannot_be_changed_is_a_word():
    intake = make_intake(feedback=None, supervise_inspectors=False)
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    page = text_of(client.get(f"/admin/inspection/round/{intake.round.pk}/change/"))
    assert "<img" not in page
    for word in ("是", "否", "没有写明"):
        assert f'<div class="readonly">{word}</div>' in page


def test_whoever_may_only_look_sees_lists_and_hours_in_words():
    checks = [{"by": "市委组织部", "what": "选人用人"}]
    intake = make_intake(channels=["letter", "phone"], special_checks=checks)
    target = make_target(intake.desks[0].team, short_names=["青石", "青石镇"])
    contact = make_contact(intake.round)
    topic = FocusTopic.objects.create(
        round=intake.round, order=1, kind="town", heading="重点", items=["村级", "集体"]
    )
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))

    for address, words in (
        (f"round/{intake.round.pk}", ["来信、来电", "市委组织部：选人用人"]),
        (f"team/{target.team.pk}", ["青石、青石镇"]),
        (f"target/{target.pk}", ["青石、青石镇"]),
        (f"contactpoint/{contact.pk}", ["工作日 08:30—18:00"]),
        (f"focustopic/{topic.pk}", ["村级<br>集体"]),
    ):
        page = text_of(client.get(f"/admin/inspection/{address}/change/"))
        for word in words:
            assert f'<div class="readonly">{word}</div>' in page
        for raw in ("[", "{"):
            assert f'<div class="readonly">{raw}' not in page


def test_what_somebody_typed_is_never_taken_for_a_picture():
    typed = '<img src="/static/icon-yes.svg" alt="True">'
    assert in_words(typed) == typed


def test_an_access_names_its_people_without_links_that_the_office_may_not_follow():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), make_clerk(intake, intake.office))
    access = DeskAccess.objects.get(user=clerk)
    page = text_of(client.get(f"/admin/intake/deskaccess/{access.pk}/change/"))
    assert str(clerk) in page and "设立时由管理命令授权" in page
    assert "/admin/intake/staffuser/" not in page


def test_every_choice_of_a_filter_has_a_name():
    intake = make_intake()
    make_box(intake.round, county="")
    client = log_in(Client(), make_clerk(intake, intake.office))
    assert '<a href="?county=">没有写明</a>' in text_of(client.get("/admin/inspection/dropbox/"))
    auditor = log_in(Client(), make_staff(Role.AUDITOR))
    page = text_of(auditor.get(f"/admin/intake/auditevent/?action__exact={Action.LOGIN}"))
    assert not re.search(r"<a\b[^>]*></a>", page)
