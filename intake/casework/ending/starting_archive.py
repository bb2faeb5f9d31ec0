"""Beginning the archive of a round: who may, to whose key, and what stands in the way. Audited."""

import os
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.models import Round
from intake import audit
from intake.access import Deed
from intake.casework.ending.standing_in_way import Obstacle, StandsInTheWay, obstacles
from intake.choices import Action, DeskKind
from intake.models import Desk, RoundArchive, RoundPurge, StaffUser
from intake.sealing.sealing import RecipientError, parsed_recipient

LONGEST_FOLDER = 300


class CannotArchive(StandsInTheWay):
    """Nothing more was written."""


def may_end(round_: Round, by: StaffUser) -> bool:
    """Whether the member is a head who opens every desk of the round, the head's included."""
    desks = Desk.objects.filter(round=round_).exclude(kind=DeskKind.SUPERIOR)
    seen = Desk.objects.visible_to(by).filter(round=round_)
    return by.may(Deed.END_ROUND) and desks.count() == seen.count() > 0


def start(
    round_: Round, *, recipient: str, folder: Path, by: StaffUser, at: datetime
) -> RoundArchive:
    """Makes the row of an archive; its parts are written by `archiving.go_on`.

    Raises PermissionDenied, and CannotArchive with all that stands in the way.
    """
    if not may_end(round_, by):
        raise PermissionDenied
    recipient = _theirs(recipient)
    if RoundPurge.objects.filter(round=round_).exists():
        raise CannotArchive(Obstacle("这一轮已经清理过，没有可以归档的内容了。"))
    if found := list(obstacles(round_, by=by, at=at)):
        raise CannotArchive(*found)
    name = f"{round_.slug}-{at.astimezone(round_.zone):%Y%m%d-%H%M%S}"
    place = folder.absolute() / name
    if len(str(place)) > LONGEST_FOLDER:
        raise CannotArchive(Obstacle(f"文件夹的路径太长，最多{LONGEST_FOLDER}个字符。"))
    with transaction.atomic():
        archive = RoundArchive(
            round=round_, name=name, folder=str(place), recipient=recipient, started_by=by,
            started_at=at,
        )  # fmt: skip
        archive.save(force_insert=True)
        audit.record(
            Action.START_ARCHIVE,
            by=by,
            at=at,
            obj=round_,
            made=[archive],
            archive=name,
            archive_key=recipient,
        )
    return archive


def begun(round_: Round, recipient: str, folder: Path) -> RoundArchive | None:
    """One for this key in this folder that is not finished."""
    rows = RoundArchive.objects.filter(round=round_, recipient="".join(recipient.split()))
    place = f"{folder.absolute()}{os.sep}"
    return rows.filter(verified_at=None, folder__startswith=place).first()


def _theirs(typed: str) -> str:
    """A public key that is not the site's: one of ours would be lost with what is destroyed."""
    recipient = "".join(typed.split())
    try:
        parsed_recipient(recipient)
    except RecipientError:
        raise CannotArchive(
            Obstacle("这不是 age 公钥。请档案部门给一个以 age1 开头的公钥，原样填进来。")
        ) from None
    if Desk.objects.filter(recipient=recipient).exists():
        raise CannotArchive(Obstacle("这是受理席自己的公钥，清理以后就打不开了。要用档案部门的。"))
    return recipient
