"""Makes the rows that tests start from; a test changes only what matters to it.

Names are invented. The round accepts from 2025-03-28 to 2025-06-20, Shanghai time.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from inspection.models import ContactPoint, DropBox, Round, Target, Team
from intake import audit
from intake.access import Desks, rules_of
from intake.audit.history import History
from intake.choices import Action, DeskKind, Role
from intake.models import Desk, DeskAccess, StaffKey, StaffUser
from intake.report.draft import Draft
from intake.report.form_tokens import new_nonce
from intake.sealing import sealing, unsealing

SHANGHAI = ZoneInfo("Asia/Shanghai")
INSIDE = datetime(2025, 4, 15, 10, 0, tzinfo=SHANGHAI)
PASSWORD = "an-invented-password-1"

_counter = itertools.count(1)


def make_round(**changes: Any) -> Round:
    """A round without teams."""
    values: dict[str, Any] = {
        "slug": f"lantai-1-{next(_counter)}",
        "title": "一届市委第一轮巡察公告",
        "committee": "市委",
        "session": 1,
        "ordinal": 1,
        "word": "巡察",
        "issuer": "中共岚台市委巡察工作领导小组办公室",
        "notice_date": date(2025, 3, 28),
        "period_text": "2025年3月下旬至6月下旬",
        "period_starts_first": date(2025, 3, 21),
        "period_starts_last": date(2025, 3, 31),
        "period_ends_first": date(2025, 6, 21),
        "period_ends_last": date(2025, 6, 30),
        "accepts_until": date(2025, 6, 20),
        "source_text": "一届市委第一轮巡察公告（演示）",
        "source_sha256": "0" * 64,
    }
    return Round.objects.create(**{**values, **changes})


def make_team(round_: Round, **changes: Any) -> Team:
    """A team of the round."""
    order = next(_counter)
    values: dict[str, Any] = {"order": order, "name": f"市委第{order}巡察组"}
    return Team.objects.create(round=round_, **{**values, **changes})


def make_target(team: Team, **changes: Any) -> Target:
    """A town under inspection."""
    order = next(_counter)
    values: dict[str, Any] = {
        "order": order,
        "code": f"t{order}",
        "name": f"岚东县第{order}镇",
        "kind": "town",
        "county": "岚东县",
        "short_names": [f"第{order}镇"],
        "includes_villages": True,
    }
    return Target.objects.create(team=team, **{**values, **changes})


def make_box(round_: Round, **changes: Any) -> DropBox:
    """A drop box of the round."""
    order = next(_counter)
    values: dict[str, Any] = {"order": order, "number": order, "location": f"岚东县{order}号门外"}
    return DropBox.objects.create(round=round_, **{**values, **changes})


@dataclass
class Intake:
    """A round ready to take reports: two teams with a town each, desks, and their secrets.

    `desks` are the teams' alone.
    """

    round: Round
    teams: list[Team]
    targets: list[Target]
    office: Desk
    head: Desk
    superior: Desk
    desks: list[Desk]
    secrets: dict[int, str] = field(repr=False)


def make_desk(round_: Round, team: Team, office: sealing.Identity) -> tuple[Desk, str]:
    """A team's desk and its secret, which is sealed to the office."""
    identity = sealing.new_identity()
    desk = _make_desk(round_, DeskKind.TEAM, team, identity)
    desk.sealed_identity = sealing.seal(identity.secret.encode(), office.recipient)
    desk.save(update_fields=["sealed_identity"])
    return desk, identity.secret


def _make_desk(
    round_: Round, kind: DeskKind, team: Team | None, identity: sealing.Identity
) -> Desk:
    code = audit.desk_code(round_.pk, kind, team.pk if team else None, identity.recipient)
    return Desk.objects.create(
        kind=kind,
        round=round_,
        team=team,
        recipient=identity.recipient,
        recipient_code=code,
    )


def make_intake(teams: int = 2, **round_changes: Any) -> Intake:
    """A round with desks, as load_notice and open_desks leave it."""
    round_ = make_round(**round_changes)
    made_teams = [make_team(round_) for _ in range(teams)]
    targets = [make_target(team) for team in made_teams]
    alone, secrets = {}, {}
    for kind in (DeskKind.OFFICE, DeskKind.HEAD, DeskKind.SUPERIOR):
        identity = sealing.new_identity()
        alone[kind] = _make_desk(round_, kind, None, identity)
        secrets[alone[kind].pk] = identity.secret
    office = alone[DeskKind.OFFICE]
    identity = sealing.Identity(secrets[office.pk], office.recipient)
    desks = []
    for team in made_teams:
        desk, secrets[desk.pk] = make_desk(round_, team, identity)
        desks.append(desk)
    head, superior = alone[DeskKind.HEAD], alone[DeskKind.SUPERIOR]
    return Intake(round_, made_teams, targets, office, head, superior, desks, secrets)


def make_staff(
    role: Role, *, desk: Desk | None = None, secret: str = "", **changes: Any
) -> StaffUser:
    """A member with an own PASSWORD and a key; with `desk` and its secret, also the access."""
    values: dict[str, Any] = {
        "username": f"{role}{next(_counter)}",
        "full_name": "张（演示）",
        "password_chosen_at": INSIDE,
    }
    user = StaffUser(role=role, **{**values, **changes})
    user.set_password(PASSWORD)
    user.save()
    identity = sealing.new_identity()
    cost = unsealing.PasswordCost(memory=settings.STAFF_KEY_MEMORY_KIB, passes=1)
    StaffKey.objects.create(
        user=user,
        recipient=identity.recipient,
        recipient_code=audit.key_code(user.pk, identity.recipient),
        wrapped_identity=unsealing.wrap_identity(identity.secret, PASSWORD, cost=cost),
    )
    if desk is not None:
        DeskAccess.objects.create(
            user=user,
            desk=desk,
            sealed_identity=sealing.seal(secret.encode(), identity.recipient),
            granted_at=INSIDE,
        )
    return user


def make_clerk(
    intake: Intake, desk: Desk, *, role: Role | None = None, **changes: Any
) -> StaffUser:
    """A clerk of one of the intake's desks, the office's included."""
    role = role or (Role.TEAM if desk.is_teams else Role.OFFICE)
    return make_staff(role, desk=desk, secret=intake.secrets[desk.pk], **changes)


def make_head(intake: Intake, **changes: Any) -> StaffUser:
    """The head of the office, who holds the office's desk and the own one."""
    user = make_clerk(intake, intake.office, may_approve=True, **changes)
    DeskAccess.objects.create(
        user=user,
        desk=intake.head,
        sealed_identity=sealing.seal(intake.secrets[intake.head.pk].encode(), user.key.recipient),
        granted_at=INSIDE,
    )
    return user


def make_member(intake: Intake, role: Role) -> StaffUser:
    """Somebody of this role, at the office's desk or the first team's where it can hold one."""
    desks = {Desks.THE_OFFICES: intake.office, Desks.A_TEAMS: intake.desks[0]}
    desk = desks.get(rules_of(role).desks)
    return make_clerk(intake, desk, role=role) if desk else make_staff(role)


def make_draft(**changes: Any) -> Draft:
    """What an anonymous reporter typed, about nobody in particular."""
    values: dict[str, Any] = {
        "narrative": "（演示）机动地发包没有开会，也没有公示过。",
        "nonce": new_nonce(),
    }
    return Draft(**{**values, **changes})


def make_contact(round_: Round, **changes: Any) -> ContactPoint:
    """A phone that is answered on working days."""
    values: dict[str, Any] = {
        "order": next(_counter),
        "kind": "phone",
        "value": "0599-1234567",
        "phone": "+865991234567",
        "hours": {"days": "workdays", "windows": [["08:30", "18:00"]]},
    }
    return ContactPoint.objects.create(round=round_, **{**values, **changes})


def record_what_was_made() -> None:
    """Writes the events for desks, members and grants that `make_*` stored without any."""
    history = History()
    history.read()
    for action, models in _MADE_BY.items():
        rows = [row for model in models for row in model._default_manager.order_by("pk")]
        made = [row for row in rows if str(row.pk) not in history.rows[str(row._meta.model_name)]]
        if made:
            with transaction.atomic():
                audit.record(action, by=None, at=INSIDE, made=made, **_said_of(made[0], len(made)))


_MADE_BY: dict[Action, tuple[type[Model], ...]] = {
    Action.OPEN_DESKS: (Desk,),
    Action.CREATE_STAFF: (StaffUser, StaffKey),
    Action.GRANT: (DeskAccess,),
}


def _said_of(row: Any, count: int) -> dict[str, Any]:
    """What such an event is about, and its details, by the first of its rows."""
    if isinstance(row, Desk):
        return {"obj": row.round, "count": count}
    user = row if isinstance(row, StaffUser) else row.user
    said = {"obj": user, "recipient": "age1"}
    return said | ({"desk": row.desk} if isinstance(row, DeskAccess) else {"role": user.role})
