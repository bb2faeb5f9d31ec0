"""What was read, as the page shows it: sections of lines, each with its state and findings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from inspection.notice import Finding, Severity
from inspection.parsing.sources.field import Field, Sort, State
from inspection.parsing.sources.places_of_teams import NO_TEAM
from inspection.parsing.sources.readable_report import heading_of
from inspection.parsing.sources.tracing import Traced
from inspection.revising.applying import Revised
from inspection.revising.contradictions import RECHECKED
from inspection.revising.edits import Edits, Place, place_json
from inspection.revising.revisable import FIELDS, LISTS, Thing, texts_of
from intake.admin.previewing.correcting_things import ADDING
from intake.admin.previewing.marked_text import Marks
from intake.admin.previewing.notice_form import NoticeForm

_TONES = {
    State.STATED: "fine",
    State.INFERRED: "plain",
    State.MISSING: "soon",
    State.CONFLICTING: "late",
    State.SETTLED: "fine",
}
SEVERITY_TONES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.INFO: "plain"}
# Of these the first field is the line, and the others stand under it.
# As a finding tells whoever sits before the command.
_OPTION = re.compile(r"用 --set (\w+)=…\s?")
# What only a day that a person settles makes right.
_DAYS_OF_THE_READER = ("impossible_date", "two_last_days")
_PARTS_OF_ONE = ("targets", "contacts", "drop_boxes")


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words, with its tone."""

    word: str
    tone: str
    message: str
    line: int | None
    can_be_checked: str = ""


@dataclass(slots=True)
class Line:
    """One field, and those that belong to it; `mark` is where its words are marked, 0 for none."""

    number: int
    about: Field
    mark: int
    more: list[tuple[int, Field]] = field(default_factory=list)
    at: str = ""
    can_go: bool = False
    is_settled: bool = False

    @property
    def tone(self) -> str:
        """Of the tag that names the state."""
        return _TONES[self.about.state]

    @property
    def findings(self) -> list[Said]:
        """What is said of the field and of what belongs to it."""
        every = [*self.about.findings, *(one for _, part in self.more for one in part.findings)]
        return [said(one) for one in dict.fromkeys(every)]


@dataclass(slots=True)
class Section:
    """Lines under one heading."""

    title: str
    lines: list[Line] = field(default_factory=list)
    adds: str = ""
    adding: str = ""
    team: str = ""


def said(finding: Finding) -> Said:
    """For a page: where the command has an option the page has a field."""
    tone = SEVERITY_TONES[finding.severity]
    message = _OPTION.sub(_field_named, finding.message)
    is_open = finding.severity == Severity.ERROR and finding.code not in RECHECKED
    asked = finding.message if is_open and finding.code not in _DAYS_OF_THE_READER else ""
    return Said(finding.severity.facts, tone, message, finding.line, asked)


def _field_named(option: re.Match[str]) -> str:
    field = NoticeForm.base_fields.get(option[1])
    return f"在“要由人定的”里的“{field.label}”" if field else option[0]


def sections_of(traced: Traced, marks: Marks, revised: Revised, edits: Edits) -> list[Section]:
    """By what they are about, teams each on their own; a list that may grow is there if empty."""
    found: dict[str, Section] = {}
    places = places_by_path(revised)
    last = ""
    for number, one in enumerate(traced.fields, start=1):
        title = heading_of(one)
        section = found.setdefault(title, Section(title))
        whole = _whole(one.path)
        if whole and whole == last and section.lines:
            section.lines[-1].more.append((number, one))
        else:
            line = Line(number, one, marks.of_field.get(number, 0))
            section.lines.append(_with_place(line, places.get(holder_of(one.path)), edits))
        last = whole
    for title, thing in (("联系方式", Thing.CONTACT), ("举报箱", Thing.BOX)):
        section = found.setdefault(title, Section(title))
        section.adds, section.adding = thing.value, ADDING[thing]
    for team in revised.notice.teams:
        if (own := found.get(team.name or NO_TEAM)) is not None:
            own.adds, own.adding = Thing.BODY.value, ADDING[Thing.BODY]
            own.team = team.name or ""
    return list(found.values())


def settled_fields(traced: Traced, revised: Revised, edits: Edits) -> Traced:
    """The same, each that a person decided saying so."""
    places = places_by_path(revised)
    fields = []
    for one in traced.fields:
        place = places.get(holder_of(one.path))
        name = one.path.rpartition(".")[2]
        if place is None or name not in edits.changed.get(place, {}):
            fields.append(one)
            continue
        was = revised.read.get(place)
        texts = texts_of(was.thing, was.values) if was else {}
        why = f"读作“{texts[name] or '没有写'}”。" if was else ""
        fields.append(replace(one, state=State.SETTLED, why=why))
    return replace(traced, fields=tuple(fields))


def _with_place(line: Line, place: Place | None, edits: Edits) -> Line:
    name = line.about.path.rpartition(".")[2]
    if place is None or not any(one.name == name for one in FIELDS[place[0]]):
        return line
    line.at, line.is_settled = place_json(*place), place in edits.changed
    line.can_go = place[0] in LISTS
    return line


def places_by_path(revised: Revised) -> dict[str, Place]:
    """Which thing stands where in the notice's JSON form."""
    of = {thing: [one for one in revised.things if one.thing is thing] for thing in Thing}
    found: dict[str, Place] = {"round": (Thing.ROUND, ()), "rules": (Thing.RULES, ())}
    for thing in (Thing.CONTACT, Thing.BOX):
        for index, one in enumerate(of[thing]):
            found[f"{thing.value}[{index}]"] = thing, one.key
    names = [one.values["name"] for one in of[Thing.TEAM]]
    for index, one in enumerate(of[Thing.TEAM]):
        found[f"teams[{index}]"] = Thing.TEAM, one.key
    counts: Counter[int] = Counter()
    for one in of[Thing.BODY]:
        team = one.values["team"]
        index = names.index(team) if team in names else len(names)
        found[f"teams[{index}].targets[{counts[index]}]"] = Thing.BODY, one.key
        counts[index] += 1
    return found


def holder_of(path: str) -> str:
    """'teams[0].targets[1]' of 'teams[0].targets[1].kind', 'round' of 'round.title'."""
    return path.rpartition(".")[0]


def open_questions(traced: Traced, errors: Sequence[Finding]) -> list[Said]:
    """The errors: what must be settled before the round can be loaded."""
    every = [*traced.others, *(one for part in traced.fields for one in part.findings)]
    return [said(one) for one in dict.fromkeys(every) if one in errors]


def lines_named(findings: Sequence[Finding]) -> list[int]:
    """Of the text as given."""
    return [finding.line for finding in findings if finding.line]


def legend(traced: Traced) -> Iterator[tuple[str, str]]:
    """The sorts that are marked somewhere, in order: class and word."""
    present = {one.sort for one in traced.fields if one.span}
    yield from ((sort.value, sort.facts) for sort in Sort if sort in present)


def counted_states(traced: Traced) -> Mapping[str, int]:
    """How many fields there are in each state, by its word."""
    counts = dict.fromkeys(State, 0)
    for one in traced.fields:
        counts[one.state] += 1
    return {state.facts: count for state, count in counts.items() if count}


def _whole(path: str) -> str:
    """'teams[0].targets[1]' of 'teams[0].targets[1].kind'; '' of what is one field alone."""
    holder, _, _name = path.rpartition(".")
    return holder if holder.rpartition(".")[2].partition("[")[0] in _PARTS_OF_ONE else ""
