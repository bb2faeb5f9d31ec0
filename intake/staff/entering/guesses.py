"""How often somebody may guess at a login before the answer is no, whatever is typed.

All of it runs on real time and is kept as counters under keyed digests. A name that no account
has is counted just like any other, so that nobody learns which names there are.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from intake import audit
from intake.abuse import counters
from intake.choices import Action
from intake.models import StaffUser

SECONDS = 30 * 60
# Of one name from one network, or from one browser in which its member logged in before.
OF_NAME = 5
# Of one name from all networks: six of them that are locked already.
OF_NAME_ANYWHERE = 30
# Of all names from one network: a building full of staff on a Monday stays far below.
OF_NETWORK = 60
# Of all names that no account has, from all networks; past it such passwords are not hashed.
OF_UNKNOWN = 300
HOUR = 60 * 60
_UNKNOWN = "login-unknown"
_UNTOLD = "login-unknown-untold"
_TOLD = "login-unknown-told"
# How long what was not told yet is remembered; a checkpoint tells it long before.
_UNTOLD_SECONDS = 60 * 24 * HOUR


class NotLetIn(Exception):
    """Refused; it does not tell which part was wrong.

    `instead` is told to whoever has the phone and the password, and only a clock is off.
    """

    message = (
        "没有登录成功：用户名、密码或验证码不对。验证码每30秒换一次，用过的不能再用。"
        f"连续{OF_NAME}次不对，账号会锁定{SECONDS // 60}分钟。"
    )

    def __init__(self, instead: str = "") -> None:
        super().__init__()
        if instead:
            self.message = f"没有登录成功：{instead}"


class Locked(NotLetIn):
    """Too many failures; even what is right is refused."""

    message = (
        f"没有登录成功的次数太多，这个账号在您这里已经锁定{SECONDS // 60}分钟。"
        "请过后再试，或者用您登录过的电脑和浏览器；忘了密码的，请找系统管理员。"
    )


class NetworkLocked(NotLetIn):
    """Too many failures of anybody in this network."""

    message = (
        f"从您这个网络登录失败的次数太多，这个网络已经锁定{SECONDS // 60}分钟。"
        "请过后再试，或者用您登录过的电脑和浏览器。"
    )


class PasswordLocked(NotLetIn):
    """Too many wrong passwords where the own one is to be changed."""

    message = (
        f"现在的密码连续{OF_NAME}次不对，{SECONDS // 60}分钟以内不能改。"
        "记不清的，请找系统管理员重设。"
    )
    to_sign = (
        f"密码连续{OF_NAME}次不对，{SECONDS // 60}分钟以内不能再签。记不清的，请找系统管理员重设。"
    )


@dataclass(frozen=True, slots=True)
class Sender:
    """Who knocks. `network` is '' when nobody can tell.

    `marks` say which members logged in before in the browser that calls itself `browser`.
    """

    network: str = ""
    browser: str = ""
    marks: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Gate:
    """A counter of failures, how many of them shut it, and what is said then."""

    key: str
    most: int
    refusal: type[NotLetIn] = Locked


@dataclass(frozen=True, slots=True)
class Guess:
    """One attempt; `counts` are those of its gates once it is counted.

    `network` is where a stranger knocks; None where the browser is known.
    """

    gates: tuple[Gate, ...]
    at: datetime
    network: str | None
    counts: tuple[int, ...] = ()

    @property
    def attempt(self) -> int:
        """Which failure of this name in this network, or in this browser, it would be."""
        return self.counts[-1]

    def count(self) -> "Guess":
        """Counts it before it is checked, so that many at once are not more guesses.

        Raises what a shut gate says; then nothing is counted.
        """
        for gate in self.gates:
            if counters.peek(gate.key, at=self.at) >= gate.most:
                raise gate.refusal
        with transaction.atomic():
            counts = [counters.hit(gate.key, seconds=SECONDS, at=self.at) for gate in self.gates]
            shut = [gate for gate, n in zip(self.gates, counts, strict=True) if n > gate.most]
            if shut:
                self.take_back()
        if shut:
            raise shut[0].refusal
        return replace(self, counts=tuple(counts))

    def take_back(self) -> None:
        """It was not checked after all."""
        for gate in self.gates:
            counters.take_back(gate.key)

    def was_right(self) -> None:
        """What was tried here before is forgotten; what others tried elsewhere is not."""
        with transaction.atomic():
            self.take_back()
            counters.clear(self.gates[-1].key)

    def was_wrong(self) -> bool:
        """Whether this failure locks the name; a gate stays shut for its time from now on."""
        shut = [gate for gate, n in zip(self.gates, self.counts, strict=True) if n >= gate.most]
        for gate in shut:
            counters.hold(gate.key, gate.most, seconds=SECONDS, at=self.at)
        return any(gate.refusal is Locked for gate in shut)


def guess_at(name: str, mark: str, sender: Sender, *, at: datetime) -> Guess:
    """A guess that is not counted yet.

    `mark` is another one after the password was set by somebody else, which ends all locks of the
    name. A browser that carries it is apart from all others: what they do does not shut it out.
    """
    if mark and mark in sender.marks:
        own = Gate(f"login-failures {mark} of browser {sender.browser}", OF_NAME)
        return Guess((own,), at, network=None)
    of_name = f"login-failures {mark} of {name}"
    gates = [Gate(of_name, OF_NAME_ANYWHERE), Gate(f"{of_name} from {sender.network}", OF_NAME)]
    if sender.network:
        of_network = f"login-failures from {sender.network}"
        gates.insert(0, Gate(of_network, OF_NETWORK, NetworkLocked))
    return Guess(tuple(gates), at, network=sender.network)


def guess_at_own_password(user: StaffUser, *, at: datetime) -> Guess:
    """A guess of somebody who sits at the member's open session; it locks no login."""
    own = Gate(f"own-password {user.pk}", OF_NAME, PasswordLocked)
    return Guess((own,), at, network=None)


def too_many_unknown(*, at: datetime) -> bool:
    """Whether so many unknown names were tried that they are worth no more work."""
    return counters.peek(_UNKNOWN, at=at) >= OF_UNKNOWN


def count_unknown(*, at: datetime, real_at: datetime) -> None:
    """Counts a guess at a name that no account has, in one event an hour.

    The first is told at once, those after it with the first of a later hour, or by
    `tell_unknown`. The name is kept nowhere: it may be a password.
    """
    with transaction.atomic():
        counters.hit(_UNKNOWN, seconds=SECONDS, at=real_at)
        counters.hit(_UNTOLD, seconds=_UNTOLD_SECONDS, at=real_at)
    tell_unknown(at=at, real_at=real_at)


def tell_unknown(*, at: datetime, real_at: datetime) -> None:
    """Records how many such guesses there were since the last event, once an hour at most."""
    if counters.peek(_TOLD, at=real_at):
        return
    with transaction.atomic():
        if not (counters.peek(_UNTOLD, at=real_at) and _is_first(real_at)):
            return
        tries = counters.take(_UNTOLD)
        audit.record(Action.LOGIN_FAILED, by=None, at=at, tries=tries)


def _is_first(real_at: datetime) -> bool:
    return counters.hit(_TOLD, seconds=HOUR, at=real_at) == 1
