"""Opening a sealed file piece by piece, to see whether it is what was meant."""

import hashlib
from typing import IO

import pyrage
from pyrage import x25519

from intake.sealing.unsealing import CannotOpen, identities_in


class _Digesting:
    """Takes the opened pieces and forgets them."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        return len(piece)

    def flush(self) -> None:
        """There is nothing to flush."""


def digest_of_opened(file: IO[bytes], secret: str) -> str:
    """SHA-256 of the plaintext, in hex. Raises CannotOpen."""
    sink = _Digesting()
    try:
        pyrage.decrypt_io(
            file, sink, [x25519.Identity.from_str(one) for one in identities_in(secret)]
        )
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise CannotOpen("the secret does not open this") from None
    return sink.digest.hexdigest()
