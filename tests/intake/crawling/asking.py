"""Asks as a visitor does, and compares what two requests were answered."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import quote

from django.db import connection
from django.http import HttpResponse

from inspection import clock
from tests.intake.crawling.crawled_world import Visitor

# What no two answers share: tokens, sheets and moments of a form, how long a session still lasts.
_CHANGES = re.compile(
    r'csrf.*|data-(?:written|opened)="[^"]*"|whole="\d+"|[^>]*为止；最晚到[^<]*|name="_sheet"[^>]*'
)

# The status of a method that an address does not take.
NOT_TAKEN = 405


class Asked(NamedTuple):
    """A method, an address and what is sent."""

    method: str
    path: str
    data: dict[str, Any]


class Answer(NamedTuple):
    """`words` are without what changes; `statements` say how long it takes, as far as one can."""

    status: int
    words: str
    statements: int


def text_of(answer: HttpResponse) -> str:
    """Its words, wherever it leads included; a file is no page, and its bytes are searched too."""
    body = b"".join(answer) if answer.streaming else answer.content
    return f"{answer.get('Location', '')}\n{unescape(body.decode('utf-8', 'replace'))}"


def ask(visitor: Visitor, what: Asked) -> Answer:
    # A form may offer the minute that it is; the simulated clock begins anew for each answer.
    clock.restart()
    counted = _Statements()
    with connection.execute_wrapper(counted):
        answer = getattr(visitor.client, what.method)(what.path, what.data)
    return Answer(answer.status_code, _CHANGES.sub("", text_of(answer)), counted.number)


class _Statements:
    """Counts them without keeping their words, which would cost another statement each."""

    number = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.number += 1
        return execute(*statement)


@dataclass
class Comparing:
    """A visitor who asks for what is somebody else's, and knows what nothing is answered."""

    visitor: Visitor
    _nothing: dict[str, Answer] = field(default_factory=dict)

    def told_apart(self, theirs: Asked, none: Asked, *ids: str) -> list[str]:
        """In what an answer about somebody else's differs from one about nothing.

        The ids asked for may stand in their answers.
        """
        expected = self.answer_about_nothing(none)
        if expected.status == NOT_TAKEN:
            # A method is refused before anybody looks for the row.
            return []
        apart = _differences(ask(self.visitor, theirs), expected, ids)
        if apart:
            # What a process asks once and remembers may stand in a first answer.
            expected, got = ask(self.visitor, none), ask(self.visitor, theirs)
            apart = _differences(got, expected, ids)
        return apart

    def answer_about_nothing(self, none: Asked) -> Answer:
        """Asked once; later answers are compared with it."""
        if repr(none) not in self._nothing:
            self._nothing[repr(none)] = ask(self.visitor, none)
        return self._nothing[repr(none)]


def _differences(got: Answer, expected: Answer, ids: tuple[str, ...]) -> list[str]:
    spelled = {spelling for one in ids for spelling in (one, quote(one), quote(quote(one)))}
    pattern = re.compile("|".join(map(re.escape, sorted(spelled, key=len, reverse=True))))
    plain = [one._replace(words=pattern.sub("ID", one.words)) for one in (got, expected)]
    pairs = zip(Answer._fields, *plain, strict=True)
    return [f"{name} {a!r:.80} {b!r:.80}" for name, a, b in pairs if a != b]
