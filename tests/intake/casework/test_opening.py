"""Opening an item and sending it to another desk: in memory, sealed again, audited."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from intake import audit
from intake.casework import opening, rerouting
from intake.choices import Action
from intake.citizen.adding import supplement
from intake.keeping import sealed_files
from intake.models import AuditEvent, Desk, SealedPart, StaffUser, Submission
from intake.report.contents import whole_of
from intake.report.draft import SupplementDraft
from intake.report.form_tokens import new_nonce
from intake.report.receipts import code_for
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import NoDeskAccess
from tests.intake.keeping.kept import kept_names
from tests.making import (
    INSIDE,
    make_clerk,
    make_draft,
    make_head,
    make_intake,
    record_what_was_made,
)
from tests.staff_work import ADDED, PHOTO, keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db

NARRATIVE = make_draft().narrative


def open_item(item: Submission, user: StaffUser) -> opening.Opened:
    fresh = Submission.objects.get(pk=item.pk)
    return opening.open(fresh, keyring_for(user), by=user, at=INSIDE)


def reroute(item: Submission, to: Desk, user: StaffUser, **more: object) -> None:
    said = {"reason": "（演示）", "at": INSIDE, **more}
    rerouting.reroute(item, to=to, keyring=keyring_for(user), by=user, **said)  # type: ignore[arg-type]


def test_opens_the_report_and_what_was_added():
    intake = make_intake()
    item = send_with_all(intake, intake.targets[0])
    opened = open_item(item, make_clerk(intake, intake.desks[0]))
    assert opened.report.narrative == NARRATIVE
    assert [note.name for note in opened.report.attachments] == [PHOTO.name]
    assert [one.report.narrative for one in opened.supplements] == [ADDED]


def test_every_opening_leaves_an_event_without_content():
    intake = make_intake()
    item, clerk = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0])
    open_item(item, clerk)
    open_item(item, clerk)
    events = AuditEvent.objects.filter(action=Action.OPEN, object_id=str(item.pk))
    assert [(e.actor, e.desk, e.detail) for e in events] == [(clerk, intake.desks[0], {})] * 2


def test_an_opened_item_shows_nothing_in_its_repr():
    intake = make_intake()
    opened = open_item(send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0]))
    assert NARRATIVE[:8] not in repr(opened) + str(opened)


def test_another_desk_cannot_open_it_and_leaves_no_event():
    intake = make_intake()
    item, other = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[1])
    with pytest.raises(NoDeskAccess):
        open_item(item, other)
    assert not AuditEvent.objects.filter(action=Action.OPEN).exists()


def test_a_damaged_item_says_so_and_leaves_no_event():
    intake = make_intake()
    item, clerk = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0])
    Submission.objects.filter(pk=item.pk).update(sealed=b"damaged")
    with pytest.raises(CannotOpen):
        open_item(item, clerk)
    assert not AuditEvent.objects.filter(action=Action.OPEN).exists()


def test_rerouting_seals_everything_to_the_new_desk(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
):
    intake = make_intake()
    item, office = send_with_all(intake, intake.targets[0]), make_clerk(intake, intake.office)
    before = kept_names()
    with django_capture_on_commit_callbacks(execute=True):
        reroute(item, intake.desks[1], office)
    opened = open_item(item, make_clerk(intake, intake.desks[1]))
    assert opened.report.narrative == NARRATIVE
    assert [one.report.narrative for one in opened.supplements] == [ADDED]
    item.refresh_from_db()
    secret = intake.secrets[intake.desks[1].pk]
    for attachment in item.attachments.all():
        sealed = sealed_files.read(attachment.sealed_file)
        assert open_sealed(sealed, secret) == whole_of(PHOTO.content)
        assert attachment.sealed_sha256 == audit.fingerprint(sealed)
    assert kept_names().isdisjoint(before)
    assert len(kept_names()) == 2


def test_the_former_desk_cannot_open_what_was_sent_on():
    intake = make_intake()
    item, office = send_with_all(intake, intake.targets[0]), make_clerk(intake, intake.office)
    reroute(item, intake.desks[1], office)
    item.refresh_from_db()
    sealed = [bytes(item.sealed), *(bytes(row.sealed) for row in item.supplements.all())]
    sealed += [sealed_files.read(row.sealed_file) for row in item.attachments.all()]
    for blob in sealed:
        with pytest.raises(CannotOpen):
            open_sealed(blob, intake.secrets[intake.desks[0].pk])
    with pytest.raises(NoDeskAccess):
        open_item(item, make_clerk(intake, intake.desks[0]))


def test_the_row_and_the_event_say_where_it_came_from():
    intake = make_intake()
    item, office = send(intake, intake.targets[0]), make_clerk(intake, intake.office)
    reroute(item, intake.desks[1], office)
    item.refresh_from_db()
    assert item.route_reason == f"巡察办改派（原：{intake.teams[0]}）"
    assert (item.target, item.desk) == (None, intake.desks[1])
    event = AuditEvent.objects.get(action=Action.REROUTE)
    assert event.desk == intake.desks[1]
    assert event.detail == {"from_desk": str(intake.teams[0])}
    changed = event.covers["changed"]["submission"][str(item.pk)]
    assert set(changed) == {"desk", "target", "route_reason", "sealed_digest", "version"}
    assert item.sealed_digest == audit.fingerprint(bytes(item.sealed)) != item.received_digest


def test_the_chain_still_verifies_after_rerouting():
    intake = make_intake()
    item, office = send(intake, intake.targets[0]), make_clerk(intake, intake.office)
    record_what_was_made()
    reroute(item, intake.desks[1], office)
    assert audit.verify().is_sound


def test_a_body_of_the_new_desk_can_be_named_and_no_other():
    intake = make_intake()
    item, office = send(intake), make_clerk(intake, intake.office)
    with pytest.raises(rerouting.CannotReroute):
        reroute(item, intake.desks[1], office, target=intake.targets[0])
    reroute(item, intake.desks[1], office, target=intake.targets[1])
    item.refresh_from_db()
    assert (item.target, item.desk) == (intake.targets[1], intake.desks[1])


def test_what_is_about_inspectors_passes_no_team():
    intake = make_intake()
    item, head = send(intake, about_inspectors=True), make_head(intake)
    for to in (intake.desks[0], intake.office, intake.superior):
        with pytest.raises(rerouting.CannotReroute):
            reroute(item, to, head)
    item.refresh_from_db()
    assert item.desk == intake.head
    assert not AuditEvent.objects.filter(action=Action.REROUTE).exists()


def test_only_to_another_desk_of_the_same_round():
    intake, other = make_intake(), make_intake()
    item, office = send(intake), make_clerk(intake, intake.office)
    for to in (intake.office, other.desks[0]):
        with pytest.raises(rerouting.CannotReroute):
            reroute(item, to, office)


def test_a_team_clerk_cannot_send_it_on():
    intake = make_intake()
    item, clerk = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0])
    with pytest.raises(rerouting.CannotReroute):
        reroute(item, intake.desks[1], clerk)


def test_when_it_fails_nothing_moved_and_no_file_is_left():
    intake = make_intake()
    item, office = send_with_all(intake, intake.targets[0]), make_clerk(intake, intake.office)
    before = kept_names()
    SealedPart.objects.filter(file=min(before)).update(piece=b"damaged")
    with pytest.raises(CannotOpen):
        reroute(item, intake.desks[1], office)
    item.refresh_from_db()
    assert item.desk == intake.desks[0]
    assert kept_names() == before


@pytest.mark.django_db(transaction=True)
def test_what_is_added_during_rerouting_is_sealed_to_one_desk_that_can_read_it():
    intake = make_intake()
    draft = make_draft(target_code=intake.targets[0].code)
    item = send(intake, intake.targets[0], nonce=draft.nonce)
    office, start = make_clerk(intake, intake.office), threading.Barrier(3)

    def add() -> None:
        start.wait()
        code = code_for(draft.nonce, draft.content, settings.RECEIPT_KEY)
        supplement(code, SupplementDraft(narrative=ADDED), nonce=new_nonce(), at=INSIDE)
        connection.close()

    def send_on() -> None:
        start.wait()
        reroute(item, intake.desks[1], office)
        connection.close()

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(add), pool.submit(add), pool.submit(send_on)]:
            done.result()
    opened = open_item(item, make_clerk(intake, intake.desks[1]))
    assert [one.report.narrative for one in opened.supplements] == [ADDED] * 2
