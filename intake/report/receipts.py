"""The receipt's code: 20 digits that a repeated POST shows again though none is stored.

18 digits come from the form's random nonce and from what was sent, by HMAC under the receipt
key, so that a nonce that somebody else knows leads to no code of another; the last two
are check digits (ISO 7064 MOD 97-10), so that one wrong digit or two swapped neighbours
are told to whoever types the code.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterator

from inspection import unseen

LENGTH = 20
# How much of an idempotency key tells the sheet, whatever was sent on it.
SHEET = 32
# A whole receipt, copied from its page, is still far shorter.
LONGEST_TYPED = 2000

# Spaces, dashes and dots that phones and people put between the groups of one number.
_BETWEEN = re.compile(r"[\s\-_\u2010-\u2015\u2212.·•。]+")
_DIGITS = re.compile(r"[0-9]{20}")
_RUN = re.compile(r"[0-9]+")
# What stands between other things: a number on its own, with nothing but the above in it.
_NUMBER = re.compile(rf"[0-9]+(?:{_BETWEEN.pattern}[0-9]+)*")
_GROUPS = [4] * 5
# A date such as 250415; fewer digits too many are rather a slip.
_SHORTEST_GLUED = 6


class MistypedCode(ValueError):
    """What was typed cannot be a receipt's code; it does not say what was typed."""


def code_for(nonce: str, content: str, key: bytes) -> str:
    """The code of a report: of the sheet's nonce and of what was sent on it, words and files.

    Whoever knows the nonce alone, because the sheet was planted, learns no code.
    """
    # 256 bits modulo 10^18 are uniform to within 2^-196.
    body = int.from_bytes(_mac(b"code", f"{nonce}\0{content}", key)) % 10**18
    return f"{body:018d}{_check_digits(body)}"


def check(code: str) -> bool:
    """Whether `code` is 20 digits whose check digits are right."""
    return bool(_DIGITS.fullmatch(code)) and code[18:] == _check_digits(int(code[:18]))


def normalise(typed: str) -> str:
    """The 20 digits that a person meant, wherever they stand in what was typed or pasted.

    Raises MistypedCode when nothing in it can be a code.
    """
    if len(typed) > LONGEST_TYPED:
        raise MistypedCode("not a receipt code")
    text = unicodedata.normalize("NFKC", unseen.bare(typed))
    found = next(filter(check, _candidates(text)), None)
    if found is None:
        raise MistypedCode("not a receipt code")
    return found


def _candidates(text: str) -> Iterator[str]:
    """Rows of digits that may be the code, the likeliest first.

    One in a hundred of other rows has right check digits too, so a number on its own comes before
    groups beside other digits, those before what can only be put together of odd pieces, and
    last comes what begins or ends a row to which a date or a telephone number was glued.
    """
    on_one_line = [number for line in text.splitlines() for number in _numbers_in(line)]
    over_lines = _numbers_in(text)
    yield from on_one_line
    yield from over_lines
    runs: list[str] = _RUN.findall(text)
    spans = [runs[start : start + count] for start in range(len(runs)) for count in range(1, 21)]
    yield from ("".join(span) for span in spans if [len(run) for run in span] == _GROUPS)
    yield from ("".join(span) for span in spans if sum(map(len, span)) == LENGTH)
    glued = [row for row in on_one_line + over_lines if len(row) >= LENGTH + _SHORTEST_GLUED]
    yield from (part for row in glued for part in (row[:LENGTH], row[-LENGTH:]))


def _numbers_in(text: str) -> list[str]:
    return [_BETWEEN.sub("", number[0]) for number in _NUMBER.finditer(text)]


def grouped(code: str) -> str:
    """Five groups of four, as it is shown and copied: '1234 5678 9012 3456 7890'."""
    return " ".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def digest(code: str, key: bytes) -> str:
    """What is stored instead of the code: a keyed hash, 64 hex digits."""
    return _mac(b"digest", code, key).hex()


def idempotency_key(nonce: str, content: str, key: bytes) -> str:
    """What makes the same sheet with the same content one report: keyed hashes, 64 hex digits.

    The first half tells the sheet: two reports that share it came from one. Rows of before this
    was so hold one hash of the nonce, which begins like no other.
    """
    same = _mac(b"idempotency", f"{nonce}\0{content}", key).hex()[:32]
    return _mac(b"sheet", nonce, key).hex()[:SHEET] + same


def _check_digits(body: int) -> str:
    return f"{98 - body * 100 % 97:02d}"


def _mac(purpose: bytes, text: str, key: bytes) -> bytes:
    """The purpose goes into the hash: no two uses can ever give each other's value."""
    return hmac.digest(key, b"receipt:" + purpose + b"\0" + text.encode(), "sha256")
