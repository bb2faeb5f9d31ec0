"""Sends 30 MB through the WSGI application, and prints how much memory that took at most.

Run by test_upload_memory in a process of its own: MiB above a request without files, once for
each of three requests.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

MB = 1024 * 1024
FILES, PIECE = 3, 64 * 1024
BOUNDARY = b"--invented-boundary\r\n"
NAMED = b'Content-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
PHOTO = b'Content-Disposition: form-data; name="attachments"; filename="%d.jpg"\r\n\r\n'


def body_of(fields: dict[str, str], files: int) -> Iterator[bytes]:
    """A form, piece by piece, so that it never stands in this process as a whole."""
    for name, value in fields.items():
        yield BOUNDARY + NAMED % (name.encode(), value.encode())
    for number in range(files):
        yield BOUNDARY + PHOTO % number
        yield b"\xff\xd8\xff\xe0" + bytes(PIECE - 4)
        for _ in range(10 * MB // PIECE - 1):
            yield os.urandom(PIECE)
        yield b"\r\n"
    yield BOUNDARY.strip() + b"--\r\n"


class Stream:
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


def post(fields: dict[str, str], files: int) -> None:
    """One report; it must be taken."""
    from intake.wsgi import application

    answered: list[str] = []
    length = sum(len(piece) for piece in body_of(fields, files))
    environment: dict[str, Any] = {
        **{"REQUEST_METHOD": "POST", "PATH_INFO": "/report/", "REMOTE_ADDR": "127.0.0.1"},
        **{"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http"},
        "CONTENT_TYPE": "multipart/form-data; boundary=invented-boundary",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": Stream(body_of(fields, files)),
        "wsgi.errors": sys.stderr,
    }
    response = application(environment, lambda status, headers, *rest: answered.append(status))
    b"".join(response)
    response.close()  # type: ignore[attr-defined]
    if answered != ["200 OK"]:
        raise SystemExit(f"not taken: {answered}")


def highest() -> float:
    """The most memory that this process held so far, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from tests.making import make_intake
    from tests.sending import filled_in

    call_command("migrate", verbosity=0)
    make_intake()
    post(filled_in(), 0)
    idle = highest()
    for _ in range(3):
        post(filled_in(), FILES)
        print(round(highest() - idle, 1))  # noqa: T201 - what the test reads


main()
