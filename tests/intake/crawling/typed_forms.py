"""The forms of a page, filled in as somebody would who types the same word everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from tests.making import INSIDE, PASSWORD

_TYPED = ("text", "search", "tel", "email", "url")
# What a browser's own fields send of the day on which the tests work.
_PICKED = {
    "date": f"{INSIDE:%Y-%m-%d}",
    "time": "09:00",
    "datetime-local": f"{INSIDE:%Y-%m-%d}T09:00",
    "password": PASSWORD,
}
# Fields of text that take no word, by how their name ends.
_NO_WORDS = {
    "_on": f"{INSIDE:%Y-%m-%d}",
    "_at": f"{INSIDE:%Y-%m-%d} 09:00",
    "_phone": "13900000000",
}
_NO_WORDS |= {"signers": "2", "target": ""}


def _picked(kind: str, name: str) -> str:
    """One letter, with a number that no other has."""
    if kind == "number":
        return "901" if name.endswith("_number") else "1"
    return _PICKED.get(kind, "")


@dataclass
class Form:
    """Where it is sent, with its fields as they are; `typed` are those that take words."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    buttons: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """The same of the form on the page as it is later."""
        chosen = (self.fields.get(name, "") for name in ("to", "deed", "rule", "step"))
        return (self.action, *chosen, *sorted(self.typed))

    def filled(self, word: str, but: frozenset[str]) -> dict[str, Any]:
        """With the word in every field that takes words, but for these.

        Of several buttons the one without a name saves, or the one that says so.
        """
        values = self.fields | dict.fromkeys(self.typed - but, word)
        for ending, value in _NO_WORDS.items():
            values |= {name: value for name in self.typed if name.endswith(ending)}
        named = {"_save": ""} if "_save" in self.buttons else dict([*self.buttons.items()][:1])
        return values | ({} if "" in self.buttons else named)


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
        elif tag == "button":
            if said.get("type") != "button":
                form.buttons.setdefault(name, said.get("value", ""))
        elif tag == "input" and name and kind != "file" and not name.endswith("-DELETE"):
            form.fields.setdefault(name, said.get("value") or _picked(kind, name))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def forms_in(page: str, address: str) -> Iterator[Form]:
    """Those that are posted and take words."""
    reader = _Reader(address)
    reader.feed(page)
    yield from (form for form in reader.forms if form.typed)
