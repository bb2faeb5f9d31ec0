"""A field made of what was read and of where that was found. Pure."""

from dataclasses import dataclass, replace

from inspection.parsing.sources.field import Field, Sort, State
from inspection.parsing.sources.flat_text import FlatText, Found

NOT_SAID = "公告没有写。"
_NOWHERE = "原文里没有这几个字，按公告的其他内容得出。"


@dataclass(frozen=True, slots=True)
class About:
    """What a field is, before it is looked for."""

    path: str
    label: str
    sort: Sort
    group: str = ""

    def field(self, value: str, state: State, why: str = "") -> Field:
        """With a value and without words."""
        return Field(self.path, self.label, value, self.sort, state, self.group, why)


def make_field(
    flat: FlatText, about: About, value: str, found: Found | None, *, lacking: str = ""
) -> Field:
    """Stated where the words stand there whole; else what was added to them, or that none do.

    `lacking` is the sentence for what the words lack, which takes the place of '{}'.
    """
    if not value:
        return about.field("", State.MISSING, NOT_SAID)
    if found is None:
        return about.field(value, State.INFERRED, _NOWHERE)
    why = lacking.format(found.lacks) if found.lacks else ""
    state = State.INFERRED if why else State.STATED
    return replace(about.field(value, state, why), span=flat.span(found))


def inferred(about: About, value: str, *, why: str, beside: Field) -> Field:
    """What follows from the words of another field."""
    return replace(about.field(value, State.INFERRED, why), span=beside.span)
