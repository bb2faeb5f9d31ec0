"""The archive of a round: age opens it, a crash leaves it whole, nothing is in clear."""

import csv
import hashlib
import io
import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework.ending import archiving, holds, starting_archive
from intake.casework.ending.archived_item import entries_of
from intake.casework.ending.standing_in_way import obstacles
from intake.casework.ending.starting_archive import CannotArchive
from intake.choices import Action, Status, Way
from intake.keeping import sealed_files
from intake.models import (
    AppraisalEntry,
    ArchivePart,
    AuditEvent,
    RoundArchive,
    StaffUser,
    Submission,
)
from intake.retention.archive_folder import ArchiveDamaged
from intake.sealing.unsealing import CannotOpen
from tests.intake.casework.ending.ended_world import AFTER, CANARY, World, make_world
from tests.intake.casework.ending.reading_archives import cells_of, everything_in
from tests.logging_in import code_of, make_device
from tests.making import INSIDE, PASSWORD, make_clerk
from tests.running.files.written_files import written_files
from tests.running.standing_world import standing_world
from tests.sending import JPEG
from tests.staff_work import ADDED, keyring_for

pytestmark = pytest.mark.django_db
standing = standing_world(make_world)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def test_the_age_program_opens_all_of_it_and_the_digests_agree(world: World, tmp_path: Path):
    archive = world.archived(tmp_path / "out")
    found = everything_in(archive, world.archive_key, tmp_path)

    item = f"{world.named}/"
    told = json.loads(found[f"{item}信访件.json"])
    assert CANARY in told["来件"]["narrative"] and told["来件"]["reporter_phone"] == "13900001234"
    assert told["补充"][0]["narrative"] == ADDED
    assert told["办理卷"][0]["内容"]["abstract"] == f"{CANARY}摘要"
    assert f"反映内容：{CANARY}机动地" in found[f"{item}信访件.txt"].decode("utf-8-sig")
    originals = [name for name in found if "/原件/" in name]
    assert len(originals) == 2 and all(found[name] == JPEG for name in originals)
    assert any(name.startswith(item) and name.endswith(".docx") for name in found)
    ledger = openpyxl.load_workbook(io.BytesIO(found["信访台账（全要素版）.xlsx"])).worksheets[0]
    cells = [str(cell) for row in ledger.iter_rows(values_only=True) for cell in row if cell]
    assert str(world.named) in cells and f"{CANARY}摘要" in cells and f"{CANARY}名" in cells
    told_of = told["归档"]
    said = [told_of[name] for name in ("档号", "鉴定人", "复核人")]
    assert said == ["J001-WS·2025-D30-XF-0001", str(world.deputy), str(world.head)]
    assert [one["理由"] for one in told["理由"]] == [f"{CANARY}回避"]
    lists = found["归档和不归档清单.csv"].decode("utf-8-sig")
    assert all(one in lists for one in (told_of["档号"], f"{CANARY}空信封", str(world.of_head)))
    register = {str(world.dropped), "没有实质内容", f"鉴定：{world.deputy}；复核：{world.head}"}
    assert cells_of(found["不归档材料鉴定清单.docx"]) >= register
    assert f"{world.of_head}/信访件.json" in found
    assert not any(name.startswith(f"{world.dropped}/") for name in found)
    for one in json.loads(found[f"{item}目录.json"]):
        content = found[f"{item}{one['文件']}"]
        assert (one["大小"], one["SHA-256"]) == (len(content), hashlib.sha256(content).hexdigest())

    folder = Path(archive.folder)
    for one in json.loads(found["总目录.json"])["各份"]:
        sealed = (folder / one["文件"]).read_bytes()
        assert (one["大小"], one["SHA-256"]) == (len(sealed), hashlib.sha256(sealed).hexdigest())
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    rows = list(csv.reader(io.StringIO(found["总目录.csv"].decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]].count(str(world.named)) == 1
    assert [row[1] for row in rows if row[0] == str(world.dropped)] == ["没有归档"]
    (named,) = [row for row in rows if row[0] == str(world.named)]
    assert told_of["档号"] in named and str(world.deputy) in named and str(world.head) in named


@pytest.mark.parametrize(("way", "paper"), [(Way.PHONE, "来电记录"), (Way.VISIT, "来访登记表")])
def test_the_record_of_a_call_or_a_visit_goes_along(
    world: World, tmp_path: Path, way: Way, paper: str
):
    Submission.objects.filter(pk=world.named.pk).update(way=way)
    item = Submission.objects.select_related("round", "desk").get(pk=world.named.pk)
    keyring = keyring_for(world.head)
    names = [name for name, _ in entries_of(item, keyring, by=world.head, at=AFTER)]
    papers = [name for name in names if name.endswith(".docx") and "/原件/" not in name]
    assert f"{item}/{paper}.docx" in papers and len(papers) == 2


def test_each_part_is_an_event_and_the_audit_holds(world: World, tmp_path: Path):
    archive = world.archived(tmp_path)

    parts = AuditEvent.objects.filter(action=Action.ARCHIVE_PART)
    assert parts.count() == archive.part_count == ArchivePart.objects.count()
    assert AuditEvent.objects.filter(action=Action.VERIFY_ARCHIVE).count() == 1
    assert audit.verify().problems == ()


def test_no_word_lies_in_clear_on_any_disk(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    archive, seen = world.start(tmp_path / "out"), []
    with written_files() as written:
        for _ in archiving.go_on(archive, keyring_for(world.head), by=world.head, at=AFTER):
            seen += [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    # Sealed parts and the two that say nothing of any item, and nothing outside its folder.
    assert {Path(name).is_relative_to(archive.folder) for name in written} == {True}
    kinds = {"".join(Path(name).suffixes[-3:]) for name in written}
    assert kinds == {".zip.age.part", ".txt.part", ".part"}

    words = [CANARY.encode(), b"13900001234", world.named.display_number.encode()]
    assert seen and not [1 for content in seen for word in words if word in content]
    assert list(temporary.iterdir()) == []


# Where the disk fails: the call, and how often it still goes well.
_BOUNDARIES = [("fsync", count) for count in (0, 3, 17, 19)]
_BOUNDARIES += [("rename", count) for count in (0, 1, 7, 8, 9)]


@pytest.mark.parametrize(("call", "times"), _BOUNDARIES)
def test_a_crash_anywhere_is_gone_on_from(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, times: int
):
    archive, left = world.start(tmp_path / "out"), iter(range(times))
    real = os.fsync if call == "fsync" else os.rename

    def fails(*where: Any) -> None:
        if next(left, None) is None:
            raise OSError("the disk is full")
        real(*where)

    with monkeypatch.context() as patched:
        patched.setattr(*((os, "fsync", fails) if call == "fsync" else (Path, "replace", fails)))
        with pytest.raises(OSError, match="full"):
            world.go_on(archive)
    archive.refresh_from_db()
    contents = Path(archive.folder) / "contents.zip.age"
    assert archive.is_verified <= contents.with_name(f"{contents.name}.part").exists()

    world.go_on(archive)
    archive.refresh_from_db()
    assert archive.is_verified
    assert not list(Path(archive.folder).rglob("*.part"))
    names = sorted(path.name for path in Path(archive.folder).rglob("parts/*"))
    assert names == sorted(Path(part.file_name).name for part in archive.parts.all())
    assert f"{world.named}/信访件.json" in everything_in(archive, world.archive_key, tmp_path)
    assert audit.verify().problems == ()


def test_a_part_that_was_changed_on_the_disk_is_found_before_it_is_verified(
    world: World, tmp_path: Path
):
    archive = world.start(tmp_path)
    steps = archiving.go_on(archive, keyring_for(world.head), by=world.head, at=AFTER)
    next(steps), next(steps), next(steps)
    first = Path(archive.folder) / ArchivePart.objects.get(position=1).file_name
    first.write_bytes(first.read_bytes()[:-1])
    with pytest.raises(ArchiveDamaged):
        list(steps)

    world.go_on(archive)
    assert RoundArchive.objects.get().is_verified


def test_a_file_that_is_gone_stops_it_and_nothing_is_verified(world: World, tmp_path: Path):
    sealed_files.remove(world.named.attachments.get(supplement=None).sealed_file)
    archive = world.start(tmp_path)
    with pytest.raises(CannotOpen):
        world.go_on(archive)
    assert not RoundArchive.objects.get().is_verified


def obstacles_of(world: World, tmp_path: Path, **changes: Any) -> str:
    with pytest.raises(CannotArchive) as refused:
        starting_archive.start(
            world.intake.round,
            **{
                "recipient": world.archive_key.recipient,
                "folder": tmp_path,
                "by": world.head,
                "at": AFTER,
                **changes,
            },
        )
    assert not RoundArchive.objects.exists()
    return str(refused.value)


def test_it_says_item_by_item_what_stands_in_the_way(world: World, tmp_path: Path):
    Submission.objects.filter(pk=world.named.pk).update(status=Status.CLOSED)
    told = obstacles_of(world, tmp_path)
    assert "还有 1 件没有归档" in told and f"{world.named}：已办结" in told
    assert "才结束" in obstacles_of(world, tmp_path, at=INSIDE + timedelta(days=1))
    assert "age1" in obstacles_of(world, tmp_path, recipient="age1nonsense")
    assert "受理席自己的" in obstacles_of(world, tmp_path, recipient=world.intake.office.recipient)


def test_what_no_list_settled_or_somebody_holds_stands_in_the_way(world: World, tmp_path: Path):
    AppraisalEntry.objects.filter(submission__in=[world.named, world.dropped]).update(is_live=False)
    told = obstacles_of(world, tmp_path)
    assert "还有 2 件归档、不归档没有两个人签名的清单" in told
    assert f"{world.named}：已归档" in told and f"{world.dropped}：不归档" in told
    AppraisalEntry.objects.update(is_live=True)
    number = world.named.display_number
    held = holds.set_hold(world.intake.round, number, reason="x", by=world.office, at=AFTER)
    assert f"{world.named}已经暂缓" in obstacles_of(world, tmp_path)
    holds.lift(held, by=world.head, at=AFTER)
    archive = world.start(tmp_path)
    holds.set_hold(world.intake.round, "", reason="x", by=world.office, at=AFTER)
    with pytest.raises(CannotArchive, match="整轮已经暂缓"):
        world.go_on(archive)


def test_who_does_not_see_a_desk_is_told_of_no_item_of_it(world: World):
    """The office's clerk nothing at all, a head without the desk that there is something."""
    Submission.objects.filter(pk__in=[world.named.pk, world.of_head.pk]).update(
        status=Status.CLOSED
    )
    holds.set_hold(
        world.intake.round, world.of_head.display_number, reason="x", by=world.head, at=AFTER
    )
    half = make_clerk(world.intake, world.intake.office, may_approve=True)

    def told(by: StaffUser | None) -> str:
        return "".join(one.words for one in obstacles(world.intake.round, by=by, at=AFTER))

    of_head = str(world.of_head)
    assert "还有 1 件没有归档" in told(world.office) and "看不到" not in told(world.office)
    assert "暂缓" not in told(world.office) and of_head not in told(world.office)
    assert "还有 1 件没有归档" in told(half) and "您看不到的件里，还有几件没有归档" in told(half)
    assert "您看不到的件里，有已经暂缓的" in told(half) and of_head not in told(half)
    for by in (world.head, None):
        assert "还有 2 件没有归档" in told(by) and f"{of_head}已经暂缓" in told(by)
        assert "看不到" not in told(by)


def test_only_a_head_who_opens_every_desk_may(world: World, tmp_path: Path):
    for user in (world.office, world.clerk):
        with pytest.raises(PermissionDenied):
            starting_archive.start(
                world.intake.round,
                recipient=world.archive_key.recipient,
                folder=tmp_path,
                by=user,
                at=AFTER,
            )


def test_the_command_makes_it_and_goes_on(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
):
    settings.SIMULATED_NOW = AFTER
    key = world.archive_key.recipient

    def run(password: str, code: str) -> str:
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n{code}\n"))
        call_command(
            "archive_round",
            world.intake.round.slug,
            str(tmp_path),
            recipient=key,
            username=world.head.username,
            password_stdin=True,
            stdout=out,
        )
        return out.getvalue()

    with pytest.raises(CommandError, match="请先在网站上登录"):
        run(PASSWORD, "")
    device = make_device(world.head)
    for wrong in (("wrong", code_of(device)), (PASSWORD, ""), (PASSWORD, "000000")):
        with pytest.raises(CommandError, match="密码或验证码不对"):
            run(*wrong)
    assert AuditEvent.objects.filter(action=Action.LOGIN_FAILED).count() == 3
    begun = world.start(tmp_path)
    assert "逐份打开核对过" in run(PASSWORD, code_of(device))
    begun.refresh_from_db()
    assert begun.is_verified and RoundArchive.objects.count() == 1
