"""The form's token: when the form was given out, and the nonce that makes it one report.

Text of three parts, `moment.nonce.mac`, safe in a URL: microseconds since 1970 in hex,
a random nonce, an HMAC over both. A moment a little ahead of this server's clock is
fine: whoever cannot forge the token got it from a server of ours.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SHAPE = re.compile(r"([0-9a-f]{1,16})\.([A-Za-z0-9_-]{16,64})\.([A-Za-z0-9_-]{43})", re.ASCII)
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FormToken:
    """What a genuine token says. The nonce leads to the receipt's code: it is not shown."""

    moment: datetime
    nonce: str

    def __repr__(self) -> str:
        return f"FormToken(moment={self.moment!r})"


class TokenForged(ValueError):
    """No server of ours gave out this token; it may also be cut off or damaged."""


class TokenExpired(ValueError):
    """The form lay open for too long; `token` is what it says, so that it can be renewed."""

    def __init__(self, token: FormToken) -> None:
        super().__init__("the form token has expired")
        self.token = token


def new_nonce() -> str:
    """128 random bits as URL-safe text of 22 characters."""
    return secrets.token_urlsafe(16)


def issue(*, at: datetime, key: bytes, nonce: str | None = None) -> str:
    """A token of the moment `at`; a given nonce renews a form without making it another."""
    if nonce is None:
        nonce = new_nonce()
    elif not _NONCE.fullmatch(nonce):
        raise ValueError("a nonce is 16 to 64 URL-safe characters")
    signed = f"{(at - _EPOCH) // _MICROSECOND:x}.{nonce}"
    return f"{signed}.{_mac(signed, key)}"


def read(token: str, *, at: datetime, key: bytes, max_age: timedelta) -> FormToken:
    """What `token` says; TokenForged or TokenExpired when it is not accepted."""
    shape = _SHAPE.fullmatch(token)
    if shape is None:
        raise TokenForged("not a form token")
    moment, nonce, mac = shape.groups()
    if not hmac.compare_digest(mac, _mac(f"{moment}.{nonce}", key)):
        raise TokenForged("the form token was not given out here")
    genuine = FormToken(_EPOCH + timedelta(microseconds=int(moment, 16)), nonce)
    if at - genuine.moment > max_age:
        raise TokenExpired(genuine)
    return genuine


def _mac(signed: str, key: bytes) -> str:
    mac = hmac.digest(key, b"form-token\0" + signed.encode(), "sha256")
    return urlsafe_b64encode(mac).rstrip(b"=").decode()
