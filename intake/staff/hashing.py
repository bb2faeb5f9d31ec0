"""Everything that Argon2 is asked for: one at a time, in no place that citizens' requests need.

A hash takes a fifth of a second and 100 MB. So the hasher itself takes a turn, and nobody can
forget to; a use case that needs several hashes takes one turn around all of them. It never waits
inside a transaction, whose locks others need.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password, verify_password
from django.db import connection

from intake.arriving.turns import NoTurn, Turns
from intake.sealing import sealing, unsealing

# Some three seconds' work: whoever waits for more goes away.
MOST = 10
MOST_OF_STRANGERS = 8
MOST_OF_ONE_NETWORK = 5
TURNS = Turns(most=MOST, longest_seconds=10)

_has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)


class TryAgain(Exception):
    """Too many are logging in at this moment; after `seconds` there will be room."""

    seconds = 5
    message = "这会儿登录的人太多，还没有查您输入的内容，也不算一次失败。请过几秒再按一次。"


class _Strangers:
    """Of those that nobody vouches for only so many wait, and fewer out of one network."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count_of: Counter[str] = Counter()

    @contextmanager
    def one_more(self, network: str) -> Iterator[None]:
        with self.lock:
            is_one_s_fill = bool(network) and self.count_of[network] >= MOST_OF_ONE_NETWORK
            if is_one_s_fill or self.count_of.total() >= MOST_OF_STRANGERS:
                raise TryAgain
            self.count_of[network] += 1
        try:
            yield
        finally:
            with self.lock:
                self.count_of[network] -= 1
                self.count_of += Counter()


STRANGERS = _Strangers()


@contextmanager
def stranger_s_turn(network: str) -> Iterator[None]:
    """A turn for somebody who may be anybody. Raises TryAgain."""
    with STRANGERS.one_more(network), turn():
        yield


@contextmanager
def turn() -> Iterator[None]:
    """Waits for a turn, and has it for as long; inside another turn nothing. Raises TryAgain."""
    if _has_turn.get():
        yield
        return
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("a password is hashed before the transaction that stores it")
    try:
        with TURNS.one():
            before = _has_turn.set(True)
            try:
                yield
            finally:
                _has_turn.reset(before)
    except NoTurn as full:
        raise TryAgain from full


class OnlyInTurn:
    """Makes a hasher of Django's take a turn for each hash."""

    def encode(self, *args: object, **kwargs: object) -> str:
        with turn():
            encoded: str = super().encode(*args, **kwargs)  # type: ignore[misc]
        return encoded

    def verify(self, *args: object, **kwargs: object) -> bool:
        with turn():
            is_right: bool = super().verify(*args, **kwargs)  # type: ignore[misc]
        return is_right


class Argon2InTurn(OnlyInTurn, Argon2PasswordHasher):
    """Django's, on one processor: the others are for whoever reads the notice meanwhile."""

    parallelism = 1


@dataclass(frozen=True, slots=True, repr=False)
class Chosen:
    """What is stored of a password: its hash, and a new key that it opens; `secret` is not."""

    password: str
    recipient: str
    wrapped_identity: str
    secret: str


def choose(password: str) -> Chosen:
    """Hashes a password and makes a key for it; nothing is stored."""
    identity = sealing.new_identity()
    with turn():
        wrapped = wrap(identity.secret, password)
        return Chosen(make_password(password), identity.recipient, wrapped, identity.secret)


def is_right(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether the password is right, and its new hash where the stored one is out of date.

    Without a stored one it takes as long and is wrong.
    """
    with turn():
        if stored is None:
            make_password(password)
            return False, None
        right, is_old = verify_password(password, stored)
        return right, make_password(password) if right and is_old else None


def wrap(secret: str, password: str) -> str:
    """A member's identity under the password."""
    cost = unsealing.PasswordCost(memory=settings.STAFF_KEY_MEMORY_KIB)
    with turn():
        return unsealing.wrap_identity(secret, password, cost=cost)


def unwrap(wrapped: str, password: str) -> str:
    """The identity again; WrongPassword, or CannotOpen when the text is damaged."""
    with turn():
        return unsealing.unwrap_identity(wrapped, password)
