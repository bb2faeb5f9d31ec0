"""How rows must stand by the events that a check has read: kept in rows, read back when needed.

The sum of their codes under the key stands in the course, so that none is changed or taken away
unseen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from intake.audit.history import Known
from intake.audit.keyed import code_of
from intake.models import AuditCheck, AuditEvent, CheckedRow

# Kind and key of a row, as events name it.
RowKey = tuple[str, str]
SUM = 2**128
_AT_ONCE = 400


def touched_by(event: AuditEvent) -> Iterator[RowKey]:
    """What a genuine event says something of."""
    for part in ("made", "changed", "removed"):
        for name, keys in event.covers.get(part, {}).items():
            for key in keys:
                yield name, str(key)


def load(check: AuditCheck, keys: Iterable[RowKey]) -> dict[RowKey, Known]:
    """Of these rows, those that the check knows."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in keys:
        by_kind[kind].append(key)
    found: dict[RowKey, Known] = {}
    for kind, some in by_kind.items():
        for at in range(0, len(some), _AT_ONCE):
            rows = CheckedRow.objects.filter(
                of_check=check, kind=kind, key__in=some[at : at + _AT_ONCE]
            )
            found |= {(kind, row.key): known_of(row) for row in rows}
    return found


def keep(check: AuditCheck, keys: Iterable[RowKey], known: dict[RowKey, Known]) -> None:
    """Stores these rows as they are known now; what is not known any more goes."""
    gone: dict[str, list[str]] = defaultdict(list)
    kept = []
    for kind, key in keys:
        one = known.get((kind, key))
        if one is None:
            gone[kind].append(key)
            continue
        said = {"event": one.event, "columns": ",".join(one.columns), "prints": one.prints}
        kept.append(CheckedRow(of_check=check, kind=kind, key=key, **said))
    CheckedRow.objects.bulk_create(
        kept,
        batch_size=_AT_ONCE // 2,
        update_conflicts=True,
        unique_fields=["of_check", "kind", "key"],
        update_fields=["event", "columns", "prints"],
    )
    for kind, some in gone.items():
        for at in range(0, len(some), _AT_ONCE):
            rows = CheckedRow.objects.filter(of_check=check, kind=kind)
            rows.filter(key__in=some[at : at + _AT_ONCE]).delete()


def known_of(row: CheckedRow) -> Known:
    """As a history has it."""
    return Known(row.event, tuple(row.columns.split(",")), row.prints)


def sum_of(check: AuditCheck, known: dict[RowKey, Known]) -> int:
    """Of all codes of these rows; each says of which check, which row, and what is known."""
    return sum(_code(check, *key, one) for key, one in known.items()) % SUM


def _code(check: AuditCheck, kind: str, key: str, known: Known) -> int:
    said = (check.pk, kind, key, known.event, ",".join(known.columns), known.prints)
    return int(code_of("checked row", *said)[:32], 16)
