"""Every address of the staff's pages, as everybody: what is not expected here fails.

The addresses come from the resolver, so that a new one without a row in the table fails.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from inspection.models import FocusTopic, Round, WorkCalendarDay
from intake.access import TABLE, Desks
from intake.casework import saved_filters
from intake.choices import Action, Role
from intake.models import (
    Appraisal,
    AuditEvent,
    DeadlineRule,
    DeskAccess,
    Problem,
    RetentionClass,
    StaffUser,
    Submission,
    TransferEntry,
)
from intake.report.draft import Attachment as File
from tests.box_work import keep_sealed, open_box
from tests.intake.addresses_under_admin import in_plain_words, patterns_under_admin
from tests.intake.answers_of_addresses import GETS, POSTS, WHO
from tests.intake.casework.transfers.list_world import lay_on_a_list
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.logging_in import log_in
from tests.making import (
    INSIDE,
    Intake,
    make_box,
    make_clerk,
    make_contact,
    make_intake,
    make_staff,
)
from tests.running.standing_world import standing_world
from tests.running.undrawn import undrawn
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

# Whoever can hold a desk comes by twice; a role without desks has a column of its own.
COLUMNS_OF = {
    Desks.A_TEAMS: ("wrong desk", "right desk"),
    Desks.THE_OFFICES: ("other office", "office"),
}

# One paper of each model that has any; without a model it is a register of the round's.
PAPER_OF = {"submission": "registration", "boxopening": "opening", "transferlist": "letter"}

# Django's words for its own scripts; nothing of them is anybody's.
SAME_FOR_ALL = "jsi18n"
# Of which kind the row is that a parameter names, where the address does not tell.
KIND_OF = {
    "uuid:attachment_id": "attachment",
    "int:desk_id": "desk",
    "int:member_id": "staffuser",
    "int:entry_id": "entry",
    "slug:filter_id": "savedfilter",
    "int:round_id": "round",
    "int:appraisal_id": "appraisal",
}


@dataclass
class World:
    """One round with an item on its first desk, and everybody who may come by.

    Each stands by the role and by the column whose answers are expected.
    """

    item: Submission
    keys: dict[str, Any]
    members: dict[tuple[str, str], Client]

    @property
    def clients(self) -> dict[str, Client]:
        """By column alone; of several roles in one, the first of the table."""
        return {column: client for (_role, column), client in reversed(self.members.items())}


def make_members(intake: Intake, other: Intake) -> dict[tuple[str, str], StaffUser]:
    """Everybody who may come by, by role and column."""
    places = {
        "wrong desk": (intake, intake.desks[1]),
        "right desk": (intake, intake.desks[0]),
        "other office": (other, other.office),
        "office": (intake, intake.office),
    }
    return {
        (role.value, column): make_clerk(*places[column], role=role)
        if column in places
        else make_staff(role)
        for role, rules in TABLE.items()
        for column in COLUMNS_OF.get(rules.desks, (role.value,))
    }


def make_world() -> World:
    intake, other = make_intake(), make_intake()
    picture = File.of_bytes("合同照片.jpg", "jpeg", corpus.picture())
    item = send(intake, intake.targets[0], attachments=(picture,))
    members = make_members(intake, other)
    owner = members[Role.TEAM, "right desk"]
    kept = saved_filters.save("待登记", "q=1", keyring=keyring_for(owner), at=INSIDE)
    clients = {who: log_in(Client(), member) for who, member in members.items()}
    keys = {
        "submission": item.pk,
        "attachment": item.attachments.get().pk,
        "savedfilter": kept.key,
        "boxopening": open_box(make_box(intake.round), members[Role.OFFICE, "office"]).pk,
        "sealedmatter": keep_sealed(intake.round, members[Role.OFFICE, "office"]).pk,
        "deskaccess": DeskAccess.objects.get(user=members[Role.TEAM, "right desk"]).pk,
        "desk": intake.desks[0].pk,
        "staffuser": make_clerk(intake, intake.desks[0]).pk,
        "auditevent": AuditEvent.objects.latest("sequence").pk,
        "round": intake.round.pk,
        "appraisal": appraisal_of(intake, members[Role.OFFICE, "office"]),
        "retentionclass": RetentionClass.objects.earliest("pk").pk,
        "team": intake.teams[0].pk,
        "target": intake.targets[0].pk,
        "contactpoint": make_contact(intake.round).pk,
        "dropbox": make_box(intake.round).pk,
        "focustopic": make_focus(intake.round).pk,
        **keys_of_entry(lay_on_a_list(item, intake.office)),
        **keys_of_settings(),
    }
    return World(item, keys, {("nobody", "stranger"): Client(), **clients})


def appraisal_of(intake: Intake, by: StaffUser) -> int:
    """A list of the office's that waits for its signatures."""
    made = {"is_kept": True, "made_by": by, "made_at": INSIDE}
    return Appraisal.objects.create(round=intake.round, desk=intake.office, **made).pk


standing = standing_world(make_world)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def make_focus(round_: Round) -> FocusTopic:
    """A heading of what the round looks at."""
    return FocusTopic.objects.create(round=round_, order=1, kind="town", heading="（演示）")


def keys_of_settings() -> dict[str, Any]:
    """What stands there from the first migration on."""
    return {
        "deadlinerule": DeadlineRule.objects.earliest("pk").pk,
        "problem": Problem.objects.earliest("pk").pk,
        "workcalendarday": WorkCalendarDay.objects.earliest("date").pk,
    }


def keys_of_entry(entry: TransferEntry) -> dict[str, Any]:
    """An item's entry, its list, and whom that is for."""
    return {"transferlist": entry.list_id, "entry": entry.pk, "receiver": entry.list.receiver_id}


def addresses(keys: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and address of everything under /admin/, for the rows of the world."""
    for name, path in patterns_under_admin():
        nameless = "object" if "object_id" in path else "catch_all"
        yield name or nameless, f"/admin/{_filled(in_plain_words(path), keys)}"


def _filled(path: str, keys: dict[str, Any]) -> str:
    """The address with a row's key in it."""
    model = path.split("/")[1] if path.count("/") > 1 else ""
    path = path.replace("<slug:name>", PAPER_OF.get(model, "sealed"))
    path = re.sub("<slug:(slug|picture)>", "log-in", path)
    path = path.replace("<slug:part>", "1-picture-1")
    for parameter, kind in KIND_OF.items():
        path = path.replace(f"<{parameter}>", str(keys.get(kind, 1)))
    return re.sub(r"<\w+:\w+>", str(keys.get(model)), path)


def answered(world: World, method: str, table: dict[str, str]) -> list[str]:
    """Whatever was answered otherwise than expected."""
    wrong = []
    for name, address in sorted(addresses(world.keys), key=lambda pair: pair[0] == "logout"):
        expected = dict(zip(WHO, table[name].split(), strict=True))
        for (role, column), client in world.members.items():
            response = getattr(client, method)(address)
            status = str(response.status_code)
            if status == "302" and response["Location"].startswith("/admin/login/?next="):
                status = "L"
            if status != expected.get(column):
                told = f"{name} as {role}, {column}: {status}, expected {expected.get(column)}"
                wrong.append(told)
            if name != SAME_FOR_ALL and not _kept_nowhere(response):
                wrong.append(f"{name} as {role}, {column}: the browser may keep it")
            if "microphone=()" not in response.headers["Permissions-Policy"]:
                wrong.append(f"{name} as {role}, {column}: the page may listen")
    return wrong


def _kept_nowhere(response: HttpResponse) -> bool:
    """A way elsewhere says nothing of anybody."""
    kept = response.headers.get("Cache-Control", "")
    return response.status_code == 302 or "no-store" in kept


def test_reading(world: World):
    assert answered(world, "get", GETS) == []


def test_posting_nothing(world: World):
    assert answered(world, "post", {**GETS, **POSTS}) == []


def test_other_methods_change_nothing(world: World):
    """Django's own pages answer them as they answer GET; none of them acts."""
    reading = (Action.OPEN, Action.VIEW_EVIDENCE, Action.OPEN_LIST, Action.COMPARE_REPEATS)
    before = AuditEvent.objects.exclude(action__in=reading).count()
    asking = {who: undrawn(world.clients[who]) for who in ("office", "administrator")}
    for method in ("put", "delete", "patch"):
        for _name, address in addresses(world.keys):
            for who, client in asking.items():
                answer = getattr(client, method)(address)
                assert answer.status_code < 500, (method, address, who)
        assert Submission.objects.get() == world.item, method
        assert AuditEvent.objects.exclude(action__in=reading).count() == before, method


def test_a_row_that_is_not_there_looks_like_one_of_another_desk(world: World):
    """Neither the status nor a word of the page tells them apart, but for the address itself."""
    clerk, here, nowhere = world.clients["wrong desk"], world.item.pk, uuid.uuid4()
    for page in ("change", "history", "delete"):
        theirs = clerk.get(f"/admin/intake/submission/{here}/{page}/")
        nothing = clerk.get(f"/admin/intake/submission/{nowhere}/{page}/")
        assert theirs.status_code == nothing.status_code == 404
        told = theirs.content.decode().replace(str(here), str(nowhere))
        assert told == nothing.content.decode()


def test_every_address_of_the_table_exists(world: World):
    assert {name for name, _address in addresses(world.keys)} == GETS.keys()


def test_a_form_without_its_token_is_refused(world: World):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.clients["right desk"].cookies
    answer = strict.post("/admin/intake/submission/register/", {"item": world.item.pk})
    assert answer.status_code == 403
    world.item.refresh_from_db()
    assert world.item.number is None
