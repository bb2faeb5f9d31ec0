"""The ledger as a download: whole where it is short, flowing where it is long.

A short one is made before anything is answered: what goes wrong meanwhile is a page with a
sentence, and no file. A long one flows out as it is read; cut off, it is a file that does not open.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from intake.admin.downloads import XLSX, saved_as
from intake.arriving.request_places import place_left
from intake.casework.ledger import runs
from intake.casework.ledger.exporting import NAME, Export
from intake.choices import Edition

# Some thousands of rows, made in seconds: a proxy waits a minute for an answer. It lies in memory
# twice while it is put together.
WHOLE_UP_TO = 2 * 1024 * 1024


def download(request: HttpRequest, export: Export, day: str) -> HttpResponseBase:
    """Raises runs.Ended as long as nothing was answered."""
    pieces, held, size = export.pieces(), list[bytes](), 0
    # It works for seconds, while citizens wait for the places of this process.
    with place_left():
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size > WHOLE_UP_TO:
                return _named(StreamingHttpResponse(_flowing(held, pieces)), export, day)
    return _named(HttpResponse(b"".join(held)), export, day)


def _flowing(held: list[bytes], pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What was made already, and the rest; who stopped it gets no more, and no end of the file."""
    while held:
        yield held.pop(0)
    try:
        yield from pieces
    except runs.Ended:
        return


def _named(response: HttpResponseBase, export: Export, day: str) -> HttpResponseBase:
    edition = Edition(export.wanted.edition).label
    response.headers["Content-Type"] = XLSX
    return saved_as(f"{NAME} {edition} {day}.xlsx", response)
