"""Parts of files as they come, in any order and any number of times; each is kept once.

A file is what a form names: an identifier of the browser's choosing and a size in bytes. All its
parts but the last are PART long, so that of each part its length is known before it is read.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import connection, transaction

from intake.arriving.ahead.sheet_keys import SheetKey
from intake.models import TakenFile, WaitingPart
from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, PART

KEPT = timedelta(hours=48)
# Removed at once: as much as costs a worker a moment.
_SWEPT_AT_ONCE = 64
_FILE = re.compile(r"[0-9a-f]{16,32}", re.ASCII)


class NotTaken(ValueError):
    """This part is none of a file that a form can have."""


class TooManyWait(RuntimeError):
    """So many parts wait for their forms that no more are taken."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A file as its browser announces it: what it calls it, and how many bytes it has."""

    file: str
    size: int

    @classmethod
    def of(cls, file: str, size: str) -> Self:
        """Raises NotTaken."""
        if not _FILE.fullmatch(file) or not re.fullmatch(r"[1-9][0-9]{0,9}", size, re.ASCII):
            raise NotTaken("no name and size of a file")
        announced = cls(file, int(size))
        if announced.size > MAX_FILE_BYTES:
            raise NotTaken("larger than any file that is taken")
        return announced

    @property
    def count(self) -> int:
        """How many parts it has."""
        return -(-self.size // PART)

    def length_of(self, number: int) -> int:
        """How long this part is, the first of which is 0. Raises NotTaken."""
        if not 0 <= number < self.count:
            raise NotTaken("no part of this file")
        return min(PART, self.size - number * PART)

    def about(self, number: int) -> str:
        """What a part is bound to."""
        return f"{self.file} {self.size} {number}"


def sheet_of(nonce: str) -> SheetKey:
    """The key of the form with this nonce."""
    return SheetKey.of(nonce, settings.SECRET_KEY.encode())


@dataclass(frozen=True, slots=True)
class Come:
    """How many parts from the first on are here, and whether a stored report has the file."""

    parts: int
    is_taken: bool = False


def come_of(sheet: SheetKey, file: Announced) -> Come:
    """Where its sender goes on."""
    if TakenFile.objects.filter(sheet=sheet.name, file=file.file).exists():
        return Come(file.count, is_taken=True)
    rows = WaitingPart.objects.filter(sheet=sheet.name, file=file.file)
    here = set(rows.values_list("number", flat=True)[: file.count])
    return Come(next(number for number in range(file.count + 1) if number not in here))


def keep(sheet: SheetKey, file: Announced, number: int, piece: bytes, *, at: datetime) -> None:
    """Keeps a part, if it is not here yet. Raises NotTaken or TooManyWait."""
    if len(piece) != file.length_of(number):
        raise NotTaken("not as long as this part is")
    _check_room(sheet, file, at)
    row = WaitingPart(
        sheet=sheet.name,
        file=file.file,
        number=number,
        piece=sheet.lock(piece, file.about(number)),
        arrived_at=at,
    )
    WaitingPart.objects.bulk_create([row], ignore_conflicts=True)


def _check_room(sheet: SheetKey, file: Announced, at: datetime) -> None:
    """One form keeps no more than a form can have, and all of them no more than the site allows."""
    numbers: dict[str, int] = defaultdict(int)
    for other in WaitingPart.objects.filter(sheet=sheet.name).values_list("file", flat=True):
        numbers[other] += 1
    is_new = file.file not in numbers
    if is_new:
        sweep(at)
    most_parts = -(-MAX_TOTAL_BYTES // PART) + MAX_FILES
    if len(numbers) + is_new > MAX_FILES or sum(numbers.values()) >= most_parts:
        raise NotTaken("more than a form can have")
    if WaitingPart.objects.count() >= settings.MOST_WAITING_PARTS:
        raise TooManyWait("no room for more parts")


def drop(sheet: SheetKey, file: str) -> None:
    """Whoever sent it took it out of the form again."""
    WaitingPart.objects.filter(sheet=sheet.name, file=file).delete()


def sweep(at: datetime) -> int:
    """Removes some of what waited for more than two days; gives how many parts went."""
    old = WaitingPart.objects.filter(arrived_at__lt=at - KEPT)
    if connection.features.has_select_for_update_skip_locked:
        old = old.select_for_update(skip_locked=True)
    with transaction.atomic():
        TakenFile.objects.filter(taken_at__lt=at - KEPT).delete()
        keys = list(old.values_list("pk", flat=True)[:_SWEPT_AT_ONCE])
        if keys:
            WaitingPart.objects.filter(pk__in=keys).delete()
    return len(keys)
