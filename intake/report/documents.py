"""What is sealed is JSON in UTF-8 that says its version and what it is."""

import json
from typing import Any

VERSION = 1


class UnreadableReport(ValueError):
    """Opened bytes that are no document of a version that this program knows."""


def to_bytes(what: str, **facts: Any) -> bytes:
    """The bytes to seal."""
    document = {"version": VERSION, "what": what, **facts}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def facts_in(what: str, opened: bytes) -> dict[str, Any]:
    """The facts of a `what`; UnreadableReport, without its words, when it is none."""
    try:
        document: dict[str, Any] = json.loads(opened)
        if (document.pop("version"), document.pop("what")) != (VERSION, what):
            raise UnreadableReport(f"not a {what} of version {VERSION}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # The error of the JSON reader would carry the text that it could not read.
        raise not_a(what, error) from None
    return document


def not_a(what: str, error: Exception) -> UnreadableReport:
    """Says which kind of fault it is, and no word of the document."""
    return UnreadableReport(f"not a {what}: {type(error).__name__}")
