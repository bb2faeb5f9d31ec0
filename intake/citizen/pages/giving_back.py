"""A page that gives back what was typed, however long that is.

A template would make a dozen copies of a long text. So a mark stands for it while the page is
rendered, and it is escaped piece by piece while the answer is sent.
"""

import re
import secrets
import weakref
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from intake.citizen.forms.typed_text import TypedForm

# Shorter words are left to the template.
LONG = 16 * 1024
_PIECE = 64 * 1024
# The first must be the first, for it stands in the others.
_ESCAPES = (
    (b"&", b"&amp;"),
    (b"<", b"&lt;"),
    (b">", b"&gt;"),
    (b'"', b"&quot;"),
    (b"'", b"&#x27;"),
)
_MARK = "long-words-"


class Marks:
    """Stand for long words in a page; nobody who types can know one."""

    def __init__(self) -> None:
        self.secret = secrets.token_hex(8)
        self.words: list[bytes] = []

    def stand_for(self, value: Any) -> Any:
        """A mark instead of each long text in a value of the page."""
        if isinstance(value, str) and len(value) > LONG:
            self.words.append(value.encode())
            return f"{_MARK}{self.secret}-{len(self.words) - 1}."
        if type(value) in (list, tuple):
            return [self.stand_for(part) for part in value]
        return value

    def pieces(self, page: str) -> list[bytes]:
        """The page, its marks turned into their words: each odd piece is still to be escaped."""
        parts = re.split(f"{_MARK}{self.secret}-([0-9]+)\\.", page)
        return [
            self.words[int(part)] if is_words % 2 else part.encode()
            for is_words, part in enumerate(parts)
        ]


class LongPage(HttpResponse):
    """A page whose words are escaped while it is sent."""

    def __init__(self, pieces: list[bytes], *, status: int) -> None:
        super().__init__(status=status)
        self.pieces = pieces
        self.headers["Content-Length"] = str(sum(map(len, self)))

    def __iter__(self) -> Iterator[bytes]:
        for is_words, piece in enumerate(self.pieces):
            if is_words % 2:
                yield from _escaped(piece)
            else:
                yield piece

    @property
    def content(self) -> bytes:
        return b"".join(self)

    @content.setter
    def content(self, value: object) -> None:
        HttpResponse.content.fset(self, value)  # type: ignore[attr-defined]

    def when_sent(self, then: Callable[[], None]) -> None:
        """Calls `then` once: when the server has sent the page, or has given it up."""
        self._resource_closers.append(weakref.finalize(self, then))  # type: ignore[attr-defined]


def page_giving_back(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int
) -> HttpResponse:
    """A page with everything typed; no cache keeps it. The form's own words are used up by it."""
    marks = Marks()
    shown = {name: marks.stand_for(value) for name, value in context.items()}
    form = context.get("form")
    if isinstance(form, TypedForm) and form.is_bound:
        # Whether they are right was decided before; from here on they are only shown.
        form.data = {name: marks.stand_for(value) for name, value in form.data.items()}
    page = render_to_string(template, shown, request=request)
    if isinstance(form, TypedForm):
        form.let_go()
    response: HttpResponse
    if marks.words:
        response = LongPage(marks.pieces(page), status=status)
    else:
        response = HttpResponse(page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _escaped(words: bytes) -> Iterator[bytes]:
    for start in range(0, len(words), _PIECE):
        piece = words[start : start + _PIECE]
        for character, escaped in _ESCAPES:
            piece = piece.replace(character, escaped)
        yield piece
