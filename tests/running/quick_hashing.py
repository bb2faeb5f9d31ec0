"""Cheap hashing that takes its turns as the real one does."""

from typing import ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection

from intake.arriving.reception import Reception
from intake.staff.hashing import OnlyInTurn


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
