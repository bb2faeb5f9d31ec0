"""The stages of a check, each in small batches: events, rows, rows that are gone, sums, seals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from intake.audit.chain import is_genuine
from intake.audit.checking import known_rows
from intake.audit.checking.course import Course
from intake.audit.checking.known_rows import SUM, RowKey
from intake.audit.covered import COVERED, Covered
from intake.audit.history import LAST_NUMBER, History, Known, as_they_stand
from intake.audit.seals import SEALS, problems_of_some
from intake.audit.verification import differences, look_again
from intake.models import AuditCheck, AuditEvent, CheckedRow
from intake.models.stored_values import UNREADABLE

EVENTS_AT_ONCE, ROWS_AT_ONCE, SEALS_AT_ONCE, SWEPT_AT_ONCE = 100, 300, 20, 500
ROWS_ALTERED = (
    "检查用的临时数据被人改过，这次检查不能算数。请管理服务器的人运行：manage.py verify_audit"
)


@dataclass
class Batch:
    """One batch of a check: its course, and the rows to be kept with it."""

    check: AuditCheck
    course: Course
    kept: dict[RowKey, Known | None] = field(default_factory=dict)
    suspects: list[tuple[Covered, str]] = field(default_factory=list)

    def go_on(self, stage: str, kind: int = 0) -> None:
        """To the next stage, or to the next kind of rows in it."""
        self.course.stage, self.course.kind, self.course.after = stage, kind, ""

    def load(self, keys: Iterable[RowKey]) -> dict[RowKey, Known]:
        """As the batch leaves them so far."""
        wanted = set(keys)
        found = known_rows.load(self.check, wanted - self.kept.keys())
        return found | {key: one for key in wanted if (one := self.kept.get(key))}

    def take(self, events: list[AuditEvent]) -> list[str]:
        """Reads events on from where the course stands; what they say of rows is kept."""
        course = self.course
        numbered = [one for one in events if isinstance(one.sequence, int)]
        genuine = [one for one in numbered if one.sequence >= course.closed and is_genuine(one)]
        keys = {key for one in genuine for key in known_rows.touched_by(one)}
        before = self.load(keys)
        left = course.codes - known_rows.sum_of(self.check, before)
        history = self._history(before)
        for event in events:
            history.take(event)
        known = {
            (kind, key): one for kind, rows in history.rows.items() for key, one in rows.items()
        }
        course.codes = (left + known_rows.sum_of(self.check, known)) % SUM
        self.kept |= {key: known.get(key) for key in keys}
        course.events, course.sequence, course.head = history.events, history.sequence, history.head
        course.noted_seen = history.noted_seen
        course.add_forged(history.forged)
        return history.problems

    def _history(self, known: dict[RowKey, Known]) -> History:
        course = self.course
        history = History(course.noted, course.events, course.sequence, course.head, course.closed)
        history.noted_seen = course.noted_seen
        for (kind, key), one in known.items():
            history.rows[kind][key] = one
        return history


def read_events(batch: Batch) -> None:
    """So many events; behind them those whose number is none."""
    course = batch.course
    events = AuditEvent.objects.order_by("sequence")
    some = events.filter(sequence__gt=course.sequence, sequence__lte=course.until)
    found = list(as_they_stand(some[:EVENTS_AT_ONCE]))
    course.chain.add(batch.take(found))
    course.done += len(found)
    if len(found) < EVENTS_AT_ONCE:
        course.chain.add(batch.take(list(as_they_stand(events.filter(sequence__gt=LAST_NUMBER)))))
        batch.go_on("seals" if course.knows_no_key else "rows")


def compare_rows(batch: Batch) -> None:
    """Rows of one kind, as they stand, with what events say of them."""
    course, covered = batch.course, COVERED[batch.course.kind]
    rows = covered.rows()
    if course.after:
        rows = rows.filter(pk__gt=rows.model._meta.pk.to_python(course.after))
    found = list(covered.stored(rows[:ROWS_AT_ONCE]))
    known = batch.load((covered.name, str(pk)) for pk, _event, _values in found)
    for pk, event, values in found:
        one = known.get((covered.name, str(pk)))
        if next(differences(covered, event, values, one, str(pk)), None):
            batch.suspects.append((covered, str(pk)))
    course.done += len(found)
    last = _last_key(covered.model, [pk for pk, _event, _values in found])
    if len(found) < ROWS_AT_ONCE or last is None:
        batch.go_on("gone", course.kind)
    else:
        course.after = last


def look_for_gone(batch: Batch) -> None:
    """Rows that events made and none removed, and that are not there."""
    course, covered = batch.course, COVERED[batch.course.kind]
    known = CheckedRow.objects.filter(of_check=batch.check, kind=covered.name)
    keys = list(
        known.filter(key__gt=course.after)
        .order_by("key")
        .values_list("key", flat=True)[:ROWS_AT_ONCE]
    )
    there = {str(pk) for pk in _there(covered, keys)}
    batch.suspects += [(covered, key) for key in keys if key not in there]
    course.done += len(keys)
    if len(keys) == ROWS_AT_ONCE:
        course.after = keys[-1]
    elif course.kind + 1 < len(COVERED):
        batch.go_on("rows", course.kind + 1)
    else:
        batch.go_on("sums")


def sum_up(batch: Batch) -> None:
    """Whether all that was kept of the check is there as it was kept."""
    course = batch.course
    rows = CheckedRow.objects.filter(of_check=batch.check, pk__gt=int(course.after or 0))
    some = list(rows.order_by("pk")[:ROWS_AT_ONCE])
    known = {(row.kind, row.key): known_rows.known_of(row) for row in some}
    course.summed = (course.summed + known_rows.sum_of(batch.check, known)) % SUM
    if len(some) == ROWS_AT_ONCE:
        course.after = str(some[-1].pk)
        return
    if course.summed != course.codes:
        course.rows.add([ROWS_ALTERED])
    batch.go_on("seals")


def compare_seals(batch: Batch) -> None:
    """What is sealed, and the files, with their fingerprints."""
    course, kind = batch.course, SEALS[batch.course.kind]
    after = {"pk__gt": kind.model._meta.pk.to_python(course.after)} if course.after else {}
    found = list(kind.stored(limit=SEALS_AT_ONCE, **after))
    course.seals.add(list(problems_of_some(kind, found)))
    course.done += len(found)
    last = _last_key(kind.model, [row[0] for row in found])
    if len(found) == SEALS_AT_ONCE and last is not None:
        course.after = last
    elif course.kind + 1 < len(SEALS):
        batch.go_on("seals", course.kind + 1)
    else:
        batch.go_on("sweep")


def sweep(batch: Batch) -> None:
    """What was kept of the check is not needed any more."""
    rows = CheckedRow.objects.filter(of_check=batch.check)
    keys = list(rows.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    rows.filter(pk__in=keys).delete()
    if len(keys) < SWEPT_AT_ONCE:
        batch.go_on("")


def look_again_at_suspects(batch: Batch) -> None:
    """Under the lock of the chain: somebody may have changed a row properly in the meantime."""
    events = AuditEvent.objects.filter(sequence__gt=batch.course.sequence).order_by("sequence")
    numbered = events.filter(sequence__lte=LAST_NUMBER)
    told = batch.take(list(as_they_stand(numbered)))
    known = batch.load((covered.name, key) for covered, key in batch.suspects)
    for covered, key in batch.suspects:
        told += look_again(covered, key, known.get((covered.name, key)))
    batch.course.rows.add(told)


STAGES: dict[str, tuple[str, Callable[[Batch], None]]] = {
    "events": ("正在核对每一条记录", read_events),
    "rows": ("正在核对数据", compare_rows),
    "gone": ("正在核对有没有不见的", look_for_gone),
    "sums": ("正在核对检查用的临时数据", sum_up),
    "seals": ("正在核对封存的内容和文件", compare_seals),
    "sweep": ("正在收尾", sweep),
}


def _last_key(model: Any, keys: list[Any]) -> str | None:
    """The last that is a key; None where none is: then nothing can be asked behind it."""
    for key in reversed(keys):
        try:
            model._meta.pk.to_python(key)
        except UNREADABLE:
            continue
        return str(key)
    return None


def _there(covered: Covered, keys: list[str]) -> Iterable[Any]:
    pk = covered.model._meta.pk
    return (
        covered.rows()
        .filter(pk__in=[pk.to_python(key) for key in keys])
        .values_list("pk", flat=True)
    )
