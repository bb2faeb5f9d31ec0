"""A clerk notes that a named reporter was told; the clock that asked for it ends."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework import case_files
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.moving.judging import Judged, judge
from intake.choices import Action, Handling, Nature, NoteKind, Scope, Signature, Status
from intake.models import AuditEvent, Submission
from tests.intake.casework.moving.world import OPINION, World, go, make_world, now, registered
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, record_what_was_made
from tests.sending import text_of
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

NOTE = "（演示）电话里说了已经受理"
RULE = "tell_accepted"
SENT = {"rule": RULE, "told_on": "2025-04-16", "told_by": "phone", "note": NOTE}


@pytest.fixture
def world(settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE + timedelta(days=2)
    return make_world()


def named(world: World) -> Submission:
    item = registered(world)
    facts = Judged(scope=Scope.IN, nature=Nature.SUGGESTION, signature=Signature.NAMED_CHECKED)
    judge(item.pk, facts, version=item.version, by=world.clerk, at=INSIDE)
    given = {"handling": Handling.INQUIRE.value, "opinion": OPINION}
    go(item, Status.TO_APPROVE, world.clerk, **given)
    return go(item, Status.INQUIRING, world.head, opinion=OPINION)


def page_of(item: Submission, name: str) -> str:
    return f"/admin/intake/submission/{item.pk}/{name}/"


def test_the_clock_ends_when_the_reporter_was_told(world: World):
    item, client = named(world), log_in(Client(), world.clerk)
    page = text_of(client.get(page_of(item, "change")))
    assert "告知实名反映人受理情况" in page and "记下已告知" in page
    refused = {
        "告知日期还没有到": {"told_on": "2025-04-18"},
        "不能早于期限起算": {"told_on": "2025-04-14"},
        "请填告知的日期": {"told_on": ""},
        "没有要告知反映人的期限": {"rule": "pass_on"},
    }
    for words, changes in refused.items():
        answer = client.post(page_of(item, "told"), SENT | changes)
        assert (answer.status_code, words in text_of(answer)) == (422, True), words
    other = make_clerk(world.intake, world.intake.desks[1])
    record_what_was_made()
    stranger = log_in(Client(), other)
    assert stranger.post(page_of(item, "told"), SENT).status_code == 404

    told = text_of(client.post(page_of(item, "told"), SENT, follow=True))
    assert "已记下告知反映人" in told and "记下已告知" not in told and "怎么告知：电话" in told
    after = now(item)
    assert RULE not in [line.rule for line in lines_for(after, INSIDE)]
    assert after.version == item.version + 1
    event = AuditEvent.objects.get(action=Action.TELL_REPORTER)
    assert event.detail == {
        "rule": RULE,
        "told_by": "phone",
        "happened_on": "2025-04-16",
        "given": "note",
    }
    last = case_files.open(after, keyring_for(world.clerk)).words.notes[-1]
    assert (last.kind, last.words) == (NoteKind.TOLD, NOTE)
    assert audit.verify().is_sound
    assert client.post(page_of(item, "told"), SENT).status_code == 422
