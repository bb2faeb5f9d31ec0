"""存下的筛选: what a clerk asks the list for, kept under names; sealed to the clerk's own key.

A clerk who got a new key, after a forgotten password, has none any more.
"""

import secrets
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from django.db import transaction

from inspection.unseen import bare
from intake.models import OwnFilters
from intake.report.documents import UnreadableReport, read, to_bytes
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring

MOST = 20
LONGEST_NAME = 20
_WHAT = "saved filters"


class CannotSave(ValueError):
    """Why a filter is not kept under this name."""


class NotSaved(LookupError):
    """The member has no such filter."""


def _new_key() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True, repr=False)
class Saved:
    """`asked` is what stands behind the list's address; `key` is what its own address says."""

    name: str
    asked: str
    key: str = field(default_factory=_new_key)


def saved_by(keyring: Keyring) -> list[Saved]:
    """The member's own, in the order in which they were saved."""
    row = OwnFilters.objects.filter(user=keyring.user).first()
    return opened(bytes(row.sealed), keyring) if row else []


def opened(sealed: bytes, keyring: Keyring) -> list[Saved]:
    """Those of the row that was read; what an older key had sealed says nothing to anybody."""
    try:
        return read(
            _WHAT,
            keyring.open_own(sealed),
            lambda facts: [Saved(**one) for one in facts["filters"]],
        )
    except (CannotOpen, UnreadableReport):
        return []


def found(key: str, keyring: Keyring) -> Saved:
    """Raises NotSaved."""
    return _found(key, saved_by(keyring))


def save(name: str, asked: str, *, keyring: Keyring, at: datetime) -> Saved:
    """Raises CannotSave."""

    def added(there: list[Saved]) -> list[Saved]:
        if len(there) >= MOST:
            raise CannotSave(f"最多存 {MOST} 个筛选。请先删掉不用的。")
        return [*there, Saved(_fitting(name, there), asked)]

    return _kept(added, keyring, at)[-1]


def rename(key: str, name: str, *, keyring: Keyring, at: datetime) -> None:
    """Raises CannotSave, or NotSaved."""

    def renamed(there: list[Saved]) -> list[Saved]:
        one = _found(key, there)
        others = [other for other in there if other is not one]
        new = replace(one, name=_fitting(name, others))
        return [new if other is one else other for other in there]

    _kept(renamed, keyring, at)


def delete(key: str, *, keyring: Keyring, at: datetime) -> None:
    """Raises NotSaved."""

    def without(there: list[Saved]) -> list[Saved]:
        one = _found(key, there)
        return [other for other in there if other is not one]

    _kept(without, keyring, at)


def _kept(
    change: Callable[[list[Saved]], list[Saved]], keyring: Keyring, at: datetime
) -> list[Saved]:
    """What the member has then; two pages of one member change it one after the other."""
    with transaction.atomic():
        row = OwnFilters.objects.select_for_update().filter(user=keyring.user).first()
        filters = change(opened(bytes(row.sealed), keyring) if row else [])
        sealed = keyring.seal_own(to_bytes(_WHAT, filters=[asdict(one) for one in filters]))
        values = {"sealed": sealed, "saved_at": at}
        OwnFilters.objects.update_or_create(user=keyring.user, defaults=values)
    return filters


def _found(key: str, there: Iterable[Saved]) -> Saved:
    for one in there:
        if one.key == key:
            return one
    raise NotSaved


def _fitting(name: str, others: Iterable[Saved]) -> str:
    typed = " ".join(unicodedata.normalize("NFC", bare(name)).split())
    if not typed:
        raise CannotSave("请给这个筛选起个名字。")
    if len(typed) > LONGEST_NAME:
        raise CannotSave(f"名字最多 {LONGEST_NAME} 个字。")
    if typed in {one.name for one in others}:
        raise CannotSave("已经有一个叫这个名字的，请换个名字。")
    return typed
