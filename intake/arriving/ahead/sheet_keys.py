"""What the nonce of a form opens: under which name its parts lie, and the key that they are under.

The nonce stands in the form alone. Whoever has the database, and even the site's secret, has
neither it nor what can only be made of it.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Damaged(ValueError):
    """A part is not what was put there under this name."""


@dataclass(frozen=True, slots=True)
class SheetKey:
    """Of one form: `name` is where its parts lie, 64 hex digits; the key shows in no repr."""

    name: str
    _key: bytes = field(repr=False)

    @classmethod
    def of(cls, nonce: str, site_secret: bytes) -> Self:
        return cls(
            _made(b"waiting-sheet", nonce, site_secret).hex(),
            _made(b"waiting-key", nonce, site_secret),
        )

    def lock(self, piece: bytes, about: str) -> bytes:
        """Encrypted, and bound to what it is: `about` must be the same when it is opened."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._key).encrypt(nonce, piece, about.encode())

    def unlock(self, locked: bytes, about: str) -> bytes:
        """Raises Damaged."""
        try:
            return AESGCM(self._key).decrypt(locked[:_NONCE], locked[_NONCE:], about.encode())
        except (InvalidTag, ValueError):
            raise Damaged("not what was put there") from None


def _made(purpose: bytes, nonce: str, site_secret: bytes) -> bytes:
    return hmac.digest(site_secret, purpose + b"\0" + nonce.encode(), "sha256")
