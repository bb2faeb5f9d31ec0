"""The export is the list, made in memory, and its event is there before the bytes leave."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake import audit
from intake.admin.watching import export_page
from intake.choices import Action, Role
from intake.models import AuditEvent, StaffUser
from intake.papers.sheet_of_rows import CUT, LONGEST_CELL, sheet_of_rows
from tests.intake.audit.watching.events_of_people import Done, store
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_draft, make_intake, make_staff
from tests.running.files.written_files import written_files
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

EVENTS = "/admin/intake/auditevent/"
EXPORT = f"{EVENTS}export/"
FORMULA = "=HYPERLINK(1)"


@dataclass
class World:
    clerk: StaffUser
    auditor: Client


def make_world() -> World:
    """A member whose name is a formula opened an item three times."""
    intake = make_intake()
    item = send(intake, intake.targets[0])
    clerk = make_clerk(intake, intake.desks[0], full_name=FORMULA)
    store(Done(Action.OPEN, clerk, INSIDE, item, intake.desks[0]) for _ in range(3))
    return World(clerk, log_in(Client(), make_staff(Role.AUDITOR)))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def parts_of(whole: bytes) -> tuple[str, list[str]]:
    """The sheet, and all words of the book; read back without the library that wrote it."""
    with ZipFile(BytesIO(whole)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    return sheet, [unescape(one) for one in re.findall(r"<t[^>]*>(.*?)</t>", words, re.S)]


def test_the_file_has_the_rows_of_the_list(world: World):
    asked = f"?sort=read&actor__id__exact={world.clerk.pk}"
    with written_files() as written:
        answer = world.auditor.post(EXPORT, {"asked": asked})
    assert written == []
    sheet, words = parts_of(answer.content)
    assert sheet.count("<row ") == 1 + 3
    # A name that is a formula stays a name.
    assert "<f>" not in sheet
    assert {f"{world.clerk.username} {FORMULA}", "启封", "本条指纹"} <= set(words)
    assert make_draft().narrative[:6] not in "".join(words)
    event = AuditEvent.objects.latest("sequence")
    assert event.action == Action.EXPORT_EVENTS
    assert event.detail == {"exported": 3, "file_digest": audit.fingerprint(answer.content)}


def test_what_no_list_offers_is_no_export(world: World):
    before = AuditEvent.objects.count()
    for asked in ("at__gte=2025-01-01", "sort=all", "sort=read&sort=take", "since=2025-02-30"):
        assert world.auditor.post(EXPORT, {"asked": asked}).status_code == 400
    assert AuditEvent.objects.count() == before


def test_too_many_and_none_are_said_and_nothing_is_recorded(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(export_page, "MOST_EVENTS", 2)
    before = AuditEvent.objects.count()
    answer = world.auditor.post(EXPORT, {"asked": "sort=read"}, follow=True)
    assert "一次最多导出 2 条，这里不止" in text_of(answer)
    answer = world.auditor.post(EXPORT, {"asked": "until=2020-01-01"}, follow=True)
    assert export_page.NOTHING in text_of(answer)
    assert AuditEvent.objects.count() == before


def test_what_is_longer_than_a_cell_is_said_to_be_cut():
    _sheet, words = parts_of(sheet_of_rows("表", [("词", 9)], [["字" * (LONGEST_CELL + 1)]]))
    assert len(words[1]) == LONGEST_CELL
    assert words[1].endswith(CUT)
