"""Kinds and rules that a notice can name, with the words of the staff's pages."""

from inspection.body_kinds import BodyKind
from inspection.contact_kinds import ContactKind
from inspection.out_of_scope import OutOfScope


def contact_kinds() -> list[tuple[str, str]]:
    """The choices of a contact's kind. A function, so that a new kind needs no migration."""
    return [(kind.value, kind.facts.word) for kind in ContactKind]


def body_kinds() -> list[tuple[str, str]]:
    """The choices of a body's kind, likewise."""
    return [(kind.value, kind.facts.word) for kind in BodyKind]


OUT_OF_SCOPE = [(rule.value, rule.facts.word) for rule in OutOfScope]
