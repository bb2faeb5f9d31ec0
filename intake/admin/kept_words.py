"""What a member typed into a form that could not be taken, on its way back to its page.

It goes through the pages themselves, as a hidden field of the login form, and is kept neither in
the session nor on a disk. Passwords and codes are left out, and files cannot be given back.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.request import QueryDict

FIELD = "kept"
_SECRET = re.compile(r"password|passphrase|otp|token|secret", re.IGNORECASE)
# Not typed by anybody.
_NO_WORDS = re.compile(r"^_|^initial-|_FORMS$|^action$|^index$|^select_across$|^post$")
_ROW = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """The fields of a form in their order, the names of its files, and what was left out."""

    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = field(default=())
    has_secrets: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything that somebody typed or chose."""
        return bool(self.files) or next(self.words(), None) is not None

    def words(self) -> Iterator[tuple[str, str]]:
        """Name and value of what a person filled in."""
        for name, value in self.fields:
            if value.strip() and not (_NO_WORDS.search(name) or _ROW.fullmatch(value)):
                yield name, value

    def file_fields(self) -> list[tuple[str, list[str]]]:
        """Each file field with the names of the files that were chosen in it."""
        chosen: dict[str, list[str]] = {}
        for name, file in self.files:
            chosen.setdefault(name, []).append(file)
        return list(chosen.items())

    def as_text(self) -> str:
        """For a hidden field."""
        whole = [self.fields, self.files, self.has_secrets]
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


NOTHING = Kept()


def typed_in(request: HttpRequest) -> Kept:
    """What came with a form; nothing of a form that stands on a page of somebody else."""
    if request.method != "POST" or not is_ours(request):
        return NOTHING
    fields, has_secrets = _without_secrets(request.POST)
    files = tuple(
        (name, str(file.name)) for name in request.FILES for file in request.FILES.getlist(name)
    )
    return Kept(fields, files, has_secrets)


def carried(data: QueryDict) -> Kept:
    """What the login form brought along; nothing if it is not of the shape that we make."""
    try:
        fields, files, has_secrets = json.loads(data.get(FIELD, ""))
        return Kept(_pairs(fields), _pairs(files), bool(has_secrets))
    except (ValueError, TypeError):
        return NOTHING


def is_ours(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site, as the browser says.

    Browsers say it of every form; where nobody says anything, it is a program of the member's own.
    """
    if fetched := request.headers.get("Sec-Fetch-Site"):
        return fetched == "same-origin"
    here = (request.scheme, request.get_host())
    for name in ("Origin", "Referer"):
        if stated := request.headers.get(name):
            return _site_in(stated) == here
    return True


def _site_in(address: str) -> tuple[str, str] | None:
    try:
        there = urlsplit(address)
    except ValueError:
        return None
    return there.scheme, there.netloc


def _without_secrets(data: QueryDict) -> tuple[tuple[tuple[str, str], ...], bool]:
    pairs = [(name, str(value)) for name, values in data.lists() for value in values]
    pairs = [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]
    open_ = tuple(pair for pair in pairs if not _SECRET.search(pair[0]))
    return open_, len(open_) < len(pairs)


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """Pairs of texts and nothing else. Raises ValueError or TypeError."""
    pairs = tuple((name, text) for name, text in value)
    if not all(isinstance(word, str) for pair in pairs for word in pair):
        raise TypeError("a field is a pair of texts")
    return pairs
