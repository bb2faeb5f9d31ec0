"""Everybody visits everything: no answer holds a mark of what is not the visitor's.

Who asks with an id that is somebody else's gets what an id gets that nothing has: the same answer
after the same number of statements, which is what can be held of how long it takes. Numbers run
through a round, so that a team sees that there are items between its own; it sees nothing of the
head's, the superior's and another round's, and never how many items another desk has.
"""

import logging
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from intake.choices import Action, Nature
from intake.models import AuditEvent, Submission
from tests.intake.crawling.asking import NOT_TAKEN, Asked, Comparing, ask, text_of
from tests.intake.crawling.crawled_world import HELPED, KEPT, NEVER, Visitor, World, make_world
from tests.intake.crawling.places import link, register_at, send_to
from tests.intake.crawling.staff_addresses import (
    FILLED,
    parameters_without_entry,
    staff_addresses,
)
from tests.intake.crawling.typed_forms import Form, forms_in
from tests.intake.keeping.kept import files_in_the_folder, kept_contents
from tests.intake.papers.sheets.reading_back import rows_in, told_in
from tests.intake.test_canary import assert_holds_none, dump, readable, sessions
from tests.making import INSIDE
from tests.running.standing_rows import standing_rows
from tests.sending import invalid_fields

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
SHOWS_MESSAGES = "/admin/password_change/done/"
CANARY = "金丝雀在打字"
# What must have been accepted and stored with the word in it, for the search not to be blind.
ACCEPTED = {
    *(Action.SAVE_CASE, Action.MOVE, Action.ASK_VOIDING, Action.PAUSE_CLOCK, Action.REGISTER),
    *(Action.CORRECT_ITEM, Action.WRITE_ABSTRACT, Action.OPEN_BOX),
}
# The models on whose pages clerks write.
WRITTEN_AT = ("submission", "boxopening", "transferlist")
# The number of the paper that goes out with a list, by which it is found again.
IN_CLEAR = frozenset({"document_number"})
# Whoever grants a desk chooses among all accounts of the site.
NAMES_EVERYBODY = "intake_deskaccess_add"
# The office is told that something waits for the level above, which it hands on unread.
TELLS_OF_THE_SUPERIORS = "/admin/intake/sealedmatter/"
# What lists and counts items: what happens at another desk changes none of it.
SHOWS_ITEMS = ("intake/", "ending/", "ledger/", "statistics/", "search/")
# The tables of the notice and of the settings hold nothing of a desk: one of each role reads them.
TABLES = (
    "inspection/",
    "intake/receiver/",
    "intake/deadlinerule/",
    "intake/problem/",
    "intake/retentionclass/",
)
READS_TABLES = ("a1-kept", "ao-first", "administrator", "stranger", "auditor")
# Who is answered what is wrong with an empty form, at the pages of which rows.
SENDS_NOTHING = {
    "a1-kept": ("submission", "written"),
    "ao-first": ("boxopening", "sealedmatter", "transferlist", "deskaccess"),
    "administrator": ("staffuser", ""),
}
# Two share the filters of the lists between them, since each is applied to what the list holds.
FILTERING = ("a1-kept", "ao-first")


@pytest.fixture(scope="module")
def built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[World]:
    """Built once for the file, with one login each; every test leaves it as it was."""
    made = list[World]()
    with (
        override_settings(SIMULATED_NOW=INSIDE),
        standing_rows(django_db_blocker, lambda: made.append(make_world())),
    ):
        yield made[0]


@pytest.fixture
def world(built: World, settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return built


def test_every_parameter_of_an_address_has_its_entry():
    assert parameters_without_entry() == []
    asked = {kind for one in staff_addresses() for kind in one.kinds.values()}
    assert asked == set(FILLED.values())


def links_in(page: str, address: str) -> list[str]:
    """One choice of each filter, an order and a page; another test opens every link."""
    links = sorted(unescape(link) for link in re.findall(r'<a[^>]* href="(\?[^"]*)"', page))
    by_parameter = {frozenset(parse_qs(link[1:])): address + link for link in links}
    return list(by_parameter.values())


def asked_in(world: World, visitor: Visitor, path: str, page: str) -> Iterator[str]:
    """What else can be asked of a list that the visitor sees: filters, a popup, searches."""
    turn = FILTERING.index(visitor.name)
    yield f"{path}?_popup=1"
    yield from links_in(page, path)[turn :: len(FILTERING)]
    if path == LIST:
        bodies = {place.intake.targets[-1].name for place in world.places.values()}
        yield from (f"{LIST}?q={words}" for words in (*bodies, "31-"))


def visited(world: World, visitor: Visitor, only_post: set[str]) -> Iterator[tuple[str, str, str]]:
    """Name, address and answer of everything that the visitor can ask for honestly.

    What takes only a form says so to the first who asks.
    """
    for address in staff_addresses():
        is_table = address.path.startswith(TABLES)
        if is_table and visitor.name not in READS_TABLES:
            continue
        for number, path in enumerate(address.own(world, visitor)):
            if not number and address.model in SENDS_NOTHING.get(visitor.name, ()):
                yield address.name, path, text_of(visitor.client.post(path))
            if address.name in only_post:
                break
            answer = visitor.client.get(path)
            page = text_of(answer)
            yield address.name, path, page
            if answer.status_code == NOT_TAKEN:
                only_post.add(address.name)
            if answer.status_code != 200:
                break
            is_list = address.name.endswith("_changelist") and not is_table
            if is_list and visitor.name in FILTERING:
                for link in asked_in(world, visitor, path, page):
                    yield address.name, link, text_of(visitor.client.get(link))


def may_stand_there(world: World, visitor: Visitor, name: str, path: str) -> set[str]:
    """What one page alone shows of others, and why it may."""
    if name == NAMES_EVERYBODY:
        return {f"name-{place}-" for place in world.places}
    if path.partition("?")[0] == TELLS_OF_THE_SUPERIORS and visitor.sees:
        return world.places[f"{visitor.sees[0][0]}s"].ids
    if visitor.name == "a1-kept" and path.endswith(
        f"/{world.places[HELPED].keys['submission']}/change/"
    ):
        # Who registered what one helps with, and works on it.
        return {"name-a2-"}
    return set()


def test_no_answer_holds_a_mark_of_somebody_else(world: World):
    found, only_post = [], set[str]()
    for visitor in world.visitors.values():
        foreign, own = visitor.foreign(world), set()
        for name, path, page in visited(world, visitor, only_post):
            shown = set(foreign.findall(page)) - may_stand_there(world, visitor, name, path)
            if shown:
                found.append((visitor.name, path, sorted(shown)))
            own |= {place for place in visitor.sees if world.places[place].word("") in page}
        # Marks are found where they may stand, so that the search is not blind.
        assert own >= world.visited_by(visitor), visitor.name
    assert not found, "\n".join(map(str, found))


def test_no_ledger_holds_a_mark_of_somebody_else(world: World):
    """What is packed in a table is unpacked; the complete edition tells the most."""
    for visitor in world.visitors.values():
        foreign, typed = visitor.foreign(world), {"edition": "complete", "reason": "other"}
        table = visitor.client.post("/admin/ledger/", typed)
        printed = visitor.client.post("/admin/ledger/print/", typed)
        assert (table.status_code == printed.status_code == 200) is bool(visitor.sees)
        if visitor.sees:
            words = "".join(map(str, (rows_in(table.content), told_in(table.content))))
            assert not foreign.findall(words) and not foreign.findall(text_of(printed))
            assert any(world.places[place].word("") in words for place in visitor.sees)


def test_what_is_stolen_is_not_there(world: World):
    """By GET and by POST of nothing, at every address with an id."""
    found, not_taken = [], set[tuple[str, str]]()
    for visitor in thieves(world):
        comparing = Comparing(visitor)
        for address in staff_addresses():
            methods = [m for m in ("get", "post") if (m, address.name) not in not_taken]
            for number, (theirs, none, ids) in enumerate(address.stolen(world, visitor)):
                # Where a row is looked for is the same whether a form is sent or not.
                for method in methods[:1] if number or not visitor.sees else methods:
                    pair = Asked(method, theirs, {}), Asked(method, none, {})
                    if apart := comparing.told_apart(*pair, *ids):
                        found.append((visitor.name, method, address.name, theirs, apart))
                    if comparing.answer_about_nothing(pair[1]).status == NOT_TAKEN:
                        not_taken.add((method, address.name))
                methods = [m for m in methods if (m, address.name) not in not_taken]
    assert not found, "\n".join(map(str, found))


def thieves(world: World) -> list[Visitor]:
    """The head of the office is let in as its clerk is."""
    return [visitor for name, visitor in world.visitors.items() if name != "ah-head"]


def ways_to_ask(own: str, key: str, number: str, phone: str) -> Iterator[Asked]:
    """Where an id, a number or a word stands in what is sent, and not in the address."""
    # What redirects leaves a message for the next page, and comes last.
    yield Asked("get", LIST, {"q": number})
    yield Asked("get", "/admin/intake/transferlist/add/", {"item": key})
    yield Asked("post", "/admin/intake/transferlist/add/", {"item": key})
    yield Asked("post", f"{LIST}{own}/repeats/", {"lead": key, "version": "1"})
    yield Asked("post", f"{LIST}repeats/", {"reporter_phone": phone})
    yield Asked("post", f"/admin/written/item:{key}/", {"abstract": "x"})
    yield Asked("get", f"{LIST}number/", {"n": number})
    yield Asked("post", f"{LIST}register/", {"item": key})
    yield Asked("post", f"{LIST}several/", {"item": key})
    yield Asked("post", f"{LIST}several/", {"item": key, "to": "voided", "reason": "x"})
    selected = {"action": "register_selected", "index": "0", "_selected_action": key}
    yield Asked("post", LIST, selected)


def test_an_id_or_a_number_that_is_sent_is_not_there_either(world: World):
    found = []
    for visitor in thieves(world):
        comparing = Comparing(visitor)
        own = next(iter(world.seen(visitor, "submission")), NEVER)
        # Who holds no desk is sent away before anything is looked for.
        robbed = world.robbed(visitor, "submission") if visitor.sees else []
        for place in (*robbed[:1], *robbed[-1:]):
            visitor.client.get(SHOWS_MESSAGES)
            number = min(place.numbers, default="31-0990")
            theirs = place.keys["submission"], number, place.phone
            none = NEVER, number[:-3] + "991", "13999990000"
            pairs = zip(ways_to_ask(own, *theirs), ways_to_ask(own, *none), strict=True)
            for one, nothing in pairs:
                if apart := comparing.told_apart(one, nothing, *theirs, *none):
                    found.append((visitor.name, place.name, one, apart))
    assert not found, "\n".join(map(str, found))


def shown_to(world: World, visitor: Visitor) -> dict[str, str]:
    """Start page, the lists with some of their filters, and the forms that offer something."""
    pages = [
        one.filled({})
        for one in staff_addresses()
        if one.name == "index"
        or (not one.kinds and one.path.startswith(SHOWS_ITEMS) and not one.path.startswith(TABLES))
    ]
    asked_too = [f"{LIST}?{query}" for query in ("q=31-0001", "status__exact=unregistered")]
    asked_too += sorted(
        {
            path
            for one in staff_addresses()
            if one.path.startswith("ending/")
            for path in one.own(world, visitor)
        }
    )
    answers = {path: ask(visitor, Asked("get", path, {})) for path in (*pages, *asked_too)}
    return {path: answer.words for path, answer in answers.items() if answer.status == 200}


def changed_for(world: World, visitor: Visitor, before: dict[str, str]) -> set[str]:
    after = shown_to(world, visitor)
    return {path for path in before.keys() | after.keys() if after.get(path) != before.get(path)}


def let_come_in(world: World, *names: str) -> None:
    """Items at these desks, some of which get their numbers."""
    for name in names:
        place = world.places[name]
        items = [send_to(place, number) for number in (90, 91)]
        if place.clerk:
            register_at(place, items[0])


def test_what_happens_elsewhere_changes_no_page(world: World):
    """Neither counts nor numbers, of other desks or of what somebody is kept out of."""
    visitors = [world.visitors[name] for name in ("ao-first", "administrator", "a1-kept")]
    before = {visitor.name: shown_to(world, visitor) for visitor in visitors}
    let_come_in(world, "b1", "bo", "bh", "as", "ah")
    for visitor in visitors[:2]:
        changed = changed_for(world, visitor, before[visitor.name])
        assert changed <= {TELLS_OF_THE_SUPERIORS}, visitor.name
    let_come_in(world, "a2")
    kept, place = visitors[2], world.places[KEPT]
    lead = Submission.objects.get(pk=place.keys["submission"])
    repeat = send_to(place, 90)
    register_at(place, repeat)
    link(place, repeat, lead)
    assert changed_for(world, kept, before[kept.name]) == set()


def forms_one_after_another(visitor: Visitor, path: str) -> Iterator[Form]:
    """Each form of the page once, as the page shows it after the one before was sent."""
    sent = set[tuple[str, ...]]()
    while True:
        page = text_of(visitor.client.get(path))
        form = next((one for one in forms_in(page, path) if one.key not in sent), None)
        if form is None:
            return
        sent.add(form.key)
        yield form


def fill_in(visitor: Visitor, form: Form) -> None:
    """Whoever is told what is wrong sends the form once more without that."""
    sent = form.filled(CANARY, IN_CLEAR)
    answer = visitor.client.post(form.action, sent)
    if wrong := invalid_fields(answer):
        again = {name: value for name, value in sent.items() if name not in wrong}
        visitor.client.post(form.action, again)


def test_no_word_that_a_clerk_types_stands_in_clear(world: World, caplog: pytest.LogCaptureFixture):
    """Into every field of every form below items, openings, sealed matters and lists."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "django.request")
    typed_at, before = set(), AuditEvent.objects.latest("sequence").sequence
    for name in ("a1-kept", "ah-head"):
        visitor = world.visitors[name]
        # What is judged can be proposed and decided.
        Submission.objects.filter(pk__in=world.seen(visitor, "submission")).update(
            nature=Nature.APPEAL
        )
        for address in staff_addresses():
            for path in address.own(world, visitor)[:1] if address.model in WRITTEN_AT else ():
                for form in forms_one_after_another(visitor, path):
                    fill_in(visitor, form)
                    typed_at.add(address.model)
                    if address.name == "intake_submission_add":
                        visitor.client.post(
                            "/admin/written/register/", form.filled(CANARY, IN_CLEAR)
                        )
    assert typed_at == set(WRITTEN_AT)
    made = AuditEvent.objects.filter(sequence__gt=before)
    assert set(made.values_list("action", flat=True)) >= ACCEPTED
    saved = made.filter(action=Action.SAVE_CASE).values_list("detail", flat=True)
    assert any("abstract" in detail["fields"] for detail in saved)
    for table, text in dump():
        assert_holds_none((CANARY,), text, table)
    for text in sessions():
        assert_holds_none((CANARY,), text, "a session")
    for sealed in kept_contents():
        assert_holds_none((CANARY,), readable(sealed), "a sealed file")
    assert not files_in_the_folder()
    for record in caplog.records:
        if record.name != "django.db.backends":
            said = f"{record.getMessage()} {record.exc_text}"
            assert_holds_none((CANARY,), said, "the log")
