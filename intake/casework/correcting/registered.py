"""What was registered of an item in clear, and how the audit says it: codes, numbers and days."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Self

from inspection.current import Published
from inspection.models import DropBox, Target
from inspection.schedule import Window
from intake.casework.registering.taking_in import came_late
from intake.choices import Origin, Way
from intake.models import BoxOpening, Submission

# What follows from what was registered, and is never typed.
FOLLOWING = ("window_opens", "window_closes", "is_late")


@dataclass(frozen=True, slots=True)
class Registered:
    """The columns that a clerk filled in, and may correct later."""

    way: str
    origin: str
    received_at: datetime
    postmarked_on: date | None = None
    drop_box: DropBox | None = None
    opening: BoxOpening | None = None
    box_number: int | None = None
    signers: int = 0
    people: int = 0
    target: Target | None = None
    category: str = ""

    @classmethod
    def of(cls, item: Submission) -> Self:
        """As it stands."""
        return cls(**{name: getattr(item, name) for name in COLUMNS})

    def put_into(self, item: Submission, published: Published) -> None:
        """Into the row in memory, with what follows from it; nothing is saved."""
        is_same_body = self.target == item.target
        for name in COLUMNS:
            setattr(item, name, getattr(self, name))
        # In which time a web report was taken, the citizen's own choice had decided.
        if item.way == Way.WEB:
            return
        if not is_same_body:
            window = published.window_of(self.target)
            item.window_opens, item.window_closes = window.opens, window.closes
        item.is_late = came_late(
            Window(item.window_opens, item.window_closes, published.round.zone),
            published,
            way=Way(self.way),
            origin=Origin(self.origin),
            received_at=self.received_at,
            postmarked_on=self.postmarked_on,
        )


COLUMNS = tuple(one.name for one in fields(Registered))


def facts_of(item: Submission) -> dict[str, str]:
    """As the audit says it; '' for what there is none of."""
    zone = item.round.zone
    opened_at = item.opening.opened_at.astimezone(zone) if item.opening else None
    return {
        "way": item.way,
        "origin": item.origin,
        "received": f"{item.received_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "postmarked_on": item.postmarked_on.isoformat() if item.postmarked_on else "",
        "drop_box": str(item.drop_box or ""),
        "opening": f"{opened_at:%Y-%m-%d %H:%M}" if opened_at else "",
        "box_number": str(item.box_number or ""),
        "signers": str(item.signers or ""),
        "people": str(item.people or ""),
        "target": item.target.code if item.target else "",
        "category": item.category,
        "is_late": "yes" if item.is_late else "no",
    }


def changes(before: dict[str, str], after: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Name, old and new of each that differs."""
    for name, old in before.items():
        if old != after[name]:
            yield name, old, after[name]
