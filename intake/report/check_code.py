"""核对码: a few characters that stand for a long key or digest, to be read out and compared.

Pure. Whoever grants a desk compares them, so that no look-alike account is let in.
"""

import hashlib

# One of each pair that is mixed up on paper or on the telephone stays out: 0 O Q, 1 I L, Z, S, B,
# U V, N.
ALPHABET = "23456789ACDEFGHJKMPRTWXY"
LENGTH = 6
# What stands for the head of the audit: too many to find another head with the same.
ALOUD_LENGTH, ALOUD_GROUP = 12, 4


def check_code_of(recipient: str) -> str:
    """'A7K3MX': the same for the same key, on every page and at any time."""
    return _code(b"check code", recipient, LENGTH)


def aloud_code_of(digest: str) -> str:
    """'A7K3 MXPW 24HD': a head of the audit, to be noted by hand or read out."""
    code = _code(b"head of the audit", digest, ALOUD_LENGTH)
    return " ".join(code[at : at + ALOUD_GROUP] for at in range(0, ALOUD_LENGTH, ALOUD_GROUP))


def _code(purpose: bytes, words: str, length: int) -> str:
    rest = int.from_bytes(hashlib.sha256(purpose + b"\0" + words.encode()).digest())
    code = ""
    for _ in range(length):
        rest, place = divmod(rest, len(ALPHABET))
        code += ALPHABET[place]
    return code
