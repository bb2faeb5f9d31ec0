"""The pages of a round's end: seen through by a head, shown to the office, slice by slice."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework.ending import archive_contents, archiving
from intake.choices import Action, Status
from intake.models import (
    ArchivePart,
    AuditEvent,
    DestroyedSeal,
    Hold,
    RoundArchive,
    RoundPurge,
    Submission,
)
from intake.staff.keyring import COOKIE
from tests.intake.casework.ending.ended_world import AFTER, CANARY, World, make_world
from tests.logging_in import log_in
from tests.making import PASSWORD
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db
PROOF = "1234-5678-9012"
REASON = "（演示）有关案件还没有办完"


class Pages:
    """The world with a head and a clerk of the office logged in."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.head = log_in(Client(), self.world.head)
        self.office = log_in(Client(), self.world.office)

    @property
    def home(self) -> str:
        return f"/admin/ending/{self.world.intake.round.pk}/"

    def post(self, deed: str, *, by: Client | None = None, **fields: Any) -> Any:
        """The archive alone is signed."""
        signed = {"password": PASSWORD} if deed == "archive" else {}
        return (by or self.head).post(self.home, {"deed": deed, **signed, **fields})

    def run(self, task: str) -> Any:
        """Presses until it leads away."""
        for _ in range(200):
            answer = self.head.post(f"{self.home}{task}/")
            if answer.status_code == 302:
                return self.head.get(answer["Location"])
        raise AssertionError(f"{task} has no end")


standing = standing_world(Pages, at=AFTER)


@pytest.fixture
def pages(
    standing: Callable[[], Pages],
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Pages:
    settings.SIMULATED_NOW, settings.ARCHIVE_ROOT = AFTER, tmp_path
    monkeypatch.setattr(archive_contents, "new_proof", lambda: PROOF)
    return standing()


def test_a_head_goes_from_the_archive_to_the_end(pages: Pages):
    world, slug = pages.world, pages.world.intake.round.slug
    assert "都办完了" in text_of(pages.head.get(pages.home))
    assert pages.post("purge", slug=slug, proof=PROOF).status_code == 422

    begun = pages.post("archive", recipient=f" {world.archive_key.recipient} ")
    assert begun["Location"] == f"{pages.home}archive/"
    assert "逐份打开核对过" in text_of(pages.run("archive"))
    taken: Any = pages.head.post(f"{pages.home}take/")
    with zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as whole:
        assert len(whole.namelist()) == RoundArchive.objects.get().part_count + 3
        assert whole.testzip() is None
    assert AuditEvent.objects.filter(action=Action.TAKE_ARCHIVE).count() == 1

    wrong = pages.post("purge", slug=slug, proof="1")
    assert wrong.status_code == 422 and "接收确认码不对" in text_of(wrong)
    assert pages.post("purge", slug=slug, proof=PROOF)["Location"] == f"{pages.home}purge/"
    assert "清理完成" in text_of(pages.run("purge"))
    assert audit.verify().problems == ()

    listed = f"{pages.home}destroyed/"
    assert f'href="{listed}"' in pages.head.get(pages.home).content.decode()
    assert pages.office.get(listed).status_code == pages.office.post(listed).status_code == 403
    page = text_of(pages.head.get(listed))
    count = DestroyedSeal.objects.count()
    assert f"一共 {count} 份" in page and world.named.display_number in page
    table: Any = pages.head.post(listed)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(table.streaming_content))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == count + 1
    assert world.named.sealed_digest in {row[5] for row in rows}
    assert AuditEvent.objects.get(action=Action.TAKE_DESTROYED).detail == {"count": count}

    item = pages.head.get(world.named.get_absolute_url())
    assert item.status_code == 403 and CANARY not in text_of(item)
    assert world.named.display_number in text_of(pages.head.get("/admin/intake/submission/"))


def test_an_archive_is_signed_with_the_own_password(pages: Pages):
    key = pages.world.archive_key.recipient
    for typed, told in (("", "请输入您自己的登录密码"), ("wrong", "密码不对")):
        unsigned = pages.post("archive", recipient=key, password=typed)
        assert unsigned.status_code == 422 and told in text_of(unsigned)
    assert not RoundArchive.objects.exists()


def test_a_hold_stops_the_purge_until_a_head_lifts_it(pages: Pages):
    world, slug = pages.world, pages.world.intake.round.slug
    pages.post("archive", recipient=world.archive_key.recipient)
    pages.run("archive")
    number = world.named.display_number

    assert "没有这个编号" in text_of(pages.post("hold", by=pages.office, number="9", reason="x"))
    assert pages.post("hold", by=pages.office, number=number).status_code == 422
    pages.post("hold", by=pages.office, number=number, reason=REASON)
    seen = text_of(pages.office.get(pages.home))
    assert REASON in seen and number in seen and "解除暂缓" not in seen
    assert REASON.encode() not in bytes(Hold.objects.get().sealed_reason)

    assert "暂缓归档和销毁" in text_of(pages.office.get(world.named.get_absolute_url()))

    refused = pages.post("purge", slug=slug, proof=PROOF)
    assert refused.status_code == 422 and "已经暂缓，要先由负责人解除" in text_of(refused)
    held = Hold.objects.get()
    assert pages.post("lift", by=pages.office, hold=held.pk).status_code == 403
    pages.post("lift", hold=held.pk)
    assert "已经解除" in text_of(pages.post("lift", hold=held.pk))

    pages.post("purge", slug=slug, proof=PROOF)
    pages.post("hold", reason=REASON)
    pages.head.post(f"{pages.home}purge/")
    assert RoundPurge.objects.get().finished_at is None
    assert "已经暂缓，要先由负责人解除" in text_of(pages.head.get(pages.home))
    assert audit.verify().problems == ()


def test_the_office_sees_what_is_left_and_ends_nothing(pages: Pages):
    Submission.objects.filter(pk=pages.world.dropped.pk).update(status=Status.CLOSED)
    page = pages.office.get(pages.home)
    assert f'href="{pages.world.dropped.get_absolute_url()}"' in page.content.decode()
    assert "只有打得开这一轮全部受理席" in text_of(page)
    for task in ("archive", "purge"):
        assert pages.office.post(f"{pages.home}{task}/").status_code == 403
        assert pages.post(
            task, by=pages.office, recipient="a", slug="b", proof="c"
        ).status_code in (
            403,
            422,
        )
    assert not RoundArchive.objects.exists()


def test_a_disk_that_is_full_is_told_and_gone_on_from(pages: Pages, settings: Settings):
    pages.post("archive", recipient=pages.world.archive_key.recipient)
    folder = Path(RoundArchive.objects.get().folder)
    folder.parent.mkdir(exist_ok=True)
    folder.write_bytes(b"in the way")
    stopped = pages.head.post(f"{pages.home}archive/", follow=True)
    assert "磁盘写不下" in text_of(stopped)
    folder.unlink()
    assert "逐份打开核对过" in text_of(pages.run("archive"))


def test_a_session_that_is_lost_in_the_middle_of_an_archive_loses_nothing(pages: Pages):
    head = pages.world.head
    pages.post("archive", recipient=pages.world.archive_key.recipient)
    address, archive = f"{pages.home}archive/", RoundArchive.objects.get()
    next(archiving.go_on(archive, keyring_for(head), by=head, at=AFTER))
    written = ArchivePart.objects.count()
    assert written > 0 and not RoundArchive.objects.get().is_verified
    lost = pages.head.cookies.pop(COOKIE)
    answer = pages.head.post(address)
    assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
    assert ArchivePart.objects.count() == written
    pages.head.cookies[COOKIE] = lost.value
    assert "逐份打开核对过" in text_of(pages.run("archive"))
    assert audit.verify().problems == ()
