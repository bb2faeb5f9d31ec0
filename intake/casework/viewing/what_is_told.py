"""What is told beside a file once its copies were made: sealed like them, as one of them.

How long a film is tells nothing; that it has a password, or who wrote it, may. So all of it is
sealed, and the row says only whether there are copies.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from io import BytesIO
from typing import Any

from intake.casework.viewing.apart.made_copies import FileFacts
from intake.casework.viewing.kept_copies import Part, opened
from intake.choices import CopySort
from intake.models import ViewingCopy
from intake.sealing.unsealing import CannotOpen

NOTHING_KNOWN = FileFacts()


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """`notes` say by a copy's name what it does not show; `problem`, why there is no copy."""

    facts: FileFacts = NOTHING_KNOWN
    notes: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    def as_part(self) -> Part:
        """To be sealed beside the copies."""
        content = json.dumps(asdict(self), ensure_ascii=False).encode()
        return Part(CopySort.TOLD, 1, "application/json", content)


NOTHING_TOLD = Told()


def told_by(
    copies: Iterable[ViewingCopy], secret: str, read: Mapping[str, bytes] | None = None
) -> Told:
    """As it was found when the copies were made; nothing where they were not, or it was altered.

    `read` has, by their names, the sealed files that were read together.
    """
    for copy in copies:
        if copy.sort == CopySort.TOLD:
            sealed = (read or {}).get(copy.sealed_file)
            held = BytesIO(sealed) if sealed else None
            with suppress(CannotOpen), opened(copy, secret, held) as file:
                return _read(json.loads(file.read()))
    return NOTHING_TOLD


def _read(stored: dict[str, Any]) -> Told:
    facts = stored["facts"]
    facts["removed"] = tuple(facts["removed"])
    return Told(FileFacts(**facts), stored["notes"], stored["problem"])
