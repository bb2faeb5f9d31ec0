"""受理席: sets the desks of a round up.

The identities of the office, its head and the superior go into the recovery file and nowhere else;
what opens a team's desk is sealed to the office.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from inspection.models import Round, Team
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
    """The desks of a round that has none; the file appears together with the rows."""
    return _open_with_file(round_, recovery_file, at=at, is_first=True)


def open_missing_desks(
    round_: Round, *, recovery_file: Path | None = None, at: datetime
) -> list[Desk]:
    """Desks for the teams that came later, and with a new file those of `missing_kinds`.

    What is there stays as it is. A team's needs no secret: what opens it is sealed to the office,
    whose key is public.
    """
    if recovery_file is not None and missing_kinds(round_):
        return _open_with_file(round_, recovery_file, at=at, is_first=False)
    with transaction.atomic():
        _hold(round_)
        made = _make_team_desks(office_desk(round_))
        _record(round_, made, at)
    return made


def has_desks(round_: Round) -> bool:
    """Whether the round was set up already."""
    return Desk.objects.filter(round=round_).exists()


def missing_kinds(round_: Round) -> list[DeskKind]:
    """The desks without a team that the round lacks: what was set up before had the office's."""
    made = Desk.objects.filter(round=round_).values_list("kind", flat=True)
    return [kind for kind in DeskKind if kind is not DeskKind.TEAM and kind not in set(made)]


def files_still_here(desks: Iterable[Desk]) -> dict[str, Desk]:
    """Where a recovery file still lies as it was written, each with a desk that it opens."""
    written = {desk.recovery_path: desk for desk in reversed(list(desks)) if desk.recovery_path}
    return {path: written[path] for path in sorted(written) if os.path.lexists(path)}


def teams_without_desk(teams: "QuerySet[Team]", at: datetime) -> list[Team]:
    """Teams that came after `open_desks`, while reports about their bodies are still accepted."""
    waiting = teams.filter(desk=None).select_related("round").order_by("round", "order")
    return [team for team in waiting if at < team.window().closes]


def identity_for(desk: Desk, recovery_file: Path | None = None) -> sealing.Identity | None:
    """What opens a desk: its own identity, or for a team's the office's.

    From the file given, or from where it was written at set-up; None when no file was given and
    it is no longer there, as it should be after set-up.
    """
    holder = office_desk(desk.round) if desk.is_teams else desk
    if recovery_file is None:
        recovery_file = Path(holder.recovery_path)
        if not holder.recovery_path or not recovery_file.is_file():
            return None
    for identity in identities_of(recovery_file):
        if identity.recipient == holder.recipient:
            return identity
    raise RecoveryFileRefused(f"这个恢复文件不是这一轮的，或者里面没有打开{holder}的那一份。")


def identities_of(recovery_file: Path) -> list[sealing.Identity]:
    """All that stand in a file. Raises RecoveryFileRefused."""
    try:
        return sealing.read_recovery_file(recovery_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RecoveryFileRefused(f"读不了恢复文件：{recovery_file}") from error
    except sealing.NotARecoveryFile as error:
        raise RecoveryFileRefused(f"这不是恢复文件：{recovery_file}") from error


def office_desk(round_: Round) -> Desk:
    """The office's own desk of the round."""
    office = Desk.objects.of_offices().filter(round=round_).first()
    if office is None:
        raise DesksRefused(f"轮次 {round_.slug} 还没有设立受理席，请先运行 open_desks。")
    return office


def _hold(round_: Round) -> Round:
    """Two commands at once must not make the same desk; no citizen's report waits for this."""
    return Round.objects.select_for_update(no_key=True).get(pk=round_.pk)


def _open_with_file(
    round_: Round, recovery_file: Path, *, at: datetime, is_first: bool
) -> list[Desk]:
    path = recovery_file.absolute()
    # Before the rows, which hold it too, and on PostgreSQL no more of it than fits.
    _refuse_long(path)
    is_written = False
    try:
        with transaction.atomic():
            held = _held(round_, is_first=is_first)
            identities = {kind: sealing.new_identity() for kind in missing_kinds(held)}
            made = [_make_desk(held, kind, one, path) for kind, one in identities.items()]
            made += _make_team_desks(office_desk(held))
            _record(held, made, at)
            write_recovery_file(path, _file_text(held, identities))
            is_written = True
    except BaseException:
        if is_written:
            path.unlink()
        raise
    return made


def _held(round_: Round, *, is_first: bool) -> Round:
    held = _hold(round_)
    if is_first and has_desks(held):
        raise DesksRefused(f"轮次 {held.slug} 已经设立过受理席，没有再设，也没有写文件。")
    return held


def _file_text(round_: Round, identities: dict[DeskKind, sealing.Identity]) -> str:
    """One identity behind another, each under its name; the office's is the first."""
    return "".join(
        sealing.recovery_file_text(identity, f"{round_.title} {kind.label}")
        for kind, identity in identities.items()
    )


def _record(round_: Round, made: list[Desk], at: datetime) -> None:
    if made:
        audit.record(Action.OPEN_DESKS, by=None, at=at, obj=round_, made=made, count=len(made))


def _make_desk(round_: Round, kind: DeskKind, identity: sealing.Identity, path: Path) -> Desk:
    return Desk.objects.create(
        kind=kind,
        round=round_,
        recipient=identity.recipient,
        recipient_code=audit.desk_code(round_.pk, kind, None, identity.recipient),
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


def write_recovery_file(path: Path, text: str) -> None:
    """Never over another file. Raises RecoveryFileRefused."""
    _refuse_long(path)
    try:
        private_files.write_new(path, text)
    except FileExistsError as error:
        raise RecoveryFileRefused(f"已经有这个文件，没有覆盖：{path}") from error
    except OSError as error:
        raise RecoveryFileRefused(f"写不了恢复文件：{path}（{error.strerror}）") from error


def _refuse_long(path: Path) -> None:
    if len(str(path)) > _PATH_LENGTH:
        raise RecoveryFileRefused(f"恢复文件的路径太长，最多{_PATH_LENGTH}个字符。")
