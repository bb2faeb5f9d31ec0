"""销毁清单: what a purge destroyed, for the page and as a table to keep. Taking it is audited."""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Count, QuerySet

from intake import audit
from intake.choices import Action
from intake.models import DestroyedSeal, RoundPurge, StaffUser
from intake.papers.sheets.flowing_workbook import FlowingWorkbook, Told
from intake.papers.sheets.sheet_columns import Kind, SheetColumn, Value

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


def take(purge: RoundPurge, *, by: StaffUser, at: datetime) -> Iterator[bytes]:
    """The whole list as a workbook; the event stands before the first byte.

    It names items of every desk, so whoever gives it asks `may_end` first.
    """
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
