"""核对码: six characters that stand for a member's public key, to be read out and compared.

Pure. Whoever grants a desk compares them, so that no look-alike account is let in.
"""

import hashlib

# One of each pair that is mixed up on paper or on the telephone stays out: 0 O Q, 1 I L, Z, S, B,
# U V, N.
ALPHABET = "23456789ACDEFGHJKMPRTWXY"
LENGTH = 6


def check_code_of(recipient: str) -> str:
    """'A7K3MX': the same for the same key, on every page and at any time."""
    rest = int.from_bytes(hashlib.sha256(b"check code\0" + recipient.encode()).digest())
    code = ""
    for _ in range(LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        code += ALPHABET[place]
    return code
