"""What is sealed to a desk, as files for the `age` program, when no site is there to open it.

Nothing is opened for it: the files are as sealed as the rows. Audited.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from django.db import transaction

from intake import audit
from intake.choices import Action
from intake.filing.sealed_table import SEALED_TO_DESKS
from intake.keeping import sealed_files
from intake.models import Desk
from intake.sealing import private_files

# Of a team's desk: opened by the recovery file, it opens the others.
IDENTITY = "组密钥.age"


def write_out(desk: Desk, folder: Path, *, at: datetime) -> int:
    """Writes them into a new folder, and gives how many. Raises OSError, FileExistsError."""
    folder.mkdir(mode=0o700, parents=True)
    count = sum(1 for _ in _names(desk))
    with transaction.atomic():
        audit.record(Action.WRITE_SEALED, by=None, at=at, obj=desk.round, desk=desk, count=count)
    for name, sealed in _all(desk):
        with sealed, os.fdopen(private_files.create(folder / name), "wb") as file:
            shutil.copyfileobj(sealed, file)
    private_files.flush_folder(folder)
    return count


def _names(desk: Desk) -> Iterator[str]:
    if desk.sealed_identity:
        yield IDENTITY
    for kind in SEALED_TO_DESKS:
        for key in kind.rows(desk).values_list("pk", flat=True).iterator(500):
            yield from (f"{kind.name}-{key}-{column}.age" for column in kind.columns)


def _all(desk: Desk) -> Iterator[tuple[str, IO[bytes]]]:
    """One at a time."""
    if desk.sealed_identity:
        yield IDENTITY, BytesIO(desk.sealed_identity)
    for kind in SEALED_TO_DESKS:
        for row in kind.rows(desk).iterator(100):
            for column in kind.columns:
                stored = getattr(row, column)
                sealed = sealed_files.opened(stored) if kind.is_file else BytesIO(stored)
                yield f"{kind.name}-{row.pk}-{column}.age", sealed
