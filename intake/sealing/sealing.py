"""Sealing with age (X25519): whoever holds the recipient can seal, and nothing more.

This is all that the public path needs. Opening stands in `unsealing`, which it cannot reach.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Any

import pyrage
from pyrage import x25519

from intake.report.contents import Content

_MARKER = "AGE-SECRET-KEY-1"


class RecipientError(ValueError):
    """What should be a desk's age recipient is none."""


class NotARecoveryFile(ValueError):
    """The text holds no age identity, or something else besides."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An age key pair; the secret never shows in its repr."""

    secret: str = field(repr=False)
    recipient: str


def new_identity() -> Identity:
    pair = x25519.Identity.generate()
    return Identity(secret=str(pair), recipient=str(pair.to_public()))


def seal(plaintext: bytes, recipient: str) -> bytes:
    """`plaintext` as an age file that only the holder of the recipient's secret can open."""
    sealed: bytes = pyrage.encrypt(plaintext, [parsed_recipient(recipient)])
    return sealed


class _Source:
    """What pyrage reads from."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def read(self, most: int = -1) -> bytes:
        return self._read(most)


class SealedWriting:
    """Takes an age file from pyrage piece by piece, and knows its fingerprint and its size."""

    def __init__(self, recipients: Sequence[str]) -> None:
        self._recipients = [parsed_recipient(one) for one in recipients]
        self._digest = hashlib.sha256()
        self._failure: BaseException | None = None
        self.size = 0

    def encrypt(self, plaintext: Any, file: IO[bytes]) -> None:
        """Writes what can be read from `plaintext`; what either raises comes out as it is."""
        self._file, self._plaintext_read = file, plaintext.read
        try:
            pyrage.encrypt_io(_Source(self.heard), self, self._recipients)
        except pyrage.EncryptError:
            if self._failure is not None:
                # By its own cause a page tells a full disk from a database that is away.
                raise self._failure from self._failure.__cause__
            raise

    def heard(self, most: int) -> bytes:
        """The next bytes for pyrage, which would forget what kind of error this raises."""
        try:
            piece: bytes = self._plaintext_read(most)
        except BaseException as failure:
            self._failure = failure
            raise
        return piece

    @property
    def sha256(self) -> str:
        """The fingerprint of all that was written."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> int:
        """Takes a piece from pyrage, which would forget what kind of error this raises."""
        try:
            self._file.write(piece)
        except BaseException as failure:
            self._failure = failure
            raise
        self._digest.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """pyrage asks for it at the end; the file's owner flushes."""


class FileSealer(SealedWriting):
    """Seals a large file piece by piece: in one go it would stand in memory three times."""

    def __init__(self, plaintext: Content, recipient: str) -> None:
        super().__init__([recipient])
        self._plaintext = plaintext

    def into(self, file: IO[bytes]) -> None:
        """Writes the sealed file. Raises what the file raises, as of a disk that is full."""
        with self._plaintext.opened() as plaintext:
            self.encrypt(plaintext, file)


def recovery_file_text(identity: Identity, title: str) -> str:
    """An identity to keep offline; `age -d -i FILE` reads it as it is, and several in one file."""
    heading = " ".join(title.split())
    return f"# {heading}\n# public key: {identity.recipient}\n{identity.secret}\n"


def read_recovery_file(text: str) -> list[Identity]:
    """The identities in a recovery file; comments and empty lines are passed over."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines()]
    secrets = [line for line in lines if line and not line.startswith("#")]
    if not secrets or not all(secret.startswith(_MARKER) for secret in secrets):
        raise NotARecoveryFile("age identities are expected, and nothing else")
    try:
        pairs = [x25519.Identity.from_str(secret) for secret in secrets]
    except pyrage.IdentityError:
        raise NotARecoveryFile("an age identity is damaged") from None
    return [Identity(secret=str(pair), recipient=str(pair.to_public())) for pair in pairs]


@lru_cache(maxsize=256)
def parsed_recipient(recipient: str) -> x25519.Recipient:
    """The key itself. Raises RecipientError."""
    try:
        return x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        # It may be a secret that was put into the wrong place, so it is not repeated.
        raise RecipientError("not an age recipient") from None
