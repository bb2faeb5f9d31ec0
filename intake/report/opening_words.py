"""What is said of a box opening in free words; sealed to the desk that keeps the record."""

from dataclasses import asdict, dataclass
from typing import Self

from intake.report.documents import read, to_bytes

LONGEST = 500


@dataclass(frozen=True, slots=True, repr=False)
class OpeningWords:
    """What was damaged, and why the letters are not as many as were counted."""

    damage: str = ""
    explanation: str = ""

    def to_bytes(self) -> bytes:
        """The bytes to seal."""
        return to_bytes("opening", **asdict(self))

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Raises UnreadableReport."""
        return read("opening", opened, lambda facts: cls(**facts))
