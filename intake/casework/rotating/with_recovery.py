"""The same with the recovery file alone, for a command: it knows no member and no session."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from intake.casework.rotating import beginning
from intake.casework.rotating.holders import CannotRotate
from intake.models import Desk, DeskRotation
from intake.sealing import sealing
from intake.sealing.sealing import Identity
from intake.sealing.unsealing import CannotOpen, in_one, open_sealed
from intake.staff import opening_desks


def running_of(desk: Desk) -> DeskRotation | None:
    """What was begun and not ended."""
    return DeskRotation.objects.running().filter(desk=desk).first()


def secret_in(identities: Iterable[Identity], desk: Desk) -> str:
    """What opens the desk, by the identities of one or two recovery files. Raises CannotRotate.

    A team's desk is opened through the office. Of another one that is rotated already the new
    file's identity stands first, and the old file's behind it.
    """
    known = list(identities)
    if desk.is_teams:
        try:
            everything = in_one(*(one.secret for one in known))
            return open_sealed(bytes(desk.sealed_identity), everything).decode()
        except CannotOpen as error:
            raise CannotRotate("这个恢复文件打不开这个受理席。") from error
    newest = [one.secret for one in known if one.recipient == desk.recipient]
    if not newest:
        raise CannotRotate(f"恢复文件里没有打开{desk}的那一份；正在更换的，新旧两份都要给。")
    if running_of(desk) is None:
        return newest[0]
    others = [one.secret for one in known if one.recipient != desk.recipient]
    if not others:
        raise CannotRotate("正在更换密钥：旧的恢复文件也要给，还没有换封的要靠它打开。")
    return in_one(newest[0], *others)


def begin_with_file(desk: Desk, secret: str, new_file: Path, *, at: datetime) -> DeskRotation:
    """For a desk whose identity lives in a recovery file: the new one appears with the rows."""
    path, written = new_file.absolute(), list[Path]()

    def write(identity: Identity) -> str:
        text = sealing.recovery_file_text(identity, f"{desk.round.title} {desk}（新）")
        opening_desks.write_recovery_file(path, text)
        written.append(path)
        return str(path)

    try:
        return beginning.begin(desk, secret, by=None, at=at, write_file=write)
    except BaseException:
        for one in written:
            one.unlink()
        raise
