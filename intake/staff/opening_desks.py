"""受理席: sets the desks of a round up.

The office's identity goes into the recovery file and nowhere else; what opens a team's desk is
sealed to the office.
"""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from inspection.models import Round
from intake import audit
from intake.choices import Action, DeskKind
from intake.models import Desk
from intake.sealing import private_files, sealing

_PATH_LENGTH = 300
# Said of a public key that is another one than at set-up.
EXCHANGED = "和设立时的不一样，可能被人换过。请管理服务器的人运行 manage.py verify_audit。"


class DesksRefused(Exception):
    """The desks cannot be set up; nothing was stored."""


class RecoveryFileRefused(Exception):
    """The recovery file cannot be written, or what was given is not this round's."""


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
    office = Desk.objects.of_offices().filter(round=round_).first()
    if office is None:
        raise DesksRefused(f"轮次 {round_.slug} 还没有设立受理席，请先运行 open_desks。")
    return office


def _hold(round_: Round) -> Round:
    """Two commands at once must not make the same desk; no citizen's report waits for this."""
    return Round.objects.select_for_update(no_key=True).get(pk=round_.pk)


def _make_office_desk(round_: Round, office: sealing.Identity, path: Path) -> Desk:
    held = _hold(round_)
    if has_desks(held):
        raise DesksRefused(f"轮次 {round_.slug} 已经设立过受理席，没有再设，也没有写文件。")
    return Desk.objects.create(
        kind=DeskKind.OFFICE,
        round=held,
        recipient=office.recipient,
        recipient_code=audit.desk_code(held.pk, DeskKind.OFFICE, None, office.recipient),
        recovery_path=str(path),
    )


def _make_team_desks(office: Desk) -> list[Desk]:
    """A desk for each team of the office's round that has none."""
    desks = []
    try:
        to_office = audit.recipient_of(office)
    except audit.NotGenuine as error:
        raise DesksRefused(f"巡察办的封存公钥{EXCHANGED}") from error
    for team in office.round.teams.filter(desk=None).order_by("order"):
        identity = sealing.new_identity()
        sealed = sealing.seal(identity.secret.encode(), to_office)
        code = audit.desk_code(office.round_id, DeskKind.TEAM, team.pk, identity.recipient)
        desks.append(
            Desk.objects.create(
                kind=DeskKind.TEAM,
                round=office.round,
                team=team,
                recipient=identity.recipient,
                recipient_code=code,
                sealed_identity=sealed,
            )
        )
    return desks


def _write_new(path: Path, text: str) -> None:
    try:
        private_files.write_new(path, text)
    except FileExistsError as error:
        raise RecoveryFileRefused(f"已经有这个文件，没有覆盖：{path}") from error
    except OSError as error:
        raise RecoveryFileRefused(f"写不了恢复文件：{path}（{error.strerror}）") from error
