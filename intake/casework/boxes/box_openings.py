"""开箱: two people open a drop box, and stand for what was in it. Audited.

One of them records it, the other confirms; until then the first may still correct it. The letters
are registered against a confirmed opening.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.models import DropBox
from intake import audit
from intake.access import Deed
from intake.choices import Action
from intake.models import BoxOpening, Desk, StaffUser
from intake.report.opening_words import OpeningWords
from intake.sealing.sealing import seal

_FOUND = ("drop_box", "opened_at", "count", "first_number", "last_number", "is_damaged")
_WORDS = ("sealed", "sealed_digest")


class CannotOpenBox(ValueError):
    """It cannot be recorded, confirmed or explained like this; `field` names what is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What two people found in a box; numbers are those put on the letters on the spot."""

    drop_box: DropBox
    opened_at: datetime
    count: int
    first_number: int | None = None
    last_number: int | None = None
    damage: str = ""


def record(found: Found, *, by: StaffUser, at: datetime) -> BoxOpening:
    """The first of the two writes it down. Raises CannotOpenBox."""
    desk = _desk_of(found.drop_box, by)
    _refuse_what_cannot_be(found, at)
    opening = BoxOpening(round_id=desk.round_id, desk=desk, recorded_by=by, recorded_at=at)
    with transaction.atomic():
        # Whoever records holds the end of the chain, so that two cannot record one opening at once.
        audit.checkpoint(at=at)
        _fill_in(opening, found)
        opening.save()
        audit.record(
            Action.OPEN_BOX, by=by, at=at, obj=opening, desk=desk, made=[opening], found=found.count
        )
    return opening


def correct(key: UUID, found: Found, *, seen: str, by: StaffUser, at: datetime) -> BoxOpening:
    """Whoever recorded it writes it anew, before the other has confirmed. Raises CannotOpenBox."""
    _refuse_what_cannot_be(found, at)
    with transaction.atomic():
        opening = held(key, by, at)
        if opening.is_confirmed:
            raise CannotOpenBox("", "另一个人已经确认，这份记录不能再改。")
        if opening.recorded_by_id != by.pk:
            raise CannotOpenBox("", "只有记录人可以更正。")
        if found.drop_box.round_id != opening.round_id:
            raise CannotOpenBox("drop_box", "只能改成同一轮的举报箱。")
        refuse_what_was_not_seen(opening, seen)
        _fill_in(opening, found)
        changed = (*_FOUND, *_WORDS)
        save(opening, Action.CORRECT_BOX, changed, by=by, at=at, found=found.count)
    return opening


def confirm(key: UUID, *, seen: str, by: StaffUser, at: datetime) -> BoxOpening:
    """The second of the two stands for it. Raises CannotOpenBox, or BoxOpening.DoesNotExist."""
    with transaction.atomic():
        opening = held(key, by, at)
        if opening.is_confirmed:
            raise CannotOpenBox("", "这份开箱记录已经确认过了。")
        if opening.recorded_by_id == by.pk:
            raise CannotOpenBox("", "开箱要两个人，记录人不能自己确认。")
        refuse_what_was_not_seen(opening, seen)
        opening.confirmed_by, opening.confirmed_at = by, at
        save(opening, Action.CONFIRM_BOX, ("confirmed_by", "confirmed_at"), by=by, at=at)
    return opening


def mark_of(opening: BoxOpening) -> str:
    """Of the record with its words and its letters, as a page shows it and gives it back."""
    return f"{opening.sealed_digest[:16]}-{opening.letters_that_count().count()}"


def refuse_what_was_not_seen(opening: BoxOpening, seen: str) -> None:
    """Nobody stands for a record that changed after it was shown."""
    if seen != mark_of(opening):
        raise CannotOpenBox("", "您打开这一页以后，记录或者登记的件数有变化。请再看一遍。")


def held(key: UUID, by: StaffUser, at: datetime) -> BoxOpening:
    """The opening, locked until the commit. Raises BoxOpening.DoesNotExist for another office's."""
    if not by.may(Deed.OPEN_BOXES):
        raise PermissionDenied
    # The audit's own lock comes first, because its holder may go on to lock this very row.
    audit.checkpoint(at=at)
    mine = BoxOpening.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    return mine.select_related("desk__round", "round").get(pk=key)


def save(
    opening: BoxOpening,
    action: Action,
    columns: tuple[str, ...],
    *,
    by: StaffUser,
    at: datetime,
    **said: Any,
) -> None:
    """Stores the columns with their event."""
    audit.record(action, by=by, at=at, obj=opening, desk=opening.desk, changed=[opening], **said)
    opening.save(update_fields=columns)


def _desk_of(box: DropBox, by: StaffUser) -> Desk:
    if not by.may(Deed.OPEN_BOXES):
        raise PermissionDenied
    mine = Desk.objects.visible_to(by).of_offices().filter(round=box.round_id)
    desk = mine.select_related("round").first()
    if desk is None:
        raise PermissionDenied
    return desk


def _fill_in(opening: BoxOpening, found: Found) -> None:
    words = seal(OpeningWords(damage=found.damage).to_bytes(), audit.recipient_of(opening.desk))
    opening.drop_box, opening.opened_at = found.drop_box, found.opened_at
    opening.count, opening.is_damaged = found.count, bool(found.damage)
    opening.first_number, opening.last_number = found.first_number, found.last_number
    opening.sealed, opening.sealed_digest = words, audit.fingerprint(words)
    _refuse_what_others_have(opening)


def _refuse_what_cannot_be(found: Found, at: datetime) -> None:
    round_ = found.drop_box.round
    if found.opened_at > at:
        raise CannotOpenBox("opened_at", "开箱时间还没有到，请核对日期和时间。")
    if found.opened_at.astimezone(round_.zone).date() < round_.first_day:
        raise CannotOpenBox("opened_at", "开箱时间比这一轮巡察开始还早，请核对日期。")
    if not found.count:
        if found.first_number is not None or found.last_number is not None:
            raise CannotOpenBox("first_number", "没有取出信件的，起号和止号请空着。")
        return
    if found.first_number is None:
        raise CannotOpenBox("first_number", "取出了信件，请填起号。")
    last = found.first_number + found.count - 1
    if found.last_number != last:
        words = f"{found.count} 件从 {found.first_number} 号起，止号应当是 {last} 号。"
        raise CannotOpenBox("last_number", f"{words}请核对件数、起号和止号。")


def _refuse_what_others_have(opening: BoxOpening) -> None:
    others = BoxOpening.objects.filter(drop_box=opening.drop_box).exclude(pk=opening.pk)
    if others.filter(opened_at=opening.opened_at).exists():
        raise CannotOpenBox("opened_at", "这个举报箱在这个时间已经有一份开箱记录，不用再记一份。")
    if not opening.count:
        return
    overlapping = others.filter(
        first_number__lte=opening.last_number, last_number__gte=opening.first_number
    )
    if overlapping.exists():
        raise CannotOpenBox("first_number", "这些编号里有的已经在这个箱的另一份开箱记录里用过。")
