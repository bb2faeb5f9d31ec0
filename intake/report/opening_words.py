"""What is said of a box opening in free words; sealed to the desk that keeps the record."""

import json
from dataclasses import asdict, dataclass
from typing import Self

VERSION = 1
LONGEST = 500


class UnreadableWords(ValueError):
    """Opened bytes that are no words of an opening of a version that this program knows."""


@dataclass(frozen=True, slots=True, repr=False)
class OpeningWords:
    """What was damaged, and why the letters are not as many as were counted."""

    damage: str = ""
    explanation: str = ""

    def to_bytes(self) -> bytes:
        """The bytes to seal."""
        document = {"version": VERSION, "what": "opening", **asdict(self)}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Raises UnreadableWords, without the words, for anything else."""
        try:
            document = json.loads(opened)
            if (document.pop("version"), document.pop("what")) != (VERSION, "opening"):
                raise UnreadableWords("not words of an opening of this version")
            return cls(**document)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableWords(f"not words of an opening: {type(error).__name__}") from None
