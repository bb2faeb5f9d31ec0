"""可能的重复件: what an item's page says of the items that it is linked to, and where to look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from intake.admin.items.item_lines import Line, line_of, moment
from intake.casework.moving.allowing import CannotMove, MayNotMove, allowed_move
from intake.casework.moving.move_table import Through
from intake.casework.repeats import ItemFacts
from intake.casework.together.finding_repeats import Hit, look_beside
from intake.casework.together.linked import live_link_of, live_repeats_of
from intake.choices import Status
from intake.models import RepeatLink, StaffUser, Submission
from intake.staff.keyring import Keyring

# While it is registered or judged, earlier items are proposed without being asked for.
PROPOSED_IN = (Status.UNREGISTERED, Status.TO_ASSESS)


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """The other item of a link, and who confirmed it when."""

    url: str
    number: str
    received: str
    confirmed: str


def repeats_context(
    item: Submission,
    user: StaffUser,
    facts: ItemFacts | None = None,
    keyring: Keyring | None = None,
) -> dict[str, Any]:
    """What `_repeats.html` asks for; of items that the member does not see, nothing.

    With the facts of the opened item it proposes earlier items, of which none is opened.
    """
    link, repeats = live_link_of(item), live_repeats_of(item)
    others = [row.repeat_id for row in repeats] + ([link.lead_id] if link else [])
    seen = set(
        Submission.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True)
    )
    shown = [_linked(row, row.repeat) for row in repeats if row.repeat_id in seen]
    return {
        "lead": _linked(link, link.lead) if link and link.lead_id in seen else None,
        "repeats": shown,
        "times": len(shown) + 1,
        "may_unlink": bool(link) and may_turn(item, Status.TO_ASSESS, user),
        "may_compare": item.number is not None,
        "proposed_repeats": _proposed(item, user, facts, keyring),
    }


def lines_of_hits(hits: Iterable[Hit]) -> list[tuple[Line, Sequence[str]]]:
    """Each item in one line, with what it has in common."""
    return [(line_of(hit.item), [trait.facts.word for trait in hit.traits]) for hit in hits]


def may_turn(item: Submission, to: Status, user: StaffUser) -> bool:
    """Whether this member can make the item a repeat, or one of its own again."""
    try:
        allowed_move(item, to, user, Through.REPEATS)
    except (CannotMove, MayNotMove):
        return False
    return True


def _proposed(
    item: Submission, user: StaffUser, facts: ItemFacts | None, keyring: Keyring | None
) -> list[tuple[Line, Sequence[str]]] | None:
    """None where nothing was looked for."""
    if facts is None or keyring is None or item.status not in PROPOSED_IN:
        return None
    return lines_of_hits(look_beside(item, facts, keyring, by=user))


def _linked(link: RepeatLink, item: Submission) -> LinkedItem:
    zone = item.round.zone
    return LinkedItem(
        url=item.get_absolute_url(),
        number=item.display_number,
        received=moment(item.received_at, zone),
        confirmed=f"{link.made_by}于{moment(link.made_at, zone)}确认",
    )
