"""受理席: sets the desks of a round up, and lets members in and out of them.

The office's identity goes into the recovery file and nowhere else; what opens a team's desk is
sealed to the office. A member is let in by sealing the desk's identity to the member's own key.
"""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from inspection.models import Round
from intake import accesses, audit
from intake.choices import Action, Role
from intake.keyring import Keyring
from intake.models import Desk, DeskAccess, StaffKey, StaffUser
from intake.sealing import private_files, sealing
from intake.sealing.unsealing import CannotOpen, open_sealed

_PATH_LENGTH = 300
_EXCHANGED = "和设立时的不一样，可能被人换过。请管理服务器的人运行 manage.py verify_audit。"


class DesksRefused(Exception):
    """The desks cannot be set up; nothing was stored."""


class RecoveryFileRefused(Exception):
    """The recovery file cannot be written, or what was given is not this round's."""


class GrantRefused(Exception):
    """This member cannot have this desk, or cannot lose it."""


def open_desks(round_: Round, *, recovery_file: Path, at: datetime) -> list[Desk]:
    """One desk a team and one for the office; the file appears together with the rows."""
    path = recovery_file.absolute()
    if len(str(path)) > _PATH_LENGTH:
        raise RecoveryFileRefused(f"恢复文件的路径太长，最多{_PATH_LENGTH}个字符。")
    identity = sealing.new_identity()
    text = sealing.recovery_file_text(identity, f"{round_.title} 巡察办")
    is_written = False
    try:
        with transaction.atomic():
            office = _make_office_desk(round_, identity, path)
            made = [office, *_make_team_desks(office)]
            audit.record(Action.OPEN_DESKS, by=None, at=at, obj=round_, made=made, count=len(made))
            _write_new(path, text)
            is_written = True
    except BaseException:
        if is_written:
            path.unlink()
        raise
    return made


def open_missing_desks(round_: Round, *, at: datetime) -> list[Desk]:
    """Desks for the teams that came later; what is there stays as it is.

    It needs no secret: what opens a new desk is sealed to the office, whose key is public.
    """
    with transaction.atomic():
        _hold(round_)
        made = _make_team_desks(office_desk(round_))
        if made:
            audit.record(Action.OPEN_DESKS, by=None, at=at, obj=round_, made=made, count=len(made))
    return made


def has_desks(round_: Round) -> bool:
    """Whether the round was set up already."""
    return Desk.objects.filter(round=round_).exists()


def office_identity(round_: Round, recovery_file: Path | None = None) -> sealing.Identity | None:
    """The office's identity from the file given, or from where it was written at set-up.

    None when no file was given and it is no longer there, as it should be after set-up.
    """
    office = office_desk(round_)
    if recovery_file is None:
        recovery_file = Path(office.recovery_path)
        if not office.recovery_path or not recovery_file.is_file():
            return None
    try:
        identity = sealing.read_recovery_file(recovery_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RecoveryFileRefused(f"读不了恢复文件：{recovery_file}") from error
    except sealing.NotARecoveryFile as error:
        raise RecoveryFileRefused(f"这不是恢复文件：{recovery_file}") from error
    if identity.recipient != office.recipient:
        raise RecoveryFileRefused("这个恢复文件不是这一轮的。")
    return identity


def office_desk(round_: Round) -> Desk:
    """The office's own desk of the round."""
    office = Desk.objects.filter(round=round_, team__isnull=True).first()
    if office is None:
        raise DesksRefused(f"轮次 {round_.slug} 还没有设立受理席，请先运行 open_desks。")
    return office


def grant(
    user: StaffUser, desk: Desk, *, keyring: Keyring, by: StaffUser, at: datetime
) -> DeskAccess:
    """Lets a member into a desk. Only the office can, with its own keys."""
    if by.role != Role.OFFICE or keyring.user != by:
        raise GrantRefused("只有巡察办可以授权。")
    return _let_in(user, desk, keyring.desk_secret(desk), by=by, at=at)


def grant_with_recovery(
    user: StaffUser, desk: Desk, *, office: sealing.Identity, at: datetime, is_set_up: bool = False
) -> DeskAccess:
    """Lets a member in through the office's identity in the recovery file.

    At set-up, whoever holds that file, and could read everything anyway, has just made the account:
    its member need not have logged in. See `accesses.carry_over` for the member's first login.
    """
    if desk.is_office:
        return _let_in(user, desk, office.secret, by=None, at=at, is_set_up=is_set_up)
    try:
        secret = open_sealed(bytes(desk.sealed_identity), office.secret).decode()
    except CannotOpen as error:
        raise RecoveryFileRefused("这个恢复文件打不开这个受理席。") from error
    return _let_in(user, desk, secret, by=None, at=at, is_set_up=is_set_up)


def revoke(access: DeskAccess, *, by: StaffUser, at: datetime) -> None:
    """Takes a desk from a member; the office never loses its last one."""
    if not Desk.objects.visible_to(by).filter(pk=access.desk_id).exists() or by.role != Role.OFFICE:
        raise GrantRefused("只有巡察办可以收回授权。")
    with transaction.atomic():
        others = DeskAccess.objects.filter(desk=access.desk_id).exclude(pk=access.pk).able()
        held = list(others.order_by("pk").select_for_update(of=("self",)))
        if access.desk.is_office and not held:
            raise GrantRefused("这是巡察办最后一个授权。请先授权给别人，再收回。")
        audit.record(
            Action.REVOKE, by=by, at=at, obj=access.user, desk=access.desk, removed=[access]
        )
        access.delete()


def _hold(round_: Round) -> Round:
    """Two commands at once must not make the same desk; no citizen's report waits for this."""
    return Round.objects.select_for_update(no_key=True).get(pk=round_.pk)


def _make_office_desk(round_: Round, office: sealing.Identity, path: Path) -> Desk:
    held = _hold(round_)
    if has_desks(held):
        raise DesksRefused(f"轮次 {round_.slug} 已经设立过受理席，没有再设，也没有写文件。")
    return Desk.objects.create(
        round=held,
        recipient=office.recipient,
        recipient_code=audit.desk_code(held.pk, None, office.recipient),
        recovery_path=str(path),
    )


def _make_team_desks(office: Desk) -> list[Desk]:
    """A desk for each team of the office's round that has none."""
    desks = []
    try:
        to_office = audit.recipient_of(office)
    except audit.NotGenuine as error:
        raise DesksRefused(f"巡察办的封存公钥{_EXCHANGED}") from error
    for team in office.round.teams.filter(desk=None).order_by("order"):
        identity = sealing.new_identity()
        sealed = sealing.seal(identity.secret.encode(), to_office)
        desks.append(
            Desk.objects.create(
                round=office.round,
                team=team,
                recipient=identity.recipient,
                recipient_code=audit.desk_code(office.round_id, team.pk, identity.recipient),
                sealed_identity=sealed,
            )
        )
    return desks


def _let_in(
    user: StaffUser,
    desk: Desk,
    secret: str,
    *,
    by: StaffUser | None,
    at: datetime,
    is_set_up: bool = False,
) -> DeskAccess:
    with transaction.atomic():
        key = _key_of(user, desk, is_set_up=is_set_up)
        access, is_new = DeskAccess.objects.get_or_create(
            user=user,
            desk=desk,
            defaults={
                "sealed_identity": sealing.seal(secret.encode(), _recipient_of(key)),
                "granted_by": by,
                "granted_at": at,
            },
        )
        if not is_new:
            raise GrantRefused(f"{user}已经有这个受理席的授权。")
        audit.record(
            Action.GRANT,
            by=by,
            at=at,
            obj=user,
            desk=desk,
            made=[access],
            recipient=key.recipient,
        )
    return access


def _key_of(user: StaffUser, desk: Desk, *, is_set_up: bool) -> StaffKey:
    """The key to seal the desk to; GrantRefused when this member cannot have it, or not yet."""
    key = accesses.hold_key(user)
    candidate = accesses.candidates().filter(pk=user.pk, role=accesses.role_for(desk)).first()
    if candidate is None:
        raise GrantRefused(f"{user}的角色不能有这个受理席。")
    missing = accesses.missing(candidate)
    if key is None or (missing and not is_set_up):
        raise GrantRefused(f"{user}{missing}。")
    return key


def _recipient_of(key: StaffKey) -> str:
    try:
        return audit.recipient_of_member(key)
    except audit.NotGenuine as error:
        raise GrantRefused(f"{key.user}的公钥{_EXCHANGED}") from error


def _write_new(path: Path, text: str) -> None:
    try:
        private_files.write_new(path, text)
    except FileExistsError as error:
        raise RecoveryFileRefused(f"已经有这个文件，没有覆盖：{path}") from error
    except OSError as error:
        raise RecoveryFileRefused(f"写不了恢复文件：{path}（{error.strerror}）") from error
