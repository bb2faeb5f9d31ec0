"""One thing of a notice corrected in its place: what is asked, and what was decided by a press.

Each press brings all decisions so far, in a hidden field; nothing of them is stored before the
notice is loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http.request import QueryDict

from inspection.notice import Notice
from inspection.revising.applying import Revised, differing, revise
from inspection.revising.edits import ADDED, Edits, Place, place_in, place_json
from inspection.revising.revisable import FIELDS, LISTS, Asked, Thing, WrongValue, texts_of

AT, FIX, DROP, KEEP, UNDO, ADD, CHECK = "at", "fix", "drop", "keep", "undo", "add", "check"
CANCEL = "cancel"
# Under what name an input comes.
_INPUT = "v-{}"
_NEW = (ADDED,)
ADDING = {
    Thing.TEAM: "加一个组",
    Thing.BODY: "加一个巡察对象",
    Thing.CONTACT: "加一种联系方式",
    Thing.BOX: "加一个举报箱",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One input: a text, or a choice where there are `choices`."""

    asked: Asked
    name: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenThing:
    """What is being corrected, with its inputs as they were typed."""

    place: Place
    boxes: tuple[Box, ...]
    problem: str = ""
    team: str = ""

    @property
    def at(self) -> str:
        """Its place, for a hidden field."""
        return place_json(*self.place)

    @property
    def is_new(self) -> bool:
        """Whether it is being added."""
        return self.place[1] == _NEW

    @property
    def is_listed(self) -> bool:
        """Whether there may be one more or one less of it."""
        return self.place[0] in LISTS


@dataclass(frozen=True, slots=True)
class Decided:
    """All decisions after a press, and what is open for correcting."""

    edits: Edits
    open: OpenThing | None = None
    revised: Revised = field(kw_only=True)

    @property
    def is_wrong(self) -> bool:
        """Whether something that was typed cannot be."""
        return bool(self.open and self.open.problem)


def decided(post: QueryDict, notice: Notice, edits: Edits) -> Decided:
    """What was typed is taken whatever was pressed, but for 'not after all'."""
    place = place_in(post.get(AT, ""))
    if place and CANCEL not in post and DROP not in post:
        try:
            edits = _typed(post, place, notice, edits)
        except WrongValue as error:
            revised = revise(notice, edits)
            shown = _opened(place, revised, _texts(post, place[0]), f"{error}")
            return Decided(edits, shown, revised=revised)
    edits = _pressed(post, edits)
    revised = revise(notice, edits)
    return Decided(edits, _asked_for(post, revised), revised=revised)


def _texts(post: QueryDict, thing: Thing) -> dict[str, str]:
    names = {one.name: _INPUT.format(one.name) for one in FIELDS[thing]}
    return {name: str(post[typed]).strip() for name, typed in names.items() if typed in post}


def _typed(post: QueryDict, place: Place, notice: Notice, edits: Edits) -> Edits:
    thing, key = place
    texts = _texts(post, thing)
    if key == _NEW:
        is_filled = any(texts.get(one.name) for one in FIELDS[thing] if not _choices_of(one))
        if not is_filled and ADD not in post and "done" not in post:
            return edits
        differing(place, None, texts)
        return edits.add(thing, texts)
    read = revise(notice, Edits()).read.get(place)
    return edits.put(thing, key, differing(place, read, texts))


def _choices_of(asked: Asked) -> bool:
    return bool(asked.choices or asked.chooses)


def _pressed(post: QueryDict, edits: Edits) -> Edits:
    """What needs no typing."""
    if place := place_in(post.get(DROP, "")):
        return edits.drop(*place)
    if place := place_in(post.get(KEEP, "")):
        return edits.keep(*place)
    if place := place_in(post.get(UNDO, "")):
        return edits.put(*place, {})
    return edits.check(str(post[CHECK])) if post.get(CHECK) else edits


def _asked_for(post: QueryDict, revised: Revised) -> OpenThing | None:
    """What is to be corrected next."""
    thing, _, team = post.get(ADD, "").partition(":")
    if thing in ADDING:
        return replace(_opened((Thing(thing), _NEW), revised, {"team": team}), team=team)
    place = place_in(post.get(FIX, ""))
    found = revised.at(place) if place else None
    if place is None or found is None:
        return None
    return _opened(place, revised, texts_of(found.thing, found.values))


def _opened(
    place: Place, revised: Revised, texts: Mapping[str, str], problem: str = ""
) -> OpenThing:
    boxes = [
        Box(one, _INPUT.format(one.name), texts.get(one.name, ""), _offered(one, revised))
        for one in FIELDS[place[0]]
    ]
    return OpenThing(place, tuple(boxes), problem)


def _offered(asked: Asked, revised: Revised) -> tuple[tuple[str, str], ...]:
    if asked.chooses is None:
        return asked.choices
    names = [one.values["name"] for one in revised.things if one.thing is asked.chooses]
    return (("", "（没有写明）"), *((name, name) for name in dict.fromkeys(names) if name))
