"""Opens items and looks for words in them, as a process of its own beside the site's workers.

There it can be busy without keeping anybody's page waiting. It is given what it needs through a
pipe, one line of JSON for each slice of items, answers each by one line, and ends with the pipe:
nothing of it touches a disk. It knows no database and no settings.
"""

import json
import os
import resource
import sys
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO, Any

from intake.casework.search.hits import Hit, find
from intake.casework.search.item_texts import READERS, Text
from intake.casework.search.looked_for import Word, made_ready
from intake.report.documents import UnreadableReport
from intake.sealing.opening_many import Opener
from intake.sealing.unsealing import CannotOpen

# Whoever reads a page comes first.
_NICENESS = 10

# Of a sealed part its kind, the desk whose secret opens it, and its bytes.
Part = tuple[str, str, str]
# Of an item its key, the desk at which it is opened, and its parts.
Item = tuple[str, str, list[Part]]


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One for each slice, after a first line with the words and the secrets."""
    rest = iter(lines)
    first = json.loads(next(rest))
    openers = {desk: Opener(secret) for desk, secret in first["secrets"].items()}
    words = made_ready(first["words"])
    for line in rest:
        yield _looked_at(json.loads(line), openers, words)


def _looked_at(
    items: list[Item], openers: Mapping[str, Opener], words: tuple[Word, ...]
) -> dict[str, Any]:
    found: list[tuple[str, list[tuple[str, ...]]]] = []
    failed = 0
    for key, _desk, parts in items:
        try:
            texts = _texts(parts, openers)
        except (CannotOpen, UnreadableReport):
            failed += 1
            continue
        if hits := find([words for _label, words in texts], words):
            found.append((key, [_told(hit, texts) for hit in hits]))
    return {"found": found, "failed": failed}


def _texts(parts: list[Part], openers: Mapping[str, Opener]) -> list[Text]:
    opened = (READERS[kind](openers[desk].open(b64decode(sealed))) for kind, desk, sealed in parts)
    return [text for text in chain.from_iterable(opened) if text[1]]


def _told(hit: Hit, texts: list[Text]) -> tuple[str, ...]:
    return texts[hit.text][0], hit.before, hit.found, hit.after, hit.how.value


def main(source: IO[bytes], answer_to: IO[bytes]) -> None:
    """Reads from `source` until it ends."""
    os.nice(_NICENESS)
    # What it has opened goes into no file, not even when it crashes.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for answer in answers(source):
        answer_to.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        answer_to.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
