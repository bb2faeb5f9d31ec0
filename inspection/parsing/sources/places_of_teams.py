"""Where a notice names its teams and the bodies under them. Pure."""

from collections.abc import Iterator

from inspection.notice import Notice, TargetEntry, TeamEntry
from inspection.parsing.sources.days_given import of_acceptance
from inspection.parsing.sources.field import Field, Sort
from inspection.parsing.sources.field_making import About, inferred, make_field
from inspection.parsing.sources.flat_text import FlatText, Found, flat
from inspection.parsing.sources.places_of_the_round import day_field, period_field

_INHERITED = "原文前面的“{}”承前省略。"
_VILLAGES = "公告说巡察到村（社区）。"
_MOST_PLACES = 20
_FIRST_BODIES = 5
_SECTION = 4000
_SHORTEST_TEAM = 5
NO_TEAM = "（没有写明哪个组）"


def fields_of_teams(text: FlatText, notice: Notice) -> Iterator[Field]:
    """Each team, with what it has of its own and its bodies."""
    for index, team in enumerate(notice.teams):
        yield from _fields_of_team(text, team, f"teams[{index}]")


def _fields_of_team(text: FlatText, team: TeamEntry, path: str) -> Iterator[Field]:
    group, place = team.name or NO_TEAM, _section_of(text, team)
    found = place or text.find_tail(team.name or "", least=_SHORTEST_TEAM)
    yield make_field(
        text,
        About(f"{path}.name", "组", Sort.TEAM, group),
        team.name or "",
        found,
        lacking=_INHERITED,
    )
    if team.series:
        found_series = text.find(team.series)
        yield make_field(
            text, About(f"{path}.series", "类别", Sort.TEAM, group), team.series, found_series
        )
    if team.period:
        yield period_field(text, About(f"{path}.period", "巡察时间", Sort.TIME, group), team.period)
    if team.accepts_until:
        own = About(f"{path}.accepts_until", "本组受理截止日期", Sort.TIME, group)
        yield day_field(text, own, team.accepts_until, of_acceptance)
    after = place.start if place else text.start
    for index, target in enumerate(team.targets):
        body = text.find_tail(target.name, after)
        after = body.stop if body else after
        yield from _fields_of_body(text, target, f"{path}.targets[{index}]", body, group)


def _fields_of_body(
    text: FlatText, target: TargetEntry, path: str, found: Found | None, group: str
) -> Iterator[Field]:
    about = About(f"{path}.name", "巡察对象", Sort.BODY, group)
    name = make_field(text, about, target.name, found, lacking=_INHERITED)
    yield name
    parts = (
        ("kind", "类型", target.kind.facts.word, "按名称判断。"),
        ("county", "县（市、区）", target.county, "按名称和所在的标题判断。"),
        ("includes_villages", "含村（社区）", "是" if target.includes_villages else "", _VILLAGES),
    )
    for part, label, value, why in parts:
        if value:
            about = About(f"{path}.{part}", label, Sort.BODY, group)
            yield inferred(about, value, why=why, beside=name)


def _section_of(text: FlatText, team: TeamEntry) -> Found | None:
    """Of all places that name a team, the one behind which most of its bodies stand."""
    name = flat(team.name or "")
    places = text.everywhere(name, _MOST_PLACES)
    if not places:
        return None
    bodies = [flat(target.name) for target in team.targets[:_FIRST_BODIES]]

    def score(place: int) -> tuple[int, int]:
        stop = min(place + _SECTION, text.stop)
        near = [at for body in bodies if (at := text.text.find(body, place, stop)) >= 0]
        return len(near), -min(near, default=stop) + place

    best = max(places, key=score)
    return Found(best, best + len(name))
