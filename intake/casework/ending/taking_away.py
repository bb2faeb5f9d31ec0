"""What is taken away at a round's end: the sealed archive, and what was destroyed. Audited."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet

from intake import audit
from intake.casework.ending import archive_words
from intake.casework.ending.starting_archive import may_end
from intake.choices import Action
from intake.models import DestroyedSeal, RoundArchive, RoundPurge, StaffUser
from intake.papers.sheets.flowing_workbook import FlowingWorkbook, Told
from intake.papers.sheets.sheet_columns import Kind, SheetColumn, Value
from intake.retention.zip_pieces import Entry, zipped

NAME = "销毁清单"
COLUMNS = (
    SheetColumn("序号", 8, Kind.COUNT),
    SheetColumn("信访编号", 14),
    SheetColumn("种类", 20),
    SheetColumn("栏目", 22),
    SheetColumn("内部编号", 38),
    SheetColumn("内容的指纹（SHA-256）", 66),
    SheetColumn("销毁时间", 18, Kind.MOMENT),
)


def take_archive(archive: RoundArchive, *, by: StaffUser, at: datetime) -> Iterator[bytes]:
    """The event stands before the first byte. Raises PermissionDenied."""
    if not may_end(archive.round, by):
        raise PermissionDenied
    with transaction.atomic():
        audit.record(
            Action.TAKE_ARCHIVE,
            by=by,
            at=at,
            obj=archive.round,
            archive=archive.name,
            count=archive.part_count,
        )
    return zipped(_files(archive), at=at)


def _files(archive: RoundArchive) -> Iterator[Entry]:
    """One at a time; a part is as large as the files of one item."""
    folder = Path(archive.folder)
    for name in (archive_words.README, archive_words.SUMS, archive_words.CONTENTS):
        yield f"{archive.name}/{name}", (folder / name).read_bytes()
    for part in archive.parts.all():
        yield f"{archive.name}/{part.file_name}", (folder / part.file_name).read_bytes()


def lines_of(purge: RoundPurge) -> "QuerySet[DestroyedSeal]":
    """In the order in which they were destroyed."""
    return DestroyedSeal.objects.filter(purge=purge).order_by("pk")


def counts_of(purge: RoundPurge) -> list[tuple[str, int]]:
    """Of each kind how many."""
    counted = DestroyedSeal.objects.filter(purge=purge).order_by("kind").values("kind")
    return [(kind_of(one["kind"]), one["count"]) for one in counted.annotate(count=Count("pk"))]


def kind_of(kind: str) -> str:
    """As its model is called."""
    return str(apps.get_model("intake", kind)._meta.verbose_name)


def column_of(seal: DestroyedSeal) -> str:
    """As its column is called."""
    try:
        field = apps.get_model("intake", seal.kind)._meta.get_field(seal.column)
    except FieldDoesNotExist:
        return seal.column
    return str(getattr(field, "verbose_name", seal.column))


def take_destroyed(purge: RoundPurge, *, by: StaffUser, at: datetime) -> Iterator[bytes]:
    """The whole list as a workbook; the event stands before the first byte.

    Raises PermissionDenied for who does not end this round: it names items of every desk.
    """
    if not may_end(purge.round, by):
        raise PermissionDenied
    count = lines_of(purge).count()
    with transaction.atomic():
        audit.record(Action.TAKE_DESTROYED, by=by, at=at, obj=purge.round, count=count)
    book = FlowingWorkbook(COLUMNS, name=NAME, count=count)
    told = Told([("轮次", purge.round.title), ("归档包", purge.archive.name), ("份数", str(count))])
    return book.pieces(_rows(purge), told)


def _rows(purge: RoundPurge) -> Iterator[list[Value]]:
    zone = purge.round.zone
    for place, one in enumerate(lines_of(purge).iterator(500), start=1):
        destroyed = one.destroyed_at.astimezone(zone).replace(tzinfo=None)
        words = (one.number, kind_of(one.kind), column_of(one), one.row_key, one.digest)
        yield [place, *words, destroyed]
