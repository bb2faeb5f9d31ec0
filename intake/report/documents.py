"""What is sealed is JSON in UTF-8 that says its version and what it is."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

VERSION = 1
# What a reader of a damaged document meets.
_FAULTS = (ValueError, KeyError, TypeError, AttributeError)

Made = TypeVar("Made")


class UnreadableReport(ValueError):
    """Opened bytes that are no document of a version that this program knows."""


def to_bytes(what: str, **facts: Any) -> bytes:
    """The bytes to seal; a moment among the facts stands as in ISO 8601."""
    document = {"version": VERSION, "what": what, **facts}
    words = json.dumps(
        document, ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat
    )
    return words.encode()


def facts_in(what: str, opened: bytes) -> dict[str, Any]:
    """The facts of a `what`; UnreadableReport, without its words, when it is none."""
    try:
        document: dict[str, Any] = json.loads(opened)
        if (document.pop("version"), document.pop("what")) != (VERSION, what):
            raise UnreadableReport(f"not a {what} of version {VERSION}")
    except _FAULTS as error:
        # The error of the JSON reader would carry the text that it could not read.
        raise _not_a(what, error) from None
    return document


def read(what: str, opened: bytes, make: Callable[[dict[str, Any]], Made]) -> Made:
    """What `make` makes of the facts of a `what`; UnreadableReport when they do not fit either."""
    facts = facts_in(what, opened)
    try:
        return make(facts)
    except _FAULTS as error:
        raise _not_a(what, error) from None


def with_moments(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Notes as they were before they were sealed: the moment `at` of each is one again."""
    return [{**note, "at": datetime.fromisoformat(note["at"])} for note in notes]


def _not_a(what: str, error: Exception) -> UnreadableReport:
    """Says which kind of fault it is, and no word of the document."""
    return UnreadableReport(f"not a {what}: {type(error).__name__}")
