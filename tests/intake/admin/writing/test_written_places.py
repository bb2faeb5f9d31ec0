"""Every form of the staff with free words keeps them while typed; a forgotten one fails."""

import json
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.writing.written_places import LONGEST, PLACES, place_named, read_place
from intake.choices import Status
from intake.choices.deadline_lists import RuleCode
from intake.models import WrittenDraft
from tests.intake.casework.moving.world import REASON, World, make_world, registered
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk
from tests.sending import text_of

TEMPLATES = Path(django_settings.BASE_DIR) / "templates/admin"
FORM = re.compile(r"<form\b(?:(?!</form>).)*?method=\"post\".*?</form>", re.DOTALL)
WORDS = re.compile(r"as_div|as_field_group|<textarea|\{% for field in|_fields?\.html|_fieldset")
MARK = re.compile(r"\{% written \"(\w+)\"|_written_mark\.html")
NAMED = re.compile(r"\{% written \"(\w+)\"")
# Their pages put `written_in` into the context themselves.
FILLED_IN_BY_THE_SERVER = {"item", "register", "web", "correct", "notice"}
# Forms without a word about a matter, or that no session has yet.
WITHOUT_MARK = {
    "login.html": "no session yet",
    "enrol.html": "a code alone",
    "choose_password.html": "passwords alone",
    "password_change.html": "passwords alone",
    "change_list.html": "choices of a list",
    "intake/staffuser/password.html": "passwords alone",
    "intake/sealedmatter/add.html": "a day and a keeper",
    "intake/sealedmatter/matter.html": "a day and a password",
    "intake/sealedmatter/_correct.html": "a day, a keeper and a password",
    "intake/submission/together/helpers.html": "a choice alone",
    "intake/submission/evidence.html": "a choice alone",
    "intake/submission/_buttons.html": "the scope is a choice; its other form is marked",
    "intake/transferlist/gather.html": "choices alone",
    "intake/ending/_archive.html": "a public key alone",
    "intake/ending/_purge.html": "the round's name, and digits",
    "intake/ending/appraisal.html": "a password alone",
    "intake/auditevent/check.html": "fingerprints, typed from a paper",
    "intake/auditevent/heads.html": "fingerprints, typed from a paper",
    "inspection/workcalendarday/year.html": "a published text, pasted",
}


def test_every_form_with_free_words_has_the_mark():
    forgotten = set()
    for path in TEMPLATES.rglob("*.html"):
        for form in FORM.findall(path.read_text()):
            if WORDS.search(form) and not MARK.search(form):
                forgotten.add(str(path.relative_to(TEMPLATES)))
    assert forgotten <= set(WITHOUT_MARK)


def test_every_place_has_its_form_and_fits_into_the_table_of_words():
    texts = [path.read_text() for path in TEMPLATES.rglob("*.html")]
    marked = {name for text in texts for name in NAMED.findall(text)}
    assert marked == set(PLACES) - FILLED_IN_BY_THE_SERVER
    parts = [*Status.values, *(code.value for code in RuleCode), "explain", "propose"]
    for name, place in PLACES.items():
        for part in parts if place.beside else [None]:
            found = place_named(name, uuid.uuid4() if place.beside else None, part)
            assert len(found) <= LONGEST and read_place(found) is place
    with pytest.raises(KeyError):
        place_named("move")
    with pytest.raises(KeyError):
        place_named("elsewhere", 1)


@pytest.fixture
def world(settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE + timedelta(days=1)
    return make_world()


@pytest.mark.django_db
def test_the_words_of_a_move_come_back_to_the_same_person_until_it_is_made(world: World):
    item, client = registered(world), log_in(Client(), world.clerk)
    place = place_named("move", item.pk, Status.RETURNED.value)
    keep_at = f"/admin/written/{place}/"
    typed = {"to": "returned", "version": str(item.version), "reason": REASON, "_written": place}
    assert client.post(keep_at, typed).status_code == 200
    (row,) = WrittenDraft.objects.all()
    assert REASON.encode() not in bytes(row.sealed)

    page = text_of(client.get(item.get_absolute_url()))
    assert page.count("data-written-offer") == 1 and REASON not in page
    # A colleague of the same desk is offered nothing and gets nothing; another desk finds no place.
    colleague = log_in(Client(), world.head)
    assert "data-written-offer" not in text_of(colleague.get(item.get_absolute_url()))
    assert colleague.post(keep_at, {"_put_back": "1"}).json() == {"fields": []}
    stranger = log_in(Client(), make_clerk(world.intake, world.intake.desks[1]))
    assert stranger.post(keep_at, typed).status_code == 404

    back = client.post(keep_at, {"_put_back": "1"})
    assert "no-store" in back["Cache-Control"]
    assert ["reason", REASON] in json.loads(back.content)["fields"]
    # What was refused stays kept; what was taken needs it no more.
    refused = client.post(f"/admin/intake/submission/{item.pk}/move/", {**typed, "reason": ""})
    assert refused.status_code == 422 and WrittenDraft.objects.exists()
    assert "data-written-offer" not in text_of(refused)
    assert client.post(f"/admin/intake/submission/{item.pk}/move/", typed).status_code == 302
    assert not WrittenDraft.objects.exists()
    client.post(keep_at, typed)
    assert client.post(keep_at, {"_throw_away": "1"}).json() == {"fields": []}
    assert not WrittenDraft.objects.exists()
