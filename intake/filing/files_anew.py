"""A sealed file to another desk, piece by piece: it stands nowhere as a whole, sealed or open."""

from collections.abc import Callable
from typing import IO

from intake.keeping import sealed_files
from intake.sealing.opening_anywhere import OpenedAnywhere
from intake.sealing.sealing import SealedWriting

WriteBy = Callable[[Callable[[IO[bytes]], object]], str]


def sealed_anew(name: str, secret: str, recipient: str, write_by: WriteBy) -> tuple[str, str]:
    """The name and the fingerprint of the new file, which `write_by` keeps.

    Raises CannotOpen, and FileNotFoundError where there is no such file.
    """
    with OpenedAnywhere(sealed_files.opened(name), secret) as opened:
        sealing = SealedWriting([recipient])
        new = write_by(lambda file: sealing.encrypt(opened, file))
    return new, sealing.sha256
