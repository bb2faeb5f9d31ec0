"""Recomputes the chain, and compares it with the rows that it covers, column by column.

It holds no lock while it reads. Where something seems to differ it looks again at that alone,
under the lock of the chain, because a clerk may have changed it properly in the meantime. What
was cut off at the end it cannot see; for that the head is noted on paper and given back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from intake.audit.chain import hold_the_end_of_the_chain
from intake.audit.covered import COVERED, Covered
from intake.audit.history import LAST_NUMBER, History, Known
from intake.audit.keyed import print_of
from intake.audit.seals import seal_problems
from intake.models import AuditEvent
from intake.models.stored_values import UNREADABLE

NOT_SEEN = "记下的指纹不在链上：末尾的记录可能被截掉，或者整条链被重做过。"
LOST_KEY = "没有一条记录的校验码对得上：AUDIT_KEY 不是原来的那一个，或者整条链被重做过。"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found; `head` is the digest to keep on paper.

    All before the event `closed` is linked by digests alone; 1 when there is no such part.
    """

    events: int
    head: str
    closed: int
    problems: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was altered, added or lost."""
        return not self.problems


def verify(*, noted: str = "") -> Verification:
    """Checks everything; `noted` is a head that was kept from an earlier check."""
    last = AuditEvent.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    history = History(noted)
    # On SQLite somebody may have written a word there, which sorts behind all numbers.
    history.read(until=last if isinstance(last, int) else None)
    events, head = history.events, history.head
    forged = forged_words(history.forged, knows_no_key=history.knows_no_key)
    problems = [*history.problems, *forged]
    if noted and not history.noted_seen:
        problems.append(NOT_SEEN)
    if not history.knows_no_key:
        problems += _row_problems(history)
    problems += seal_problems()
    return Verification(events, head, history.closed, tuple(problems))


def forged_words(forged: Sequence[int], *, knows_no_key: bool) -> Iterator[str]:
    """'第3条至第9条': what stands together is told together."""
    if knows_no_key:
        yield LOST_KEY
        return
    for _, group in groupby(enumerate(forged), lambda pair: pair[1] - pair[0]):
        run = [sequence for _, sequence in group]
        which = f"第{run[0]}条" if len(run) == 1 else f"第{run[0]}条至第{run[-1]}条"
        yield f"{which}的校验码对不上：不是本网站写的，或者被改过。"


def _row_problems(history: History) -> list[str]:
    suspects = [(covered, pk) for covered in COVERED for pk in _suspects(covered, history)]
    if not suspects:
        return []
    with transaction.atomic():
        hold_the_end_of_the_chain()
        before = len(history.problems)
        # Without those whose number is none, of which each was told already.
        history.read(until=LAST_NUMBER)
        problems = history.problems[before:]
        for covered, pk in suspects:
            problems += look_again(covered, pk, history.rows[covered.name].get(pk))
    return problems


def _suspects(covered: Covered, history: History) -> Iterator[str]:
    """Keys of the rows that do not stand as the events say, or are gone."""
    known = history.rows[covered.name]
    missing = set(known)
    for pk, event, values in covered.stored(covered.rows()):
        key = str(pk)
        missing.discard(key)
        if next(differences(covered, event, values, known.get(key), key), None):
            yield key
    yield from sorted(missing)


def look_again(covered: Covered, pk: str, known: Known | None) -> Iterator[str]:
    """What is wrong with one row, for whoever holds the end of the chain."""
    try:
        rows = covered.rows().filter(pk=pk)
    except UNREADABLE:
        yield f"有一行{covered.words}的主键不合格式：不是经本网站记下的，或者被改过。"
        return
    row = next(covered.stored(rows), None)
    if row is not None:
        for problem in differences(covered, row[1], row[2], known, pk):
            yield f"{_called(covered, pk)}{problem}"
    elif known is not None:
        yield f"{covered.words} {pk} 不见了。"


def _called(covered: Covered, pk: str) -> str:
    """As staff call the row; by its key alone where what was altered takes its name away."""
    try:
        return f"{covered.words} {pk}（{covered.rows().get(pk=pk)}）"
    except (ObjectDoesNotExist, *UNREADABLE):
        return f"{covered.words} {pk} "


def differences(
    covered: Covered, event: int | None, values: list[Any], known: Known | None, pk: str
) -> Iterator[str]:
    """What is wrong with a row, to stand behind its name."""
    if known is None:
        if event is not None or not covered.is_chained_later:
            yield "没有留痕：不是经本网站记下的。"
        return
    if covered.is_chained_later and event != known.event:
        yield "不再挂在记下它的那一条上。"
    differing = [
        words
        for (name, words), value in zip(covered.columns.items(), values, strict=True)
        if _differs(covered, known, pk, name, value)
    ]
    if differing:
        yield f"的{'、'.join(differing)}和操作留痕所记的不一样。"


def _differs(covered: Covered, known: Known, pk: str, name: str, value: Any) -> bool:
    """Under the name that the column had when it was recorded; a younger one is not compared."""
    for recorded in (name, covered.formerly.get(name, name)):
        if (print_ := known.get(recorded)) is not None:
            return print_ != print_of(covered.name, pk, recorded, value)
    return False
