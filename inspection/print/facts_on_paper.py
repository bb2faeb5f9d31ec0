"""What is printed of a round on posters, labels, cards and blank forms: the notice's own facts.

Paper is read long after it was printed, so nothing here depends on the hour of the day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from inspection.contact_kinds import ContactKind
from inspection.current import Published
from inspection.models import ContactPoint, DropBox, Target
from inspection.schedule import DutyHours, Window
from inspection.screen.ways_in import contact_words
from inspection.wording import closing_words, day_words, hours_words

T = TypeVar("T")
# More boxes than these are not the nearest ones any more.
MOST_NEAREST = 2


@dataclass(frozen=True)
class Numbers:
    """Telephone numbers that are answered at the same hours."""

    label: str
    words: tuple[str, ...]
    hours: str


@dataclass(frozen=True)
class Letters:
    """Where letters go."""

    address: str
    postcode: str


def until_words(window: Window, at: datetime) -> tuple[str, str]:
    """(what the day is, the day): ('受理到', '2025年6月20日24时')."""
    closes = closing_words(window)
    if at < window.opens:
        return "受理时间", f"{day_words(window.first_day)}到{closes}"
    return ("受理到" if window.contains(at) else "已经截止", closes)


def numbers(published: Published, target: Target | None) -> list[Numbers]:
    """The numbers by their hours; one that is a phone too stands as a phone alone."""
    known: set[str] = set()
    groups: dict[tuple[str, str], list[str]] = {}
    for kind in (kind for kind in ContactKind if kind.facts.is_on_posters):
        contacts = [c for c in _of_kind(published, target, kind) if c.value not in known]
        known |= {contact.value for contact in contacts}
        for contact in contacts:
            key = (kind.facts.label, _hours(contact))
            groups.setdefault(key, []).append(contact_words(contact))
    return [Numbers(label, tuple(words), hours) for (label, hours), words in groups.items()]


def letters(published: Published, target: Target | None) -> list[Letters]:
    """The addresses for letters."""
    contacts = _of_kind(published, target, ContactKind.POSTAL)
    return [Letters(contact.value, contact.postcode) for contact in contacts]


def posting_rule(published: Published, window: Window) -> str:
    """Until when a letter counts."""
    day = day_words(window.last_day)
    if published.round.letters_by_postmark:
        return f"邮戳日期不晚于{day}的，都算按时。"
    return f"{closing_words(window)}以前寄到的，才算按时。"


def nearest_boxes(published: Published, target: Target | None) -> list[DropBox]:
    """The body's own boxes and those at no body in its county; else whatever box is nearest.

    A box before nobody's door comes with the own one, because not everybody dares to be seen there.
    """
    if target is None:
        return []
    own = [box for box in published.boxes if box.target_id == target.pk]
    county = [b for b in published.boxes if target.county and b.county == target.county]
    neutral = [box for box in county if box.target_id is None]
    return ((own + neutral) or county or _open_to_all(published))[:MOST_NEAREST]


def weight(published: Published, target: Target | None) -> int:
    """How many characters a poster of this body has to hold: many are printed smaller."""
    words = [published.round.title, target.name if target else ""]
    words += [number for group in numbers(published, target) for number in group.words]
    words += [box.location for box in nearest_boxes(published, target)]
    words += [place.address for place in letters(published, target)]
    return sum(map(len, words))


def characters_of_list(published: Published) -> int:
    """How long the list of all teams and their bodies is."""
    teams = sum(len(str(team)) for team in published.teams)
    villages = sum(len("及部分村（社区）") for body in published.targets if body.includes_villages)
    return teams + villages + sum(len(body.name) for body in published.targets)


def sheets(things: Sequence[T], size: int) -> list[Sequence[T]]:
    """The things as they lie on sheets of paper."""
    return [things[start : start + size] for start in range(0, len(things), size)]


def _open_to_all(published: Published) -> list[DropBox]:
    """Boxes that stand in no county and before no body."""
    return [box for box in published.boxes if box.target_id is None and not box.county]


def _of_kind(
    published: Published, target: Target | None, kind: ContactKind
) -> Iterator[ContactPoint]:
    """The shared contacts of a kind and, for a body, those of its team."""
    teams = (None, target.team_id if target else None)
    for contact in published.contacts:
        is_theirs = contact.team_id in teams
        if contact.kind == kind and is_theirs:
            yield contact


def _hours(contact: ContactPoint) -> str:
    return hours_words(contact.duty_hours() or DutyHours(days=None))
