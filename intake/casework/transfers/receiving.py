"""Which item may go to which receiver: by its nature, and never to whom it accuses. Pure.

信访工作条例 article 30: nothing about a report reaches the accused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.choices import SETTLED_BY_BODIES, ListKind, Nature, ReceiverKind, Scope
from intake.routing.normal_words import NOT_A_WORD, join, simplify

# A shorter word, such as 镇, stands in the name of nearly every body.
_SHORTEST = 3
# How the name of an area ends, as 岚东县.
_AREAS = "省市州盟县区旗乡镇村"


@dataclass(frozen=True, slots=True)
class Body:
    """A body by its key, where the notice names it, and by all that it is called."""

    target: int | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taker:
    """A receiver: itself first in `line`, then the bodies above it."""

    kind: str
    natures: frozenset[str]
    line: tuple[Body, ...]
    is_active: bool = True

    @property
    def target(self) -> int | None:
        return self.line[0].target


@dataclass(frozen=True, slots=True, repr=False)
class Matter:
    """An item: `target` is the body it is about, `accused_bodies` the words of its case file.

    `subject` and `place` are the reporter's own words of whom and where, or nothing.
    """

    nature: str
    scope: str
    target: int | None = None
    accused_bodies: tuple[str, ...] = ()
    subject: str = ""
    place: str = ""


def refusals(
    matter: Matter, taker: Taker, kind: ListKind, *, notice_names_body: bool
) -> Iterator[str]:
    """Each reason, in words, why the item may not go there; none when it may.

    `notice_names_body`: the notice leaves what is out of scope to the inspected body.
    """
    if not taker.is_active:
        yield "这个接收单位已经停用。"
    if not matter.nature:
        yield "还没有判明信访件性质，请先甄别。"
        return
    is_about_it = (_is_accused, _is_of_its_body, _is_told_of)
    if matter.nature == Nature.ACCUSATION and any(one(matter, taker) for one in is_about_it):
        yield "检举控告不能交给被反映的单位，也不能交给归它管的单位。"
    elif kind == ListKind.FIX:
        yield from _not_to_be_fixed_there(matter, taker)
    elif is_the_body(matter, taker):
        yield from _not_for_the_body(matter, taker, notice_names_body)
    if kind == ListKind.TRANSFER and matter.nature not in taker.natures:
        yield f"这个单位不接收“{Nature(matter.nature).label}”。"


def hides_identity(matter: Matter, taker: Taker, kind: ListKind) -> bool:
    """Whether no name may go along, whatever the reporter chose."""
    return kind == ListKind.FIX or is_the_body(matter, taker)


def is_the_body(matter: Matter, taker: Taker) -> bool:
    """Whether it is the inspected body itself; an inspected 信访局 still does its own work."""
    is_of_it = taker.target is not None and taker.target == matter.target
    return taker.kind == ReceiverKind.INSPECTED or is_of_it


def _not_to_be_fixed_there(matter: Matter, taker: Taker) -> Iterator[str]:
    if taker.target is None or taker.target != matter.target:
        yield "立行立改通知书只发给这一件所反映的巡察对象。"
    elif matter.nature not in SETTLED_BY_BODIES:
        yield "只有申诉、批评建议和业务范围外的事项能发立行立改通知书。"


def _not_for_the_body(matter: Matter, taker: Taker, notice_names_body: bool) -> Iterator[str]:
    if not notice_names_body:
        yield "公告没有写明由被巡察单位处理，不能移交给被巡察单位。"
    elif matter.scope != Scope.OUT and matter.nature != Nature.OUT_OF_SCOPE:
        yield "只有受理范围以外的事项能移交给被巡察单位。"
    elif matter.nature not in SETTLED_BY_BODIES:
        yield "只有申诉、批评建议和业务范围外的事项能移交给被巡察单位。"
    elif _is_accused(matter, taker):
        yield "这一件反映的就是这个单位，不能移交给它。"


def _is_of_its_body(matter: Matter, taker: Taker) -> bool:
    return matter.target is not None and any(body.target == matter.target for body in taker.line)


def _is_accused(matter: Matter, taker: Taker) -> bool:
    accused = [name for name in map(_bare, matter.accused_bodies) if name]
    return any(_is_same(one, other) for one in accused for other in _called(taker))


def _is_told_of(matter: Matter, taker: Taker) -> bool:
    """Whether the report itself names it; nobody need have copied that into the case file."""
    called = _called(taker)
    if any(_is_named(piece, name) for piece in _pieces(matter.subject) for name in called):
        return True
    for piece in _pieces(matter.place):
        # A village lies in a town and a county, which are not accused by that.
        bodies = [name for name in called if name[-1] not in _AREAS or piece.endswith(name)]
        if any(_is_named(piece, name) for name in bodies):
            return True
    return False


def _is_named(piece: str, name: str) -> bool:
    """By its name, or by the end of it, as 教育局 of 市教育局, with or without a post behind."""
    if min(len(piece), len(name)) < _SHORTEST:
        return piece == name
    ends = (name[at:] for at in range(len(name) - _SHORTEST + 1))
    return name in piece or name.endswith(piece) or any(map(piece.startswith, ends))


def _pieces(words: str) -> list[str]:
    """Words of a reporter, who may write several names into one line."""
    pieces = NOT_A_WORD.split(" ".join(simplify(part) for part in words.split()))
    return [piece for piece in pieces if piece]


def _called(taker: Taker) -> list[str]:
    names = [_bare(name) for body in taker.line for name in body.names]
    return [name for name in names if name]


def _is_same(accused: str, called: str) -> bool:
    """Rather one too many: a clerk who is refused wrongly asks, a leak cannot be taken back."""
    shorter, longer = sorted((accused, called), key=len)
    return accused == called or (len(shorter) >= _SHORTEST and shorter in longer)


def _bare(name: str) -> str:
    return join(simplify(name))
