"""Cheap hashing that takes its turns as the real one does."""

from typing import Any, ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection

from intake.arriving.reception import Reception
from intake.staff.hashing import OnlyInTurn

# Whatever only takes time: costly hashes, the beat of a login, an answer that may be minutes old.
QUICK: dict[str, Any] = {
    "PASSWORD_HASHERS": ["tests.running.quick_hashing.QuickHasher"],
    "LOGIN_BEAT_SECONDS": 0,
    "STAFF_KEY_MEMORY_KIB": 64,
    "NOTICE_MAX_AGE_SECONDS": 0,
}


class QuickHasher(OnlyInTurn, MD5PasswordHasher):
    """As Argon2InTurn, without its cost."""


class Seen(MD5PasswordHasher):
    """Notes for each hash how many places are free and whether a transaction is open."""

    served: ClassVar[Reception | None] = None
    seen: ClassVar[list[tuple[int, bool]]] = []

    def encode(self, password: str, salt: str) -> str:
        free = self.served.places.free.qsize() if self.served else 0
        self.seen.append((free, connection.in_atomic_block))
        return super().encode(password, salt)


class SeenInTurn(OnlyInTurn, Seen):
    """As the real hasher takes its turns."""
