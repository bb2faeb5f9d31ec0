"""What a clerk notes of a letter, call or visit that no column holds; sealed with the report."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

MOST_REPRESENTATIVES = 5


@dataclass(frozen=True, slots=True, repr=False)
class PaperFacts:
    """All as words; empty where the way has no such thing, or nobody said it.

    `started` and `ended` are times of day ('09:05') of a call, `recorded` is 'yes' or 'no'.
    """

    address: str = ""
    signer_names: str = ""
    origin_detail: str = ""
    original_number: str = ""
    started: str = ""
    ended: str = ""
    recorded: str = ""
    number_refused: bool = False
    representatives: str = ""
    receivers: str = ""
    # Why the clerk sent it to another desk than was proposed.
    desk_reason: str = ""

    def __bool__(self) -> bool:
        """Whether anything was noted."""
        return any(getattr(self, one.name) for one in fields(self))

    def as_document(self) -> dict[str, Any]:
        """As it stands in the sealed report."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: dict[str, Any] | None) -> Self:
        """Reports of citizens, and those of before there were such facts, have none."""
        return cls(**(document or {}))


NOTHING_NOTED = PaperFacts()
