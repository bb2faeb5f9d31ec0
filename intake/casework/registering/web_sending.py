"""Where a web report goes when it is registered: to the body's desk, or as the clerk decides."""

from inspection.current import Published
from inspection.models import Target
from intake.access import Deed
from intake.casework import rerouting
from intake.casework.registering.sending_to import NotToThatDesk, Sending, own_target, sees
from intake.filing.desks_now import desks_of
from intake.models import Desk, StaffUser, Submission
from intake.report.draft import Draft
from intake.routing import route

LEAVE_EMPTY = "您不能改派：这里先空着，登记以后按“退回改派”。"


class NotThatBody(NotToThatDesk):
    """The body is another desk's, and the clerk does not send items on."""


def propose_for(
    item: Submission, target: Target | None, published: Published, by: StaffUser
) -> Sending:
    """Stays where it lies, unless the body that the clerk names is another desk's."""
    if target is None or target == item.target or item.desk.is_heads:
        return Sending(item.desk, target or item.target, item.route_reason)
    desks = desks_of(published)
    draft = Draft(narrative="", nonce="", target_code=target.code)
    chosen = route(draft, desks.route_map)
    desk = desks.desk(chosen)
    return Sending(desk, target, desks.reason(chosen), leaves=not sees(by, desk))


def decide_for(
    item: Submission,
    target: Target | None,
    published: Published,
    by: StaffUser,
    wanted: Desk | None,
) -> Sending:
    """What the clerk decided, or what is proposed. Raises NotThatBody or NotToThatDesk."""
    proposed = propose_for(item, target, published, by)
    if wanted is None and proposed.desk.pk != item.desk_id and not by.may(Deed.REROUTE):
        raise NotThatBody(f"这个单位归{proposed.desk}，{LEAVE_EMPTY}")
    if wanted is None or wanted.pk == proposed.desk.pk:
        return proposed
    is_possible = wanted.pk == item.desk_id or (
        by.may(Deed.REROUTE) and rerouting.destinations(item, by).filter(pk=wanted.pk).exists()
    )
    if not is_possible:
        raise NotToThatDesk("不能送到这个受理席，请从列出的里面选。")
    own = own_target(proposed.target, wanted)
    return Sending(wanted, own, proposed.reason, leaves=not sees(by, wanted), is_clerks_own=True)
