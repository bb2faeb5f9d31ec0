"""What kind of body a name denotes, and what kind of bodies a count counts."""

import re

from inspection.body_kinds import BodyKind
from inspection.coded import first_fitting, in_order

_BY_NAME = in_order({kind: kind.facts.ends for kind in BodyKind})
_BY_COUNT = in_order({kind: kind.facts.counts for kind in BodyKind})
_MAYBE_NOTE = re.compile(r"\([^()]*\)$")


def kind_of_body(name: str) -> BodyKind:
    """The kind of the body with this full name."""
    return first_fitting(_BY_NAME, _MAYBE_NOTE.sub("", name)) or BodyKind.OTHER


def kind_of_counted(noun: str) -> BodyKind | None:
    """The kind that a count's noun means; None for what is no body."""
    return first_fitting(_BY_COUNT, noun)


def looks_like_body(name: str) -> bool:
    """Whether a text can be the name of a body."""
    return kind_of_body(name) != BodyKind.OTHER
