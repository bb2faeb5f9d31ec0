"""A large original is verified before its first byte leaves, and flows out as it is read."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from intake.admin.evidence.flowing_files import pieces_of
from intake.choices import Action
from intake.keeping import sealed_files
from intake.models import Attachment, AuditEvent
from intake.report.draft import Attachment as File
from intake.sealing.opening_anywhere import OpenedAnywhere
from intake.sealing.sealing import new_identity, seal
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 12_000
FOR_FILING = {"reason": "复制归档"}
World = tuple[Attachment, Client]


def make_sent() -> World:
    intake = make_intake(teams=1)
    film = File.of_bytes("夜里.mp4", "mp4", FILM)
    row = send(intake, intake.targets[0], attachments=(film,)).attachments.get()
    return row, log_in(Client(), make_clerk(intake, intake.desks[0]))


standing = standing_world(make_sent, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Any) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def taken(world: World) -> Any:
    row, clerk = world
    where = f"/admin/intake/submission/{row.submission_id}/attachment/{row.pk}/original/"
    return clerk.post(where, FOR_FILING)


def test_it_flows_with_its_length_after_its_event(world: World):
    answer = taken(world)
    assert isinstance(answer, StreamingHttpResponse)
    assert AuditEvent.objects.filter(action=Action.TAKE_ORIGINAL).count() == 1
    pieces = list(answer)
    assert b"".join(pieces) == FILM and max(map(len, pieces)) <= 256 * 1024
    assert answer["Content-Length"] == str(len(FILM))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_who_goes_away_in_the_middle_leaves_nothing():
    who = new_identity()
    sealed = io.BytesIO(seal(FILM, who.recipient))
    pieces = pieces_of(OpenedAnywhere(sealed, who.secret))
    assert next(pieces) == FILM[: 256 * 1024]
    pieces.close()
    assert sealed.closed


@pytest.mark.parametrize("cut", [1, 100_000])
def test_one_that_was_altered_or_cut_off_gives_not_a_byte(world: World, cut: int):
    row, _clerk = world
    sealed = sealed_files.read(row.sealed_file)
    altered = sealed[:-cut] + (b"!" if cut == 1 else b"")
    Attachment.objects.filter(pk=row.pk).update(sealed_file=sealed_files.write(altered))
    answer = taken(world)
    assert answer.status_code == 500 and "打不开" in text_of(answer)
    assert not AuditEvent.objects.filter(action=Action.TAKE_ORIGINAL).exists()
