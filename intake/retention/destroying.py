"""Destroys what is sealed in a round, row by row, and lists each thing that is no more. Audited.

The identities go first: what a crash leaves is unreadable already. Rows stay, with all that
statistics count and with their digests; only what was sealed in them is emptied. What was done
stands in the list, so that any step may be the last.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import product
from typing import Any

from django.db import connection, transaction

from intake import audit
from intake.choices import Action
from intake.filing.sealed_table import SEALED_TO_DESKS, SealedKind
from intake.keeping import sealed_files
from intake.models import (
    Desk,
    DeskAccess,
    DestroyedSeal,
    RoundPurge,
    StaffUser,
    Submission,
)
from intake.retention.unsaved_of_round import remove_unsaved
from intake.stepping.slices import Progress

# Rows in one transaction and one event; a citizen's report elsewhere waits no longer than for them.
MOST_AT_ONCE = 50


def go_on(purge: RoundPurge, *, by: StaffUser | None, at: datetime) -> Iterator[Progress]:
    """From wherever it stands to the end; each progress is committed."""
    _overwrite_what_is_freed()
    _destroy_identities(purge, by=by, at=at)
    left = list(_left(purge))
    total = sum(len(keys) for _, keys in left)
    done = DestroyedSeal.objects.filter(purge=purge).count()
    yield Progress(done, done + total, words="受理席的私钥已经销毁")
    for kind, keys in left:
        for start in range(0, len(keys), MOST_AT_ONCE):
            _empty(purge, kind, keys[start : start + MOST_AT_ONCE], by=by, at=at)
            done += len(keys[start : start + MOST_AT_ONCE])
            yield Progress(done, done + total, words="逐项清理")
    for name in _file_names(purge):
        sealed_files.remove(name)
    remove_unsaved(purge.round)
    _end(purge, by=by, at=at)
    _empty_the_log_of_the_file()
    yield Progress(done, done, is_over=True)


def _overwrite_what_is_freed() -> None:
    """SQLite else leaves what was deleted in free pages of its file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _empty_the_log_of_the_file() -> None:
    """SQLite keeps older pages beside its file, until all of that is written into it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def left_to_people() -> list[str]:
    """What the program does not reach, and people destroy afterwards."""
    told = ["这一轮的离线恢复文件，两份都要；", "数据库和封存文件的旧备份。"]
    if connection.vendor == "postgresql":
        told[-1] = "数据库和封存文件的旧备份；"
        told.append("请管理服务器的人在 PostgreSQL 里运行一次 VACUUM FULL，并让旧的 WAL 文件过期。")
    return told


def _destroy_identities(purge: RoundPurge, *, by: StaffUser | None, at: datetime) -> None:
    """In one transaction: no desk of the round opens any more, by any member or through another."""
    with transaction.atomic():
        audit.checkpoint(at=at)
        desks = [one for one in Desk.objects.filter(round=purge.round) if one.sealed_identity]
        of_round = DeskAccess.objects.filter(desk__round=purge.round).select_related("desk", "user")
        rows: list[Any] = [*desks, *(one for one in of_round if one.sealed_identity)]
        if not rows:
            return
        seals = [_seal_of(purge, row, "sealed_identity", "", at) for row in rows]
        for seal in seals:
            seal.save(force_insert=True)
        for row in rows:
            row.sealed_identity = b""
        audit.record(
            Action.PURGE_KEYS,
            by=by,
            at=at,
            obj=purge.round,
            made=seals,
            changed=rows,
            count=len(rows),
        )
        for row in rows:
            row.save(update_fields=["sealed_identity"])


def _left(purge: RoundPurge) -> Iterator[tuple[SealedKind, list[Any]]]:
    """By kind, the keys of the rows that the list does not have yet."""
    desks = list(Desk.objects.filter(round=purge.round))
    for kind in SEALED_TO_DESKS:
        if kind.model is Desk:
            continue
        known = DestroyedSeal.objects.filter(purge=purge, kind=kind.name)
        listed = set(known.values_list("row_key", flat=True))
        keys = [pk for desk in desks for pk in kind.rows(desk).values_list("pk", flat=True)]
        yield kind, [pk for pk in dict.fromkeys(keys) if str(pk) not in listed]


def _empty(
    purge: RoundPurge, kind: SealedKind, keys: list[Any], *, by: StaffUser | None, at: datetime
) -> None:
    """Some rows: listed and emptied together, their files too."""
    rows = kind.model._default_manager.filter(pk__in=keys).order_by("pk")
    with transaction.atomic():
        seals = [
            _seal_of(purge, row, column, digest, at)
            for row in rows
            for column, digest in kind.columns.items()
        ]
        for seal in seals:
            seal.save(force_insert=True)
        audit.record(Action.PURGE_ROWS, by=by, at=at, obj=purge.round, made=seals, count=len(seals))
        if kind.is_file:
            for row, column in product(rows, kind.columns):
                sealed_files.remove(getattr(row, column))
        else:
            rows.update(**dict.fromkeys(kind.columns, b""))


def _seal_of(purge: RoundPurge, row: Any, column: str, digest: str, at: datetime) -> DestroyedSeal:
    """What the list says of it; where the row has no digest, it is taken now."""
    taken = getattr(row, digest) if digest else audit.fingerprint(bytes(getattr(row, column)))
    return DestroyedSeal(
        purge=purge,
        kind=str(row._meta.model_name),
        column=column,
        row_key=str(row.pk),
        number=_number_of(row),
        digest=taken,
        destroyed_at=at,
    )


def _number_of(row: Any) -> str:
    """That of the item it belongs to; no name of a row holds a word of anybody's."""
    item = row if isinstance(row, Submission) else getattr(row, "submission", None)
    return item.display_number if item else ""


def _file_names(purge: RoundPurge) -> Iterator[str]:
    """Every file that the list names: a crash may have left one in an older site's folder."""
    for kind in SEALED_TO_DESKS:
        if not kind.is_file:
            continue
        for desk in Desk.objects.filter(round=purge.round):
            for column in kind.columns:
                yield from kind.rows(desk).values_list(column, flat=True).iterator(500)


def _end(purge: RoundPurge, *, by: StaffUser | None, at: datetime) -> None:
    if purge.finished_at is not None:
        return
    with transaction.atomic():
        purge.finished_at = at
        audit.record(
            Action.END_PURGE,
            by=by,
            at=at,
            obj=purge.round,
            changed=[purge],
            archive=purge.archive.name,
            count=DestroyedSeal.objects.filter(purge=purge).count(),
        )
        purge.save(update_fields=["finished_at"])
