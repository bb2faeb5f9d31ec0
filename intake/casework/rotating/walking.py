"""The walk over everything that is sealed to a desk, a few rows a step.

The first pass seals anew. Later ones look for what came in meanwhile under the old recipient, which
a process may know a little longer: none begins before `SETTLES` has passed since the beginning, and
only one that finds nothing is the last.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from intake import audit
from intake.casework.rotating import ending
from intake.casework.rotating.digests_anew import digests_anew
from intake.casework.rotating.holders import CannotRotate
from intake.casework.rotating.row_batches import Batch
from intake.filing.sealed_table import KIND_BY_NAME, SEALED_TO_DESKS
from intake.models import Desk, DeskRotation, StaffUser
from intake.sealing.unsealing import identities_in, recipient_of_secret
from intake.stepping.slices import Progress

# Longer than any request lives, and than what a process remembers of the round.
SETTLES = timedelta(minutes=3)
DIGESTS, PASS_IS_OVER, STUCK = "itemdigest", "-", "?"
_STATIONS = [*(kind.name for kind in SEALED_TO_DESKS), DIGESTS, PASS_IS_OVER]
_AGAIN = "再看一遍有没有漏下的"
_SETTLING = "等刚才正在提交的都存好，再看最后一遍"


@dataclass(frozen=True, slots=True, repr=False)
class Walk:
    """One member's, or a command's, way through a rotation; `secret` has both identities.

    With `leaves_damaged` a person has said that what no identity opens may stay as it is.
    """

    desk: Desk
    secret: str
    by: StaffUser | None
    at: datetime
    leaves_damaged: bool = False

    def step(self) -> Progress:
        """Does a little, and says how far it is. Raises CannotRotate where nothing is rotated."""
        rotation = DeskRotation.objects.filter(desk=self.desk).select_related("desk").first()
        if rotation is None:
            raise CannotRotate("这个受理席没有在更换密钥。")
        if rotation.ended_at is not None:
            return progress_of(rotation)
        self._refuse_another_secret(rotation.desk)
        station = rotation.kind or _STATIONS[0]
        if station in (PASS_IS_OVER, STUCK):
            return self._end_of_a_pass(rotation, is_asked_again=station == STUCK)
        if station == DIGESTS:
            _go_to(rotation, digests_anew(rotation, self.secret))
        else:
            kind, reads = KIND_BY_NAME[station], (self.secret, self.by, self.at)
            _go_to(rotation, Batch(rotation, kind, *reads).do())
        return progress_of(DeskRotation.objects.get(pk=rotation.pk))

    def _end_of_a_pass(self, rotation: DeskRotation, *, is_asked_again: bool) -> Progress:
        """Whoever goes on where it is stuck has it looked at once more."""
        if rotation.passes > 1 and not rotation.found:
            if not rotation.damaged or self.leaves_damaged:
                ending.end(rotation, self.secret, by=self.by, at=self.at)
                return progress_of(DeskRotation.objects.get(pk=rotation.pk))
            if not is_asked_again:
                _go_on_at(rotation, STUCK)
                return progress_of(DeskRotation.objects.get(pk=rotation.pk))
        left = (rotation.started_at + SETTLES - self.at).total_seconds()
        if left > 0:
            wait = min(math.ceil(left), 10)
            return replace(progress_of(rotation), wait=wait, words=_SETTLING)
        _go_on_at(rotation, "", passes=rotation.passes + 1, seen=0, found=0, damaged=0)
        return progress_of(DeskRotation.objects.get(pk=rotation.pk))

    def _refuse_another_secret(self, desk: Desk) -> None:
        newest = identities_in(self.secret)[0]
        if recipient_of_secret(newest) != audit.recipient_of(desk):
            raise CannotRotate("这一份密钥不是这个受理席新的。")


def progress_of(rotation: DeskRotation) -> Progress:
    """The first pass is a half of it, and the one that finds nothing the other."""
    whole = rotation.total * 2
    if rotation.ended_at is not None:
        return Progress(whole, whole, is_over=True)
    before = rotation.total if rotation.passes > 1 else 0
    words = _AGAIN if rotation.passes > 1 else ""
    if rotation.kind == STUCK:
        words = f"有 {rotation.damaged} 份新旧密钥都打不开，可能早就损坏了。"
        return Progress(max(whole - 1, 0), whole, words=words, is_stuck=True)
    # Not all of it before it is over, however much came in meanwhile.
    return Progress(min(before + rotation.seen, max(whole - 1, 0)), whole, words=words)


def _go_to(rotation: DeskRotation, is_more: bool) -> None:
    """On to the next station where nothing is left at this one."""
    if is_more:
        return
    station = _STATIONS[_STATIONS.index(rotation.kind or _STATIONS[0]) + 1]
    if station == DIGESTS and rotation.passes > 1:
        station = PASS_IS_OVER
    _go_on_at(rotation, station)


def _go_on_at(rotation: DeskRotation, station: str, **more: int) -> None:
    """Unless somebody else has walked on meanwhile."""
    here = {"passes": rotation.passes, "kind": rotation.kind, "last": rotation.last}
    running = DeskRotation.objects.running().filter(pk=rotation.pk, **here)
    with transaction.atomic():
        running.update(kind=station, last="", **more)
