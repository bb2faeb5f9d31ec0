"""The receipt's code: 20 digits that a repeated POST shows again though none is stored.

18 digits come from the form's random nonce by HMAC under the receipt key; the last two
are check digits (ISO 7064 MOD 97-10), so that one wrong digit or two swapped neighbours
are told to whoever types the code.
"""

import hmac
import re
import secrets
import unicodedata

LENGTH = 20
# A code typed with every sort of space between its digits is still far shorter.
LONGEST_TYPED = 200

# Spaces, invisible characters, dashes and dots that phones and people put between groups.
_BETWEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\-_\u2010-\u2015\u2212.·•。]+")
_DIGITS = re.compile(r"[0-9]{20}")


class MistypedCode(ValueError):
    """What was typed cannot be a receipt's code; it does not say what was typed."""


def new_nonce() -> str:
    """128 random bits as URL-safe text of 22 characters."""
    return secrets.token_urlsafe(16)


def code_for(nonce: str, key: bytes) -> str:
    """The code of the report that was sent with `nonce`."""
    # 256 bits modulo 10^18 are uniform to within 2^-196.
    body = int.from_bytes(_mac(b"code", nonce, key)) % 10**18
    return f"{body:018d}{_check_digits(body)}"


def check(code: str) -> bool:
    """Whether `code` is 20 digits whose check digits are right."""
    return bool(_DIGITS.fullmatch(code)) and code[18:] == _check_digits(int(code[:18]))


def normalise(typed: str) -> str:
    """The 20 digits that a person meant; MistypedCode when they cannot be a code."""
    if len(typed) > LONGEST_TYPED:
        raise MistypedCode("not a receipt code")
    code = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed))
    if not check(code):
        raise MistypedCode("not a receipt code")
    return code


def grouped(code: str) -> str:
    """Five groups of four, as it is shown and copied: '1234 5678 9012 3456 7890'."""
    return " ".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def digest(code: str, key: bytes) -> str:
    """What is stored instead of the code: a keyed hash, 64 hex digits."""
    return _mac(b"digest", code, key).hex()


def idempotency_key(nonce: str, key: bytes) -> str:
    """What makes a repeated POST of one form one report: a keyed hash, 64 hex digits."""
    return _mac(b"idempotency", nonce, key).hex()


def _check_digits(body: int) -> str:
    return f"{98 - body * 100 % 97:02d}"


def _mac(purpose: bytes, text: str, key: bytes) -> bytes:
    """The purpose goes into the hash: no two uses can ever give each other's value."""
    return hmac.digest(key, b"receipt:" + purpose + b"\0" + text.encode(), "sha256")
