"""Opening sealed things, always in memory, and keeping the secrets that open them.

A member's identity rests under the password (Argon2id); while logged in it rests in the
session under a key that only the browser's cookie holds. The public path cannot import
this module.
"""

import re
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import IO, Any

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pyrage import x25519

_SALT, _NONCE, _TAG, _KEY = 16, 12, 16, 32
# What a text may ask for at most, in KiB: more would only be a way to stop the server.
_MOST_MEMORY = 1024 * 1024
_HEADER = re.compile(
    r"argon2id\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9]{1,2})\$([A-Za-z0-9+/]{22}==)"
)


class CannotOpen(ValueError):
    """The secret does not open this, or it was altered or cut off."""


class WrongPassword(ValueError):
    """The password does not open the staff key."""


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """What one guess at a password costs: memory in KiB, passes over it, lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


PRODUCTION_COST = PasswordCost()


def open_sealed(sealed: bytes, secret: str) -> bytes:
    """The plaintext of what was sealed to the recipient of `secret`, or of one of its lines."""
    try:
        opened: bytes = pyrage.decrypt(sealed, _parsed(secret))
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise CannotOpen("the secret does not open this") from None
    return opened


def open_into(file: IO[bytes], sink: Any, secret: str) -> None:
    """Writes the plaintext piece by piece; a sealed file that is cut off fails after some."""
    try:
        pyrage.decrypt_io(file, sink, _parsed(secret))
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise CannotOpen("the secret does not open this") from None


def in_one(*secrets: str) -> str:
    """Several identities as one secret, a line each, which opens what each of them opens.

    So it is while a desk's identity is exchanged: the newest stands first.
    """
    return "\n".join(one for secret in secrets for one in identities_in(secret))


def identities_in(secret: str) -> list[str]:
    """The identities of a secret, the newest first; most have one."""
    return secret.split()


def _parsed(secret: str) -> list[x25519.Identity]:
    return [x25519.Identity.from_str(one) for one in identities_in(secret)]


def recipient_of_secret(secret: str) -> str:
    """Whom to seal to, so that `secret` opens it."""
    try:
        return str(x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError:
        raise CannotOpen("the secret is damaged") from None


def wrap_identity(secret: str, password: str, *, cost: PasswordCost = PRODUCTION_COST) -> str:
    """`secret` under `password`, as text that carries its own parameters."""
    salt = secrets.token_bytes(_SALT)
    header = f"argon2id$m={cost.memory},t={cost.passes},p={cost.lanes}${_text(salt)}"
    key = _password_key(password, salt, cost)
    return f"{header}${_lock(secret, key, header)}"


def unwrap_identity(wrapped: str, password: str) -> str:
    """The secret in `wrapped`; WrongPassword, or CannotOpen when the text is damaged."""
    header, _, locked = wrapped.rpartition("$")
    salt, cost = _read_header(header)
    try:
        return _unlock(locked, _password_key(password, salt, cost), header)
    except InvalidTag:
        raise WrongPassword("the password does not open the staff key") from None


def lock_keyring(secret: str, key: bytes) -> str:
    """`secret` for the session's store; `key` (32 bytes) goes into the cookie only."""
    return _lock(secret, key, "keyring")


def unlock_keyring(text: str, key: bytes) -> str:
    try:
        return _unlock(text, key, "keyring")
    except (InvalidTag, ValueError):
        raise CannotOpen("the cookie's key does not open this keyring") from None


def _read_header(header: str) -> tuple[bytes, PasswordCost]:
    found = _HEADER.fullmatch(header)
    if found is None:
        raise CannotOpen("the staff key is damaged")
    memory, passes, lanes = (int(found[number]) for number in (1, 2, 3))
    if not (8 * lanes <= memory <= _MOST_MEMORY and passes and lanes):
        raise CannotOpen("the staff key asks for a cost that cannot be paid")
    return b64decode(found[4]), PasswordCost(memory, passes, lanes)


def _password_key(password: str, salt: bytes, cost: PasswordCost) -> bytes:
    kdf = Argon2id(
        salt=salt,
        length=_KEY,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    )
    return kdf.derive(password.encode())


def _lock(secret: str, key: bytes, about: str) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, secret.encode(), about.encode()))


def _unlock(text: str, key: bytes, about: str) -> str:
    """The secret in `text`; InvalidTag when the key or `about` is another one."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        raise CannotOpen("the text is damaged") from None
    if len(raw) < _NONCE + _TAG:
        raise CannotOpen("the text is cut off")
    return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], about.encode()).decode()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
