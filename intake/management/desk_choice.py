"""Which desk the words of a command mean."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from inspection import clock
from inspection.models import Round
from intake.access import Desks, holding
from intake.choices import DeskKind
from intake.models import Desk, StaffUser
from intake.staff import granting, opening_desks


def add_arguments(parser: CommandParser) -> None:
    """The options that choose a desk and what opens it."""
    parser.add_argument("--team", metavar="NAME", help="巡察组的名称，或者其中能认准的一部分。")
    parser.add_argument("--round", metavar="SLUG", help="轮次的代号；不写就是当前的轮次。")
    parser.add_argument("--recovery-file", type=Path, metavar="PATH", help="恢复文件在哪里。")


def chosen_desks(user: StaffUser, team: str | None, slug: str | None) -> list[Desk]:
    """The desks that go with the member; CommandError when it cannot be told which.

    The office's head holds the head's desk besides the office's, where the round has one.
    """
    desks_held, role = user.rules.desks, user.role
    if team and desks_held is not Desks.A_TEAMS:
        raise CommandError(f"只有角色 {'、'.join(holding(Desks.A_TEAMS))} 才写 --team。")
    if desks_held is Desks.A_TEAMS and not team:
        raise CommandError(f"角色 {role} 要用 --team 写明巡察组。")
    if desks_held is Desks.NONE:
        return []
    round_ = _chosen_round(slug)
    try:
        office = opening_desks.office_desk(round_)
    except opening_desks.DesksRefused as refused:
        raise CommandError(str(refused)) from refused
    if team:
        return [_team_desk(round_, team)]
    heads = Desk.objects.filter(round=round_, kind=DeskKind.HEAD).select_related("round")
    return [office, *(desk for desk in heads if user.can_hold(desk))]


def desk_called(slug: str, name: str) -> Desk:
    """'office', 'head' or 'superior', in Chinese as well, or a team's name or a part of it."""
    round_ = _chosen_round(slug)
    for kind in DeskKind:
        if kind is not DeskKind.TEAM and name in (kind.value, str(kind.label)):
            desk = Desk.objects.filter(round=round_, kind=kind).select_related("round").first()
            if desk is None:
                raise CommandError(f"轮次 {slug} 没有{kind.label}的受理席。")
            return desk
    return _team_desk(round_, name)


def let_in(
    user: StaffUser, desk: Desk, recovery_file: Path | None, *, is_set_up: bool = False
) -> bool:
    """Grants the desk through the recovery file; False when there is none at hand."""
    identity = opening_desks.identity_for(desk, recovery_file)
    if identity is None:
        return False
    at = clock.now()
    granting.grant_with_recovery(user, desk, identity=identity, at=at, is_set_up=is_set_up)
    return True


def _chosen_round(slug: str | None) -> Round:
    by_slug = Round.objects.filter(slug=slug).first()
    chosen = by_slug if slug else Round.objects.current(clock.now())
    if chosen is None:
        raise CommandError(f"没有代号为 {slug} 的轮次。" if slug else "还没有轮次，请先载入公告。")
    return chosen


def _team_desk(round_: Round, name: str) -> Desk:
    """By the exact name, else by a part of it that only one team has."""
    of_teams = Desk.objects.of_teams().filter(round=round_)
    made = list(of_teams.select_related("team", "round"))
    exact = [desk for desk in made if str(desk) == name]
    found = exact or [desk for desk in made if name in str(desk)]
    if len(found) == 1:
        return found[0]
    names = "、".join(str(desk) for desk in found or made)
    if found:
        raise CommandError(f"“{name}”认不准是哪个巡察组：{names}。")
    raise CommandError(f"没有叫“{name}”的巡察组。这一轮有：{names}。")
