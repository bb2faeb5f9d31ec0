"""For each field of a notice its words in the text and its state.

    traced = trace(text, parse(text))

It reads nothing itself: it looks for what was read, so that the two cannot agree by mistake.
Each field is looked for once, and only so many of them, so that the work grows with the text alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from inspection.notice import Finding, Notice
from inspection.parsing.sources.field import Field, Sort, Span
from inspection.parsing.sources.field_findings import spread
from inspection.parsing.sources.flat_text import FlatText, flat_text, part_of
from inspection.parsing.sources.places_of_teams import fields_of_teams
from inspection.parsing.sources.places_of_the_round import fields_of_the_round, fields_of_the_rules
from inspection.parsing.sources.places_of_ways import fields_of_boxes, fields_of_contacts

MOST_FIELDS = 4000


@dataclass(frozen=True, slots=True)
class Traced:
    """All fields in the notice's order; `others` are the findings about the text as a whole.

    `part` is where the notice stands on its page.
    """

    fields: tuple[Field, ...]
    part: Span
    others: tuple[Finding, ...]

    def of_sort(self, *sorts: Sort) -> list[Field]:
        """The fields about one thing."""
        return [field for field in self.fields if field.sort in sorts]


def trace(text: str, notice: Notice) -> Traced:
    """Every field, with where its words stand in the text as given."""
    flat = part_of(flat_text(text), notice.text)
    found = list(islice(_all(flat, notice), MOST_FIELDS))
    fields, others = spread(found, notice.findings)
    return Traced(tuple(fields), flat.whole(), tuple(others))


def _all(flat: FlatText, notice: Notice) -> Iterator[Field]:
    yield from fields_of_the_round(flat, notice)
    yield from fields_of_teams(flat, notice)
    yield from fields_of_contacts(flat, notice)
    yield from fields_of_boxes(flat, notice)
    yield from fields_of_the_rules(flat, notice)
