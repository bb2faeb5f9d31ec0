"""The ledger of very many items beside reading their rows alone, and what it takes of memory.

python -m tests.benchmarks.ledger_export 100000 1

Run with the database of the environment; it is filled when it is empty. Prints one JSON document.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import django

from tests.benchmarks.measuring import Row
from tests.benchmarks.servers import run_python

ITEMS, ROUNDS = 100_000, 3
# So many are read before anything is measured: names, formats and statements are there then.
WARM = 500
MOST_MEMORY, MOST_TIMES = 10.0, 10.0
MIB = 1024


def rows(environment: dict[str, str], *, items: int = ITEMS) -> list[Row]:
    """Both goals as ratios, of which one means that the goal is just met."""
    said = run_python(environment, "-m", "tests.benchmarks.ledger_export", str(items), str(ROUNDS))
    found = json.loads(said)
    ratios = sorted(
        MOST_TIMES * read / gave
        for read, gave in zip(found["reading"], found["giving"], strict=True)
    )
    room = MOST_MEMORY / max(found["mib"], 0.1)
    times = f"{MOST_TIMES:.0f} x reading its rows : the ledger of {items} items"
    return [
        Row(times, ratios[len(ratios) // 2], ratios[0], ratios[-1], 1.0),
        Row(f"{MOST_MEMORY:.0f} MiB : its memory beyond the start", room, room, room, 1.0),
    ]


def _fill(items: int) -> None:
    from django.core.management import call_command

    from intake.models import CaseFile, Submission
    from tests.intake.casework.ledger.ledger_world import write_case
    from tests.making import make_clerk, make_intake
    from tests.many_items import AT_ONCE, make_many_items

    call_command("migrate", verbosity=0)
    if Submission.objects.exists():
        return
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    words = {"narrative": "（演示）" + "机动地发包没有公示。" * 100}
    # One more at the office and for each body is what the many are copied from.
    make_many_items(intake, items - 1 - len(intake.targets), days=80, **words)
    for desk in (intake.office, *intake.desks):
        of_desk = Submission.objects.filter(desk=desk, number__isnull=False)
        first = of_desk.earliest("number")
        write_case(first, clerk)
        case = CaseFile.objects.get(submission=first)
        keys = of_desk.exclude(pk=first.pk).values_list("pk", flat=True).iterator()
        while some := list(islice(keys, AT_ONCE)):
            CaseFile.objects.bulk_create(_copy(case, key) for key in some)


def _copy(case: Any, key: Any) -> Any:
    values = {one.attname: getattr(case, one.attname) for one in case._meta.concrete_fields}
    return type(case)(**{**values, "id": None, "submission_id": key})


def _measure(rounds: int) -> dict[str, Any]:
    """Reading and giving in turn; memory as it stands, at the most, above where it began."""
    from intake.casework.ledger import exporting
    from intake.models import CaseFile, LedgerRun, StaffUser, Submission
    from tests.staff_work import keyring_for

    clerk = StaffUser.objects.get()
    # One that was cut off would be waited for.
    LedgerRun.objects.all().delete()
    items, keyring = Submission.objects.visible_to(clerk).order_by("number"), keyring_for(clerk)

    def read() -> None:
        for lot in exporting.Keys.of(items).lots():
            list(Submission.objects.filter(pk__in=lot))
            list(CaseFile.objects.filter(submission__in=lot))

    _give(items[:WARM], keyring)
    gc.collect()
    start = _resident()
    most = _give(items, keyring)
    reading, giving = [], []
    for _ in range(rounds):
        reading.append(_timed(read))
        giving.append(_timed(lambda: _give(items, keyring)))
    return {"mib": (most - start) / MIB, "reading": reading, "giving": giving}


def _give(items: Any, keyring: Any) -> int:
    """The whole ledger, to nobody; the most memory that was taken meanwhile, in KiB."""
    from inspection import clock
    from intake.casework.ledger import exporting
    from intake.casework.ledger.exporting import Wanted
    from intake.choices import Edition
    from tests.making import INSIDE

    export = exporting.begin(
        items,
        Wanted(Edition.DEFAULT),
        keyring,
        goes_on=lambda: True,
        real_now=clock.real_now,
        by=keyring.user,
        at=INSIDE,
    )
    return max(_resident() for _piece in export.pieces())


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _resident() -> int:
    """KiB of this process that lie in memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def main(items: int, rounds: int) -> None:
    django.setup()
    _fill(items)
    sys.stdout.write(json.dumps(_measure(rounds)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
