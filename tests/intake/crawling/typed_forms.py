"""The forms of a page, filled in as somebody would who types the same word everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

_TYPED = ("text", "search", "tel", "email", "url")


@dataclass
class Form:
    """Where it is sent, with its fields as they are; `typed` are those that take words."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)

    def filled(self, word: str, but: frozenset[str]) -> dict[str, Any]:
        """With the word in every field that takes words, but for these."""
        return self.fields | dict.fromkeys(self.typed - but, word)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = None
            if said.get("method", "").lower() == "post":
                self.form = Form(urljoin(self.address, said.get("action", "")))
                self.forms.append(self.form)
        elif self.form is not None:
            self._take(self.form, tag, said)

    def _take(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "textarea" and name:
            form.typed.add(name)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and said.get("value"):
            form.fields.setdefault(self.select, said["value"])
        elif tag == "input" and name and kind in _TYPED:
            form.typed.add(name)
        elif tag in ("input", "button") and name and kind != "file":
            form.fields.setdefault(name, said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def forms_in(page: str, address: str) -> Iterator[Form]:
    """Those that are posted and take words."""
    reader = _Reader(address)
    reader.feed(page)
    yield from (form for form in reader.forms if form.typed)
