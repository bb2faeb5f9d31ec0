"""Keeps the secrets of second factors unreadable in the database, its backups and its copies.

Pure. The key stands outside the database. What is kept counts for one member alone: moved to
another one's row, a secret does not open and a recovery code does not match.
"""

import hmac
import secrets
from base64 import b32encode, b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE, _TAG, _KEY = 12, 16, 32
# django-otp keeps a recovery code in 16 characters; these are 80 bits.
_DIGEST = 16


class SealBroken(ValueError):
    """The key is another one, or what is kept was altered or belongs to another member."""


def sealed(secret: bytes, *, owner: int, key: bytes) -> str:
    """The member's secret as the database keeps it."""
    nonce = secrets.token_bytes(_NONCE)
    locked = AESGCM(_derived(key, b"secret")).encrypt(nonce, secret, _about(owner))
    return b64encode(nonce + locked).decode()


def opened(kept: str, *, owner: int, key: bytes) -> bytes:
    """The member's secret; SealBroken when it is not to be had."""
    try:
        raw = b64decode(kept, validate=True)
        if len(raw) < _NONCE + _TAG:
            raise SealBroken("no sealed secret")
        cipher = AESGCM(_derived(key, b"secret"))
        return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], _about(owner))
    except (InvalidTag, ValueError):
        raise SealBroken("the secret of a second factor does not open") from None


def kept_code(code: str, *, owner: int, key: bytes) -> str:
    """What stands for the member's recovery code; the code itself is kept nowhere."""
    digest = hmac.digest(_derived(key, b"recovery code"), _about(owner) + code.encode(), "sha256")
    return b32encode(digest).decode().lower()[:_DIGEST]


def _derived(key: bytes, use: bytes) -> bytes:
    """A key of its own for each use, so that none tells of another."""
    return HKDF(SHA256(), _KEY, salt=None, info=b"second factor: " + use).derive(key)


def _about(owner: int) -> bytes:
    return b"member %d\0" % owner
