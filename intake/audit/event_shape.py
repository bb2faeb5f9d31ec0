"""What one kind of audit event looks like, and whether an event is as its kind says.

A detail has its word, what it may be, and how it is read. None takes free text of a citizen, or
of a clerk about a report.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, TextChoices

from intake.choices import Action, DeedSort
from intake.report.check_code import check_code_of

FINGERPRINT_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Detail:
    """`name` as it is stored; `words` as staff read it, '' for what no page shows."""

    name: str
    words: str
    fits: Callable[[Any], bool]
    say: Callable[[Any], str] = str


def count(name: str, words: str) -> Detail:
    """A whole number."""
    return Detail(name, words, lambda value: type(value) is int and value >= 0)


def text(name: str, words: str = "") -> Detail:
    """Words as they are, of rows that everybody may read; many stand under their own name."""
    return Detail(name, words or name, _is_text)


def one_of(name: str, words: str, choices: type[TextChoices] | Mapping[str, str]) -> Detail:
    """A code of a closed list."""
    known = choices if isinstance(choices, Mapping) else dict(choices.choices)
    return Detail(
        name,
        words,
        lambda value: _is_text(value) and value in known,
        lambda value: str(known.get(str(value), value)),
    )


def several_of(name: str, words: str, known: Mapping[str, str]) -> Detail:
    """Codes of a closed list with commas between them; at least one."""
    return Detail(
        name,
        words,
        lambda value: _is_text(value) and set(value.split(",")) <= known.keys(),
        lambda value: "、".join(known.get(code, code) for code in str(value).split(",")),
    )


def fingerprint(name: str, words: str) -> Detail:
    """A digest in hex, of which a page shows the beginning."""
    return Detail(name, words, _is_text, lambda value: f"{str(value)[:FINGERPRINT_SHOWN]}…")


def check_code(name: str, words: str) -> Detail:
    """A public key, which a page shows as the code that is read out."""
    return Detail(name, words, _is_text, lambda value: check_code_of(str(value)))


def parts(name: str, words: str) -> Detail:
    """A record of several things, of which a page shows how many they are."""
    return Detail(
        name,
        words,
        lambda value: isinstance(value, dict),
        lambda value: f"{len(value)}份" if isinstance(value, dict) else str(value),
    )


def unshown(name: str) -> Detail:
    """An id, which says nothing to a person."""
    return Detail(name, "", _is_text)


class WrongEvent(TypeError):
    """An event that is not as the table says; the deed that records it fails with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """`about` names the kinds of its object, None for no object at all.

    It must carry the details `must`, and may carry those in `may`; with `says_fields` also any
    field of its object under the field's own name. Those in `once` only older versions wrote.
    With `at_desk` it names its desk, and an item's log shows it only to those who see that desk.
    Of covered rows it may record that some of `makes` came, some of `removes` went, and that the
    columns in `changes` changed.
    One that records no row says of which `sort` it is, for what was read is counted by it; all
    others are work. With `opens_others` further rows of the round were opened than its object.
    """

    action: Action
    about: tuple[type[Model] | None, ...]
    at_desk: bool = False
    must: tuple[Detail, ...] = ()
    may: tuple[Detail, ...] = ()
    once: tuple[Detail, ...] = ()
    says_fields: bool = False
    makes: tuple[type[Model], ...] = ()
    changes: Mapping[type[Model], tuple[str, ...]] = field(default_factory=dict)
    removes: tuple[type[Model], ...] = ()
    sort: DeedSort | None = None
    opens_others: bool = False

    def check(self, *, object_type: str, has_desk: bool, detail: Mapping[str, Any]) -> None:
        """Raises WrongEvent, naming what is missing or too much; never a value."""
        model = next((one for one in self.about if name_of(one) == object_type), None)
        if model is None and (object_type or None not in self.about):
            raise WrongEvent(f"{self.action} is not about {object_type or 'nothing'}")
        if has_desk != self.at_desk:
            raise WrongEvent(f"{self.action} {'lacks its' if self.at_desk else 'takes no'} desk")
        known = {one.name: one for one in (*self._fields_of(model), *self.must, *self.may)}
        for one in self.must:
            if one.name not in detail:
                raise WrongEvent(f"{self.action} lacks {one.name}")
        for name, value in detail.items():
            if name not in known or not known[name].fits(value):
                raise WrongEvent(f"{self.action} does not take this {name}")

    def said(self, detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Word and value of each detail; one that the table does not know is said as it is."""
        known = {one.name: one for one in (*self.once, *self.may, *self.must)}
        for name, value in detail.items():
            one = known.get(name) or text(name)
            if one.words:
                yield one.words, one.say(value)

    def _fields_of(self, model: type[Model] | None) -> Iterator[Detail]:
        if model is None or not self.says_fields:
            return
        yield text(str(model._meta.verbose_name))
        for column in model._meta.concrete_fields:
            yield text(str(column.verbose_name))


def name_of(model: type[Model] | None) -> str:
    """'submission', as an event names the kind of its object; '' for no object."""
    return str(model._meta.model_name) if model else ""


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
