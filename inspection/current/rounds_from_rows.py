"""Reads rounds from the database, each with everything that its notice announced."""

import re

from inspection.current.published import Published
from inspection.models import Round, Target, Team, WorkCalendarDay
from inspection.schedule import Calendar

# What only the loading of a notice looks at: it is long.
LOADED_ONLY = ("source_notice", "findings", "settled")
# What can be a slug or a body's code; anything else is not even looked for.
_CODE = re.compile(r"[-\w]{1,60}", re.ASCII)


def read(round_: Round) -> Published:
    """Everything of one round, hidden or not, fresh from the database."""
    return gathered(round_, public_rounds(), WorkCalendarDay.calendar())


def read_public(**wanted: str) -> Published | None:
    """A public round that is not on the board: a closed one, or one to come."""
    if not all(_CODE.fullmatch(code) for code in wanted.values()):
        return None
    round_ = Round.objects.public().defer(*LOADED_ONLY).filter(**wanted).first()
    return read(round_) if round_ else None


def public_rounds() -> list[Round]:
    """Every round that citizens may see, in time, without its long texts."""
    return Round.objects.public().defer("source_text", *LOADED_ONLY).in_time()


def gathered(round_: Round, rounds: list[Round], calendar: Calendar) -> Published:
    """A round with its rows; what they point to is the same objects, so it costs no query."""
    teams = tuple(round_.teams.order_by("order").prefetch_related("targets"))
    by_id: dict[int | None, Team] = {team.pk: team for team in teams}
    targets: dict[int | None, Target] = {
        target.pk: target for team in teams for target in team.targets.all()
    }
    contacts = tuple(round_.contacts.order_by("order"))
    boxes = tuple(round_.boxes.order_by("order"))
    for contact in contacts:
        contact.team = by_id.get(contact.team_id)
    for box in boxes:
        box.team = by_id.get(box.team_id)
        box.target = targets.get(box.target_id)
    return Published(
        round=round_,
        teams=teams,
        contacts=contacts,
        boxes=boxes,
        focus=tuple(round_.focus.order_by("order")),
        calendar=calendar,
        others=tuple(other for other in rounds if other.pk != round_.pk),
    )
