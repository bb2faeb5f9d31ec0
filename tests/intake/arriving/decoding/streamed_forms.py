"""Forms with files of any size, made while they are read, so that no test holds them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.test import Client

PIECE = 64 * 1024
BOUNDARY = "a-boundary"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


class Sent(NamedTuple):
    """A file of this size: how it begins, and one piece again and again."""

    name: str
    size: int
    begins: bytes = b"\xff\xd8\xff\xe0"
    piece: bytes = bytes(PIECE)

    def pieces(self) -> Iterator[bytes]:
        yield self.begins
        for left in range(self.size - len(self.begins), 0, -len(self.piece)):
            yield self.piece[:left]


class Streamed:
    """What a server gives as `wsgi.input`."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.rest = b""

    def read(self, size: int) -> bytes:
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        given, self.rest = self.rest[:size], self.rest[size:]
        return given

    def readline(self, size: int = -1) -> bytes:
        raise NotImplementedError("a form is read in pieces")


def pieces_of(fields: Mapping[str, Any], files: Sequence[Sent]) -> Iterator[bytes]:
    """The form as a browser sends it."""
    for name, value in fields.items():
        yield _head(name) + str(value).encode() + b"\r\n"
    for file in files:
        yield _head("attachments", f'; filename="{file.name}"')
        yield from file.pieces()
        yield b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


def request_of(fields: Mapping[str, Any], files: Sequence[Sent]) -> dict[str, Any]:
    """What a server says of such a request."""
    sizes = sum(map(len, pieces_of(fields, [file._replace(size=4) for file in files])))
    return {
        "CONTENT_TYPE": MULTIPART,
        "CONTENT_LENGTH": str(sizes + sum(file.size - 4 for file in files)),
        "wsgi.input": Streamed(pieces_of(fields, files)),
    }


def post_streamed(
    fields: Mapping[str, Any], *files: Sent, to: str = "/report/", **more: Any
) -> HttpResponse:
    """Sends it; `more` replaces what a server says."""
    return Client().generic("POST", to, b"", **{**request_of(fields, files), **more})


def _head(name: str, more: str = "") -> bytes:
    return (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n').encode()
