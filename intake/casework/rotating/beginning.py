"""The moment from which a desk has two identities."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed
from intake.casework.rotating import holders
from intake.casework.rotating.holders import CannotRotate
from intake.choices import Action
from intake.filing.sealed_table import SEALED_TO_DESKS
from intake.models import Desk, DeskRotation, StaffUser, Submission
from intake.sealing import sealing
from intake.sealing.unsealing import identities_in, in_one, recipient_of_secret
from intake.staff.opening_desks import EXCHANGED

# The secret of a recovery file's part, written before the rows commit; gives its path.
WriteFile = Callable[[sealing.Identity], str]


def begin(
    desk: Desk,
    secret: str,
    *,
    by: StaffUser | None,
    at: datetime,
    write_file: WriteFile | None = None,
) -> DeskRotation:
    """Gives the desk a new identity beside the one that `secret` is. Raises CannotRotate.

    A team's the office begins. That of another desk lives in the recovery file alone: whoever holds
    that gives `write_file`, which writes the new one.
    """
    if by is not None and not (by.may(Deed.GRANT) and is_seen(desk, by)):
        raise CannotRotate(_("只有巡察办可以更换受理席的密钥。"))
    if desk.is_teams == (write_file is not None):
        raise CannotRotate(_("这个受理席的密钥在恢复文件里，要由保管恢复文件的人用命令更换。"))
    identity = sealing.new_identity()
    with transaction.atomic():
        holders.hold_keys(desk)
        audit.checkpoint(at=at)
        held = Desk.objects.select_for_update(of=("self",)).select_related("round").get(pk=desk.pk)
        _refuse_what_cannot_begin(held, secret)
        both = in_one(identity.secret, secret)
        rotation = DeskRotation.objects.create(
            desk=held, started_by=by, started_at=at, total=_how_much(held)
        )
        _exchange(held, identity, both, by=by, at=at)
        if write_file is not None:
            held.recovery_path = write_file(identity)
            held.save(update_fields=["recovery_path"])
    return rotation


def is_seen(desk: Desk, by: StaffUser) -> bool:
    """Whether it is a desk of this member."""
    return Desk.objects.visible_to(by).filter(pk=desk.pk).exists()


def _exchange(
    desk: Desk, identity: sealing.Identity, both: str, *, by: StaffUser | None, at: datetime
) -> None:
    desk.recipient = identity.recipient
    desk.recipient_code = audit.desk_code(
        desk.round_id, desk.kind, desk.team_id, identity.recipient
    )
    desk.rehearsed_at = desk.second_rehearsed_at = None
    holders.seal_to_office(desk, both)
    let_in = holders.sealed_to_holders(desk, both, at=at)
    audit.record(
        Action.BEGIN_ROTATION,
        by=by,
        at=at,
        obj=desk,
        desk=desk,
        changed=[desk, *let_in.kept],
        removed=let_in.dropped,
        kept=len(let_in.kept),
        dropped=len(let_in.dropped),
    )
    rehearsed = ("rehearsed_at", "second_rehearsed_at")
    desk.save(update_fields=["recipient", "recipient_code", "sealed_identity", *rehearsed])
    holders.save(let_in)


def _refuse_what_cannot_begin(desk: Desk, secret: str) -> None:
    if DeskRotation.objects.running().filter(desk=desk).exists():
        raise CannotRotate(_("这个受理席正在更换密钥，请先把这一次做完。"))
    if not audit.is_genuine_desk(desk):
        raise CannotRotate(f"这个受理席的封存公钥{EXCHANGED}")
    one = identities_in(secret)
    if len(one) != 1 or recipient_of_secret(one[0]) != desk.recipient:
        raise CannotRotate(_("这一份密钥不是这个受理席现在用的。"))


def _how_much(desk: Desk) -> int:
    """Rows to be sealed anew, and items whose digests are made anew."""
    rows = sum(kind.rows(desk).count() for kind in SEALED_TO_DESKS)
    return rows + Submission.objects.filter(desk=desk).count()
