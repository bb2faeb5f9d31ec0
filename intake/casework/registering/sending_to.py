"""To which desk what is registered goes: the routing proposes, the clerk decides within bounds."""

from dataclasses import dataclass

from inspection.current import Published
from inspection.models import Target
from intake.choices import Scope
from intake.filing.desks_now import CurrentDesks, desks_of
from intake.models import Desk, StaffUser
from intake.report.draft import Draft
from intake.routing import Route, route

CHOSEN = "登记时由工作人员指定"
TO_BE_CHECKED = "登记的人不在那个受理席，先送巡察办核对"
_THE_OFFICE = Route(None, None, "unchecked", TO_BE_CHECKED, kind="office")


class NotToThatDesk(ValueError):
    """Why the clerk cannot send it there, in a sentence."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A desk, the body that it is about, and why it goes there."""

    desk: Desk
    target: Target | None
    reason: str
    scope: str = Scope.UNCHECKED
    # Whether the desk is not one that the clerk sees: after registering, it is out of sight.
    leaves: bool = False
    # Whether the clerk decided otherwise than was proposed.
    is_clerks_own: bool = False

    @property
    def as_prepared(self) -> tuple[Desk, str]:
        """What `preparing.prepare` takes."""
        return self.desk, self.reason


def propose(draft: Draft, published: Published, by: StaffUser) -> Sending:
    """Where the routing sends it; a team's clerk sends past the own desk only to the office."""
    desks = desks_of(published)
    chosen = route(draft, desks.route_map)
    desk, reason = desks.desk(chosen), desks.reason(chosen)
    if desk.is_teams and not sees(by, desk):
        desk, reason = desks.desk(_THE_OFFICE), f"{TO_BE_CHECKED}；{reason}"
    target = published.target(chosen.target_code) if chosen.target_code else None
    return Sending(desk, target, reason, chosen.scope, leaves=not sees(by, desk))


def decide(draft: Draft, published: Published, by: StaffUser, wanted: Desk | None) -> Sending:
    """What the clerk decided, or what is proposed. Raises NotToThatDesk."""
    proposed = propose(draft, published, by)
    if wanted is None or wanted.pk == proposed.desk.pk:
        return proposed
    _refuse(wanted, draft, desks_of(published), by)
    reason = f"{CHOSEN}；建议送{proposed.desk}：{proposed.reason}"
    return Sending(
        wanted,
        own_target(proposed.target, wanted),
        reason,
        proposed.scope,
        leaves=not sees(by, wanted),
        is_clerks_own=True,
    )


def own_target(target: Target | None, desk: Desk) -> Target | None:
    """The body goes with the item only to its own team, as when it is sent on later."""
    return target if target and target.team_id == desk.team_id else None


def _refuse(wanted: Desk, draft: Draft, desks: CurrentDesks, by: StaffUser) -> None:
    if wanted.pk not in {desk.pk for desk in desks.by_key.values()}:
        raise NotToThatDesk("不能送到这个受理席，请从列出的里面选。")
    if draft.about_inspectors:
        raise NotToThatDesk("反映巡察干部的，不能送到别的受理席。")
    routed = route(draft, desks.route_map)
    is_of_another_team = routed.team is not None and str(wanted.team_id) != routed.team
    if not sees(by, desks.desk(_THE_OFFICE)) and is_of_another_team:
        raise NotToThatDesk("说的是别的组的单位，只能先送巡察办核对。")


def sees(by: StaffUser, desk: Desk) -> bool:
    """Whether what lies there is within the clerk's sight."""
    return Desk.objects.visible_to(by).filter(pk=desk.pk).exists()
