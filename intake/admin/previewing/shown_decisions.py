"""What a person took away, and which decisions find their place no more."""

from inspection.revising.edits import Place, place_json
from inspection.revising.revisable import Thing
from intake.admin.previewing.correcting_things import Decided

_WORDS = {
    Thing.ROUND: "轮次",
    Thing.RULES: "规定",
    Thing.TEAM: "组",
    Thing.BODY: "巡察对象",
    Thing.CONTACT: "联系方式",
    Thing.BOX: "举报箱",
}


def gone(press: Decided) -> list[tuple[str, str]]:
    """What was taken away: its words, and the value of the button that brings it back."""
    here = [place for place in press.edits.dropped if place in press.revised.read]
    return [(_words(place), place_json(*place)) for place in here]


def lost(press: Decided) -> list[tuple[str, str]]:
    """Decisions about what does not stand in the text any more, likewise."""
    return [(_words(place), place_json(*place)) for place in press.revised.lost]


def _words(place: Place) -> str:
    thing, key = place
    return f"{_WORDS[thing]} {' '.join(filter(None, key))}".strip()
