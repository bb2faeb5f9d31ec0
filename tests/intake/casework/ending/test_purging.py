"""The end of a round: nothing of it opens any more, and the counts and the audit stay."""

import hashlib
import io
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import BinaryField
from pytest_django.fixtures import Settings

from inspection.current import read
from inspection.models import Round
from intake import audit
from intake.casework import opening
from intake.casework.ending import archive_contents, purging
from intake.casework.ending.archive_words import CONTENTS, SUMS
from intake.casework.ending.purging import CannotPurge
from intake.casework.registering import RoundIsPurged, take_in
from intake.choices import Action, Status, Way
from intake.filing.sealed_table import SEALED_TO_DESKS
from intake.keeping import sealed_files
from intake.models import (
    AuditEvent,
    DeskAccess,
    DestroyedSeal,
    ItemDigest,
    RoundArchive,
    RoundPurge,
    Submission,
)
from intake.retention import destroying
from intake.staff.keyring import NoDeskAccess
from tests.intake.casework.ending.ended_world import LATER, World, make_world
from tests.intake.keeping.kept import kept_contents
from tests.making import make_draft
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db
standing = standing_world(make_world)
PROOF = "1234-5678-9012"


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def archived(world: World, folder: Path) -> RoundArchive:
    """Verified, with words of proof that the test knows."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(archive_contents, "new_proof", lambda: PROOF)
        return world.archived(folder)


def begin(world: World, **changes: Any) -> RoundPurge:
    told = {"slug": world.intake.round.slug, "proof": PROOF, "by": world.head, "at": LATER}
    return purging.begin(world.intake.round, **{**told, **changes})


def purged(world: World, folder: Path) -> RoundPurge:
    archived(world, folder)
    purge = begin(world)
    list(purging.go_on(purge, by=world.head, at=LATER))
    return purge


def everything_sealed() -> list[bytes]:
    """Every sealed value that a row still has, of the round's own kinds, and every sealed file."""
    rows = [
        bytes(getattr(row, name))
        for kind in SEALED_TO_DESKS
        for row in kind.model._default_manager.all()
        for name in kind.columns
        if isinstance(kind.model._meta.get_field(name), BinaryField)
    ]
    rows += [bytes(one.sealed_identity) for one in DeskAccess.objects.all()]
    return [content for content in (*rows, *kept_contents()) if content]


def test_nothing_sealed_is_left_and_what_was_is_listed(world: World, tmp_path: Path):
    before = Submission.objects.values_list("pk", "status", "nature", "number", "sealed_digest")
    counts, sealed = list(before), len(everything_sealed())
    purge = purged(world, tmp_path)

    assert everything_sealed() == []
    assert list(before.all()) == counts
    assert DestroyedSeal.objects.filter(purge=purge).count() == sealed
    mine = DestroyedSeal.objects.get(kind="submission", row_key=str(world.named.pk))
    assert (mine.digest, mine.number) == (world.named.sealed_digest, world.named.display_number)
    assert purge.finished_at == LATER and purge.archive.name in str(RoundArchive.objects.get())
    assert not ItemDigest.objects.exists()
    assert audit.verify().problems == ()
    with pytest.raises(NoDeskAccess, match="清理"):
        opening.open(world.named, keyring_for(world.clerk), by=world.clerk, at=LATER)


def in_the_file(content: bytes) -> bool:
    """Whether the database's own file would hold it, on pages that are free as well."""
    return content in connection.connection.serialize()


def test_what_was_emptied_is_overwritten_in_the_file(world: World, tmp_path: Path):
    """PostgreSQL is told of by words: what it keeps is no file of one database."""
    item = Submission.objects.get(pk=world.dropped.pk)
    piece = bytes(item.sealed)[-48:]
    is_sqlite = connection.vendor == "sqlite"
    assert not is_sqlite or in_the_file(piece)
    purged(world, tmp_path / "out")
    assert not is_sqlite or not in_the_file(piece)
    assert any("VACUUM FULL" in one for one in destroying.left_to_people()) is not is_sqlite


def test_what_stands_in_the_way_is_said_before_anything_is_destroyed(world: World, tmp_path: Path):
    def refused(**changes: Any) -> str:
        with pytest.raises(CannotPurge) as found:
            begin(world, **changes)
        assert not RoundPurge.objects.exists() and not DestroyedSeal.objects.exists()
        return str(found.value)

    assert "请先归档，再清理" in refused()
    archived(world, tmp_path)
    assert "代号不对" in refused(slug="another")
    assert "接收确认码不对" in refused(proof="1234-5678-9013")
    for user in (world.office, world.clerk):
        with pytest.raises(PermissionDenied):
            begin(world, by=user)
    Submission.objects.filter(pk=world.named.pk).update(version=9)
    assert "又有改动" in refused()
    Submission.objects.filter(pk=world.named.pk).update(status=Status.CLOSED)
    assert "还有 1 件没有归档" in refused()


def test_a_file_of_the_archive_that_is_gone_or_damaged_stops_it_before_anything_goes(
    world: World, tmp_path: Path
):
    sealed = len(everything_sealed())
    archive = archived(world, tmp_path)
    part = Path(archive.folder) / archive.parts.get(position=2).file_name
    whole = part.read_bytes()
    contents = Path(archive.folder) / CONTENTS
    for spoil in (part.unlink, lambda: part.write_bytes(whole[:-1]), contents.unlink):
        purge = begin(world)
        spoil()
        with pytest.raises(CannotPurge, match="少了或者坏了，什么也没有清理"):
            list(purging.go_on(purge, by=world.head, at=LATER))
        assert len(everything_sealed()) == sealed
        assert not RoundPurge.objects.exists() and not DestroyedSeal.objects.exists()
        part.write_bytes(whole)
    assert AuditEvent.objects.filter(action=Action.DROP_PURGE).count() == 3
    # Another can be made, and the purge goes by that.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(archive_contents, "new_proof", lambda: PROOF)
        again = world.start(tmp_path, at=LATER)
        world.go_on(again, at=LATER)
    list(purging.go_on(begin(world), by=world.head, at=LATER))
    assert everything_sealed() == [] and RoundPurge.objects.get().archive == again
    assert audit.verify().problems == ()


def test_where_the_folder_is_gone_the_archive_says_what_it_has(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
):
    archive = archived(world, tmp_path)
    sums = hashlib.sha256((Path(archive.folder) / SUMS).read_bytes()).hexdigest()
    shutil.rmtree(archive.folder)
    for said in ("", sums[:15], "0" * 16, sums[::-1]):
        with pytest.raises(CannotPurge, match="不在服务器上"):
            begin(world, sums=said)
    assert not RoundPurge.objects.exists()
    settings.SIMULATED_NOW, slug = LATER, world.intake.round.slug
    answers = f"{slug}\n{PROOF}\n{sums[:16].upper()}\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    call_command("purge_round", slug, stdout=io.StringIO())
    assert everything_sealed() == []


# Where the work breaks off: at the so-manieth statement of this kind.
_BREAKS = [
    *(('INSERT INTO "intake_auditevent"', times) for times in (0, 1, 4, 7)),
    *(('UPDATE "intake_', times) for times in (0, 4, 9)),
    *(('DELETE FROM "intake_sealedpart"', times) for times in (0, 2)),
]


@pytest.mark.parametrize(("statement", "times"), _BREAKS)
def test_a_crash_anywhere_is_gone_on_from(
    world: World,
    tmp_path: Path,
    statement: str,
    times: int,
):
    archived(world, tmp_path)
    purge, left, sealed = begin(world), iter(range(times)), len(everything_sealed())

    def breaks() -> None:
        if next(left, None) is None:
            raise OSError("the power is gone")

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(statement):
            breaks()
        return execute(sql, *rest)

    with connection.execute_wrapper(run), pytest.raises(OSError, match="power"):
        list(purging.go_on(purge, by=world.head, at=LATER))
    assert audit.verify().problems == ()

    again = begin(world, at=LATER + timedelta(days=1))
    list(purging.go_on(again, by=world.head, at=LATER + timedelta(days=1)))
    assert again == purge and everything_sealed() == []
    assert DestroyedSeal.objects.count() == sealed
    assert AuditEvent.objects.filter(action=Action.END_PURGE).count() == 1
    assert audit.verify().problems == ()


def test_whoever_empties_a_row_by_hand_is_named(world: World, tmp_path: Path):
    archived(world, tmp_path)
    Submission.objects.filter(pk=world.named.pk).update(sealed=b"")
    assert any("封存的内容被改过" in one for one in audit.verify().problems)
    begun = RoundPurge.objects.create(
        round=world.intake.round, archive=RoundArchive.objects.get(), started_at=LATER
    )
    DestroyedSeal.objects.create(
        purge=begun,
        kind="submission",
        column="sealed",
        row_key=str(world.named.pk),
        digest=world.named.sealed_digest,
        destroyed_at=LATER,
    )
    assert any("没有留痕" in one for one in audit.verify().problems)


def test_what_is_listed_and_still_there_is_named(world: World, tmp_path: Path):
    purged(world, tmp_path)
    name = sealed_files.write(b"back again")
    world.named.attachments.filter(supplement=None).update(sealed_file=name)
    assert any("内容却还在" in one for one in audit.verify().problems)


def test_nothing_more_is_registered_in_a_round_that_nobody_can_open(world: World, tmp_path: Path):
    purged(world, tmp_path)
    with pytest.raises(RoundIsPurged, match="已经清理"):
        take_in(
            make_draft(),
            published=read(Round.objects.get(pk=world.intake.round.pk)),
            way=Way.LETTER,
            received_at=LATER,
            by=world.office,
        )
    assert Submission.objects.count() == 3


def test_the_command_asks_twice(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
):
    settings.SIMULATED_NOW = LATER
    slug = world.intake.round.slug

    def run(*answers: str) -> str:
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
        call_command("purge_round", slug, stdout=out)
        return out.getvalue()

    with pytest.raises(CommandError, match="请先归档，再清理"):
        run(slug, PROOF)
    archived(world, tmp_path)
    for answers in ((), (slug,), (slug, "0"), ("other", PROOF)):
        with pytest.raises(CommandError, match="没有清理"):
            run(*answers)
    assert not RoundPurge.objects.exists()
    assert "清理完成" in run(slug, PROOF.replace("-", " "))
    assert everything_sealed() == []
