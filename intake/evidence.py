"""Attachments: what a file is by its content, and what must be said about a file refused."""

MAX_FILES = 9
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_TOTAL_BYTES = 30 * 1024 * 1024


def kind_of(content: bytes, name: str) -> str | None:
    """The kind of a file by its content, None when it is none that is accepted."""
    raise NotImplementedError


def clean_name(name: str) -> str:
    """`name` without a path, control or direction characters; 120 characters at most."""
    raise NotImplementedError


def check(files: list[tuple[str, bytes | None, int]]) -> list[str]:
    """Sentences about what is wrong with (name, content or None when too large, size)."""
    raise NotImplementedError
