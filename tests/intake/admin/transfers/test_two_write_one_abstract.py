"""Two clerks write one abstract: each field that both changed is decided, and nothing is lost."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from intake.casework.transfers import abstracts
from intake.models import TransferEntry
from intake.report.transfer_words import EntryWords
from tests.intake.casework.transfers.list_world import make_world
from tests.logging_in import log_in
from tests.making import make_clerk
from tests.sending import text_of
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'name="(version|initial-entry[a-z-]*)" value="([^"]*)"')
BEFORE = {"abstract": "修路的事（演示）", "reason": "归口（演示）", "remark": "急（演示）"}
THEIRS = BEFORE | {"abstract": "对方写的（演示）", "reason": "对方的理由（演示）"}
MINE = BEFORE | {"abstract": "我写的（演示）", "remark": "我的备注（演示）"}


def hidden_in(answer: Any) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(answer.content.decode())}


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_what_a_colleague_saved_meanwhile_is_shown_and_decided(choice: str):
    world = make_world()
    other = make_clerk(world.intake, world.intake.office)
    row = world.gather(world.item())
    world.write(row, **BEFORE)
    entry = row.entries.get()
    address = f"/admin/intake/transferlist/{row.pk}/entry/{entry.pk}/"
    client = log_in(Client(), world.clerk)
    opened = hidden_in(client.get(address))
    world.write(row, by=other, **THEIRS)

    def words() -> EntryWords:
        fresh = TransferEntry.objects.select_related("list__desk").get(pk=entry.pk)
        return abstracts.words_of(fresh, fresh.list, keyring_for(world.clerk))

    stale = client.post(address, {**opened, **MINE})
    assert stale.status_code == 409 and words() == EntryWords(**THEIRS)
    page = text_of(stale)
    for said in (BEFORE["abstract"], THEIRS["abstract"], THEIRS["reason"], *MINE.values()):
        assert said in page
    # Only what both changed is asked; what the colleague alone changed stands in its field.
    assert re.findall(r'name="choose-(\w+)" value="mine"', page) == ["abstract"]
    sent = {**hidden_in(stale), **MINE, "reason": THEIRS["reason"]}
    undecided = client.post(address, sent)
    assert undecided.status_code == 422 and "请选一份" in text_of(undecided)
    assert words() == EntryWords(**THEIRS)
    saved = client.post(address, {**sent, **hidden_in(undecided), "choose-abstract": choice})
    assert saved.status_code == 302
    kept = {"mine": MINE, "theirs": THEIRS}[choice]["abstract"]
    assert words() == EntryWords(**MINE | {"abstract": kept, "reason": THEIRS["reason"]})
