"""What only the site can write: codes under `AUDIT_KEY`, which no database holds."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime
from hashlib import sha256
from hmac import compare_digest

from django.conf import settings

# A print tells whether a value is still the same; nobody without the key can make one.
PRINT_LENGTH = 8
_PRINT_BYTES = 6


def code_of(purpose: str, *values: object) -> str:
    """The code of some values, in hex; `purpose` keeps the codes of one kind from another's."""
    return hmac.new(_key(), _message(purpose, values), sha256).hexdigest()


def is_code_of(code: str, purpose: str, *values: object) -> bool:
    """Whether the code was made here, of these values."""
    return compare_digest(code.encode(), code_of(purpose, *values).encode())


def print_of(kind: str, pk: object, column: str, value: object) -> str:
    """A short code of a value and of where it stands, eight characters long."""
    message = _message("print", (kind, str(pk), column, value))
    digest = hmac.digest(_key(), message, "sha256")
    return urlsafe_b64encode(digest[:_PRINT_BYTES]).decode()


def canonical(value: object) -> bytes:
    """The one way in which a value is written to be digested."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def iso(at: datetime) -> str:
    """A moment as it is digested."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _message(purpose: str, values: tuple[object, ...]) -> bytes:
    return canonical([purpose, *map(_plain, values)])


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, bytes | memoryview):
        return sha256(value).hexdigest()
    if isinstance(value, datetime):
        return iso(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _key() -> bytes:
    key: bytes = settings.AUDIT_KEY
    return key
