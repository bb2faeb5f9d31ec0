"""The page of a file's copies as a clerk meets it: pressed, made beside, seen; nobody else's."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.admin.evidence.copies_beside import CopiesBeside
from intake.admin.evidence.copy_parts import MOST_AT_ONCE
from intake.casework.together import recusing
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.apart.made_copies import Progress
from intake.casework.viewing.copy_jobs import MOST_JOBS, ROOM, Job
from intake.casework.viewing.kept_copies import Part, store
from intake.choices import Action, CopySort, CopyState
from intake.models import Attachment, AuditEvent, CopyMaking, SealedPart, StaffUser, ViewingCopy
from intake.report.draft import Attachment as File
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 9000


@dataclass
class Looking:
    """A long picture, a broken one and an OFD on a desk; its clerk, and one of another desk."""

    intake: Intake
    user: StaffUser
    clerk: Client
    stranger: Client
    long: Attachment
    broken: Attachment
    ofd: Attachment


def make_looking() -> Looking:
    intake = make_intake(teams=2)
    user = make_clerk(intake, intake.desks[0])
    stranger = log_in(Client(), make_clerk(intake, intake.desks[1]))
    files = (
        File.of_bytes("聊天.jpg", "jpeg", corpus.picture(size=(200, 3000))),
        File.of_bytes("坏.jpg", "jpeg", corpus.picture()[:200]),
        File.of_bytes("红头.ofd", "ofd", b"PK"),
    )
    rows = send(intake, intake.targets[0], attachments=files).attachments.order_by("position")
    return Looking(intake, user, log_in(Client(), user), stranger, *rows)


standing = standing_world(make_looking, at=INSIDE)
Commits = Callable[..., Any]


@pytest.fixture
def world(standing: Callable[[], Looking], settings: Any) -> Looking:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def address(row: Attachment, part: str = "") -> str:
    return f"/admin/intake/submission/{row.submission_id}/attachment/{row.pk}/copies/{part}"


def press(world: Looking, row: Attachment, commits: Commits, **typed: Any) -> Job | None:
    """The job as the thread would have it; here the test is the thread."""
    with commits() as begun:
        answer = world.clerk.post(address(row), typed)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, address(row))
    return begun[-1].__self__ if begun else None


def made(world: Looking, row: Attachment, commits: Commits) -> CopyMaking:
    job = press(world, row, commits)
    assert job
    job.run()
    return CopyMaking.objects.get(pk=job.making.pk)


def with_film(world: Looking, row: Attachment, commits: Commits) -> str:
    """The address of a film that was made, as the page gives it out."""
    making = made(world, row, commits)
    store(making, Part(CopySort.FILM, 1, "video/webm", FILM))
    return part_in(text_of(world.clerk.get(address(row))), "film")


def part_in(page: str, sort: str) -> str:
    found = re.search(rf'src="([^"]*/copies/1-{sort}-1/[^"]*)"', page)
    assert found, page
    return found[1]


def test_it_is_pressed_goes_on_beside_and_is_seen(
    world: Looking, django_capture_on_commit_callbacks: Commits
):
    clerk, row = world.clerk, world.long
    assert "做副本</button>" in text_of(clerk.get(address(row)))
    job = press(world, row, django_capture_on_commit_callbacks)
    assert job
    job._tell(Progress(3, 5))
    job._say_how_far()
    page = text_of(clerk.get(address(row)))
    assert "正在做：3／5" in page and "<figure" not in page
    told = clerk.get(address(row, "progress/")).json()
    assert told == {"goesOn": True, "words": "：3／5", "done": 3, "total": 5}
    assert press(world, row, django_capture_on_commit_callbacks) is None
    assert not AuditEvent.objects.filter(action=Action.VIEW_EVIDENCE).exists()
    job.run()
    assert clerk.get(address(row, "progress/")).json()["goesOn"] is False
    answer = clerk.get(address(row))
    page = text_of(answer)
    count = page.count("<figure")
    assert "副本：聊天.jpg" in page and count == ViewingCopy.objects.count() - 1 > 2
    assert "media-src 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    picture = clerk.get(part_in(page, "picture"))
    assert picture.getvalue().startswith(b"\xff\xd8")
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in picture["Cache-Control"]
    looks = AuditEvent.objects.filter(action=Action.VIEW_EVIDENCE)
    (look,) = looks
    assert look.detail["shown"] == "picture" and look.detail["shown_count"] == count


@pytest.mark.parametrize("cut", ["in the middle", "gone"])
def test_a_copy_that_was_damaged_is_made_anew_when_somebody_asks(
    world: Looking, django_capture_on_commit_callbacks: Commits, cut: str
):
    clerk, row = world.clerk, world.long
    first = made(world, row, django_capture_on_commit_callbacks)
    assert press(world, row, django_capture_on_commit_callbacks) is None
    copy = first.copies.exclude(sort=CopySort.TOLD).latest("pk")
    parts = SealedPart.objects.filter(file=copy.sealed_file)
    sealed = bytes(parts.get().piece)
    half = len(sealed) // 2
    if cut == "gone":
        parts.delete()
    else:
        parts.update(piece=sealed[:half] + bytes([sealed[half] ^ 1]) + sealed[half + 1 :])
    page = text_of(clerk.get(address(row)))
    assert "上次做的副本坏了" in page and "再做一次</button>" in page and "<figure" not in page
    assert not AuditEvent.objects.filter(action=Action.VIEW_EVIDENCE).exists()
    made(world, row, django_capture_on_commit_callbacks)
    assert "<figure" in text_of(clerk.get(address(row)))
    assert not parts.exists()


def test_what_is_told_of_all_files_is_read_together(
    world: Looking, django_capture_on_commit_callbacks: Commits
):
    rows = [world.long, world.broken]
    for row in rows:
        made(world, row, django_capture_on_commit_callbacks)
    reader = Reader(world.long.submission, keyring_for(world.user))
    with CaptureQueriesContext(connection) as asked:
        beside = CopiesBeside(rows, reader)
        told = [beside.told_of(row) for row in rows]
    assert (len(asked), told[0].problem, told[1].problem[:8]) == (3, "", "这张图片已经损坏")


def test_why_there_is_none_is_said_and_it_can_be_tried_again(
    world: Looking, django_capture_on_commit_callbacks: Commits
):
    assert made(world, world.broken, django_capture_on_commit_callbacks).state == CopyState.FAILED
    page = text_of(world.clerk.get(address(world.broken)))
    assert "已经损坏" in page and "再做一次</button>" in page
    assert not AuditEvent.objects.filter(action=Action.VIEW_EVIDENCE).exists()
    assert "只能取原件" in text_of(world.clerk.get(address(world.ofd)))
    assert world.clerk.post(address(world.ofd)).status_code == 422


def test_what_waits_is_bounded_in_words(world: Looking, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ROOM, "jobs", MOST_JOBS)
    answer = world.clerk.post(address(world.long))
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert "副本多" in text_of(answer)
    assert not CopyMaking.objects.exists()


@pytest.mark.parametrize("first", ["0", "2", "x", "-9", "11.", "100011", "١", ""])
def test_no_other_pages_are_asked_for_than_the_page_offers(world: Looking, first: str):
    assert world.clerk.get(address(world.long), {"first": first}).status_code == 400
    assert world.clerk.post(address(world.long), {"first": first}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-", 0, MOST_AT_ONCE),
        ("bytes=5-9", 5, 10),
        ("bytes=2000000-", 2_000_000, len(FILM)),
        ("bytes=-7", len(FILM) - 7, len(FILM)),
        ("bytes=0-99999999", 0, MOST_AT_ONCE),
        ("bytes=99999999-", None, None),
        ("bytes=9-5", None, None),
        ("bytes=-0", None, None),
        ("bytes=0-1,5-6", None, None),
        ("lines=0-1", None, None),
    ],
)
def test_a_film_comes_in_the_ranges_that_are_played(
    world: Looking,
    django_capture_on_commit_callbacks: Commits,
    asked: str,
    first: int | None,
    end: int,
):
    where = with_film(world, world.long, django_capture_on_commit_callbacks)
    answer = world.clerk.get(where, HTTP_RANGE=asked)
    if first is None:
        assert answer.status_code == 416
        assert answer["Content-Range"] == f"bytes */{len(FILM)}"
        return
    assert answer.status_code == 206
    assert answer.content == FILM[first:end]
    assert answer["Content-Range"] == f"bytes {first}-{end - 1}/{len(FILM)}"
    whole = world.clerk.get(where)
    assert (whole.getvalue(), whole["Content-Length"]) == (FILM, str(len(FILM)))
    assert AuditEvent.objects.filter(action=Action.VIEW_EVIDENCE).count() == 1


def test_a_copy_is_only_for_who_had_its_page_in_this_session_and_may_read_the_item(
    world: Looking, django_capture_on_commit_callbacks: Commits
):
    where = with_film(world, world.long, django_capture_on_commit_callbacks)
    told = where.replace("1-film-1", "1-told-1")
    colleague = log_in(Client(), make_clerk(world.intake, world.intake.desks[0]))
    for client in (world.stranger, colleague):
        assert client.get(where).status_code == 404
    assert world.clerk.get(told).status_code == 404
    assert world.clerk.get(where.split("?")[0]).status_code == 404
    assert world.clerk.get(where.replace("1-film-1", "1-film-2")).status_code == 404
    other = where.replace(str(world.long.pk), str(world.broken.pk))
    assert world.clerk.get(other).status_code == 404
    for page in (address(world.long), address(world.long, "progress/")):
        assert world.stranger.get(page).status_code == 404
    assert world.stranger.post(address(world.long)).status_code == 404
    assert world.clerk.get(where).status_code == 200
    assert log_in(Client(), world.user).get(where).status_code == 404


def test_who_is_kept_out_of_the_item_sees_no_more_of_it(
    world: Looking, django_capture_on_commit_callbacks: Commits
):
    where = with_film(world, world.long, django_capture_on_commit_callbacks)
    office = make_clerk(world.intake, world.intake.office)
    recusing.order(world.long.submission, world.user, reason="（演示）", by=office, at=INSIDE)
    for gone in (where, address(world.long), address(world.long, "progress/")):
        assert world.clerk.get(gone).status_code == 404
    assert world.clerk.post(address(world.long)).status_code == 404


def test_a_copy_that_was_exchanged_is_told_as_damaged(
    world: Looking, django_capture_on_commit_callbacks: Commits
):
    where = with_film(world, world.long, django_capture_on_commit_callbacks)
    other = ViewingCopy.objects.filter(sort=CopySort.PICTURE).first()
    assert other
    name = other.sealed_file
    other.delete()
    ViewingCopy.objects.filter(sort=CopySort.FILM).update(sealed_file=name)
    answer = world.clerk.get(where)
    assert answer.status_code == 500 and "打不开" in text_of(answer)
