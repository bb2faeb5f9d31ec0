"""The invented members at their desks, each with the keys that the demo's passwords open."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from intake.models import Desk, StaffUser
from intake.sealing.unsealing import unwrap_identity
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Actor:
    """A member who holds keys."""

    user: StaffUser
    keyring: Keyring


@dataclass(frozen=True, slots=True)
class Pair:
    """The clerk and the head of a desk: what one proposes, the other approves."""

    clerk: Actor
    head: Actor


class Actors:
    """Opens the keys of a desk's members once, when they are first needed: each takes a while."""

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._passwords = passwords
        self.at = cache(self._at)

    def _at(self, desk: Desk) -> Pair:
        members = StaffUser.objects.filter(accesses__desk=desk).select_related("key")
        return Pair(
            self._actor(members.get(may_approve=False)),
            self._actor(members.get(may_approve=True)),
        )

    def _actor(self, user: StaffUser) -> Actor:
        secret = unwrap_identity(user.key.wrapped_identity, self._passwords[user.username])
        return Actor(user, Keyring(user, secret))
