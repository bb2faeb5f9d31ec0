"""A member's own last logins, and what failed since: moments and ways alone, never from where."""

from dataclasses import dataclass
from datetime import datetime

from intake.audit import details_of
from intake.choices import Action
from intake.models import AuditEvent, StaffUser

SHOWN = 10
# So many events tell of the last logins; more failures than that are said to be more.
_READ = 60
FAILURES = (Action.LOGIN_FAILED, Action.LOGIN_LOCKED, Action.NOT_SIGNED)


@dataclass(frozen=True, slots=True)
class Entrance:
    """When the member came in, or somebody tried to; `how` says by what second factor."""

    at: datetime
    deed: str
    how: str
    is_failure: bool


@dataclass(frozen=True, slots=True)
class OwnLogins:
    """The last entrances, newest first; `before` is the login before the present one.

    `failures` are those since then; with `has_more` there were more than are told.
    """

    entrances: list[Entrance]
    before: Entrance | None
    failures: int
    has_more: bool


def own_logins(user: StaffUser) -> OwnLogins:
    """One query, of the events about the member alone."""
    about = AuditEvent.objects.filter(object_type="staffuser", object_id=str(user.pk))
    told = about.filter(action__in=(Action.LOGIN, *FAILURES)).order_by("-sequence")
    recent = [_entrance(event) for event in told.defer("covers", "code")[:_READ]]
    places = [place for place, one in enumerate(recent) if not one.is_failure]
    since = recent[: places[1]] if len(places) > 1 else recent
    return OwnLogins(
        entrances=recent[:SHOWN],
        before=recent[places[1]] if len(places) > 1 else None,
        failures=sum(one.is_failure for one in since),
        has_more=len(since) == _READ,
    )


def _entrance(event: AuditEvent) -> Entrance:
    is_failure = event.action in FAILURES
    how = "" if is_failure else "、".join(value for _words, value in details_of(event))
    return Entrance(event.at, str(event.get_action_display()), how, is_failure)
