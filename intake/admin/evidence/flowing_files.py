"""An opened file as an answer: a small one whole, a large one as it is read."""

from collections.abc import Generator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from intake.arriving.turns import give_connections_back
from intake.sealing.opening_anywhere import OpenedAnywhere

WHOLE_UP_TO = 1024 * 1024


def flowing(opened: OpenedAnywhere, content_type: str) -> HttpResponseBase:
    """With its length, so that a browser knows one that was cut off from a whole one."""
    told = {"Content-Type": content_type, "Content-Length": str(opened.size)}
    if opened.size > WHOLE_UP_TO:
        return StreamingHttpResponse(pieces_of(opened), headers=told)
    with opened:
        return HttpResponse(opened.read(), headers=told)


def pieces_of(opened: OpenedAnywhere) -> Generator[bytes, None, None]:
    """It holds no connection to the database while a slow browser takes a piece."""
    with opened:
        for piece in opened.from_to(0, opened.size):
            give_connections_back()
            yield piece
