"""Which team a report goes to, and why, in words that a clerk can check.

A reason quotes only words of the notice, never a citizen's.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from intake.report.draft import Draft
from intake.routing.index import Index, Mention, RouteTarget, build_index
from intake.routing.normal_words import join, simplify
from intake.routing.surroundings import is_village, names_other_county, names_other_town

Scope = Literal["in", "out", "unchecked"]
# The kinds of desks by their codes; this room knows no Django.
DeskWord = Literal["office", "head", "team", "superior"]

# Stands in the reason of whatever is about inspectors, and nowhere else.
ABOUT_INSPECTORS = "反映巡察干部"

_COUNTS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七"}


@dataclass(frozen=True, slots=True)
class RouteMap:
    """All bodies of a round, indexed once. `issuer` tells the city of the notice."""

    targets: tuple[RouteTarget, ...]
    issuer: str = ""
    index: Index = field(init=False, repr=False, compare=False)
    by_code: dict[str, RouteTarget] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", build_index(self.targets, self.issuer))
        object.__setattr__(self, "by_code", {target.code: target for target in self.targets})


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes, and why; `team` is None at any desk but a team's."""

    team: str | None
    target_code: str | None
    scope: Scope
    reason: str
    kind: DeskWord = "team"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say: each mention with the field it stands in, and the bare place."""

    found: tuple[tuple[str, Mention], ...]
    place: str
    place_without_names: str
    has_village: bool


def route(draft: Draft, route_map: RouteMap) -> Route:
    """The route of a report; what is not certain goes to the office, to be checked."""
    if draft.about_office:
        return Route(None, None, "unchecked", "反映巡察办，封存给上级", kind="superior")
    if draft.about_inspectors:
        return Route(None, None, "unchecked", f"{ABOUT_INSPECTORS}，直接送主任席", kind="head")
    if draft.target_code is not None:
        return _by_choice(draft, route_map)
    reading = _read(draft, route_map.index)
    if not reading.found:
        return _to_office(_why_nothing(draft, reading, route_map.index))
    doubt = _doubt(reading, route_map.index)
    if doubt:
        return _to_office(doubt)
    targets = _meant(reading, _counties_in(reading.place, route_map.index))
    return _by_words(reading, targets, is_unlisted=draft.unlisted)


def _by_choice(draft: Draft, route_map: RouteMap) -> Route:
    target = route_map.by_code.get(draft.target_code or "")
    if target is None:
        return _to_office("所选单位不在本轮名单中，送巡察办核对")
    # Only where it is and whom it is about can put the matter into a village.
    who_and_where = replace(draft, happened="", narrative="")
    if target.includes_villages and _read(who_and_where, route_map.index).has_village:
        return Route(target.team, target.code, "unchecked", "按所选单位分送，所辖村（社区）待核")
    return Route(target.team, target.code, "in", "按所选单位分送")


def _read(draft: Draft, index: Index) -> Reading:
    place = join(simplify(draft.place))
    in_place = index.mentions(place, is_place=True)
    subject = simplify(draft.subject)
    in_subject = index.mentions(subject)
    fields = [
        ("地点", in_place),
        ("被反映人", in_subject),
        ("时间地点", index.mentions(simplify(draft.happened))),
        ("反映内容", index.mentions(simplify(draft.narrative))),
    ]
    bare_place = _without(place, in_place)
    return Reading(
        found=tuple((where, mention) for where, mentions in fields for mention in mentions),
        place=place,
        place_without_names=bare_place,
        has_village=is_village(bare_place) or is_village(_without(subject, in_subject)),
    )


def _without(text: str, mentions: list[Mention]) -> str:
    for mention in reversed(mentions):
        start, end = mention.span
        text = text[:start] + "," + text[end:]
    return text


def _why_nothing(draft: Draft, reading: Reading, index: Index) -> str:
    for word, label in index.unsure.items():
        if word in reading.place:
            return f"可能是“{label}”，名称没有写全，送巡察办核对"
    for county in _counties_in(reading.place, index):
        return f"只写了“{county}”，没有写到具体单位，送巡察办核对"
    if draft.unlisted:
        return "反映的单位不在名单中，送巡察办核对"
    return "没有写明是哪个单位，送巡察办核对"


def _doubt(reading: Reading, index: Index) -> str | None:
    """Why the mentions cannot be trusted to mean the notice's bodies; None if they can."""
    counties = _counties_in(reading.place, index)
    near = (*index.home.forms, *index.county_forms)
    is_foreign = names_other_county(reading.place, near)
    for _, mention in reading.found:
        if mention.is_elsewhere:
            return f"“{mention.label}”前面写的是别的地方，送巡察办核对"
        its = {t.county for t in mention.targets if t.county}
        if its and (is_foreign or (counties and not its & counties)):
            return f"填写的地点和“{mention.label}”不在一个县（市、区），送巡察办核对"
        if its and names_other_town(reading.place_without_names):
            return f"提到“{mention.label}”，填写的地点是别的乡镇（街道），送巡察办核对"
    return None


def _by_words(reading: Reading, targets: set[RouteTarget], *, is_unlisted: bool) -> Route:
    teams = {target.team for target in targets}
    labels = "".join(f"“{label}”" for label in dict.fromkeys(m.label for _, m in reading.found))
    if len(teams) > 1:
        count = _COUNTS.get(len(teams), "几")
        return _to_office(f"文字中提到{count}个组的单位（{labels}），送巡察办核对")
    names = [(where, mention) for where, mention in reading.found if not mention.is_hint]
    where, first = (names or reading.found)[0]
    if len(targets) > 1:
        reason = f"按{labels}分送，同属一个组"
    else:
        reason = f"按{'' if names else '举报箱位置'}“{first.label}”分送（{where}）"
    is_in = names and not is_unlisted
    if reading.has_village or any(mention.has_village for _, mention in reading.found):
        is_in, reason = False, f"{reason}，所辖村（社区）待核"
    elif not names:
        reason = f"{reason}，单位待核"
    code = targets.pop().code if len(targets) == 1 else None
    return Route(teams.pop(), code, "in" if is_in else "unchecked", reason)


def _meant(reading: Reading, counties: set[str]) -> set[RouteTarget]:
    """The bodies that the mentions mean.

    A name that several bodies bear is settled by the others, else by the place's county.
    """
    certain = {m.targets[0] for _, m in reading.found if len(m.targets) == 1}
    meant: set[RouteTarget] = set()
    for _, mention in reading.found:
        of_county = {target for target in mention.targets if target.county in counties}
        meant |= certain.intersection(mention.targets) or of_county or set(mention.targets)
    return meant


def _counties_in(place: str, index: Index) -> set[str]:
    """The notice's counties that a joined place names."""
    return {name for name, forms in index.counties.items() if any(f in place for f in forms)}


def _to_office(reason: str) -> Route:
    return Route(None, None, "unchecked", reason, kind="office")
