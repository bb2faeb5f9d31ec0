"""What was read, as the page shows it: sections of lines, each with its state and findings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from inspection.notice import Finding, Severity
from inspection.parsing.sources.field import Field, Sort, State
from inspection.parsing.sources.readable_report import heading_of
from inspection.parsing.sources.tracing import Traced
from intake.admin.previewing.marked_text import Marks
from intake.admin.previewing.notice_form import NoticeForm

_TONES = {
    State.STATED: "fine",
    State.INFERRED: "plain",
    State.MISSING: "soon",
    State.CONFLICTING: "late",
}
SEVERITY_TONES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.INFO: "plain"}
# Of these the first field is the line, and the others stand under it.
# As a finding tells whoever sits before the command.
_OPTION = re.compile(r"用 --set (\w+)=…\s?")
_PARTS_OF_ONE = ("targets", "contacts", "drop_boxes")


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words, with its tone."""

    word: str
    tone: str
    message: str
    line: int | None


@dataclass(slots=True)
class Line:
    """One field, and those that belong to it; `mark` is where its words are marked, 0 for none."""

    number: int
    about: Field
    mark: int
    more: list[tuple[int, Field]] = field(default_factory=list)

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


def said(finding: Finding) -> Said:
    """For a page: where the command has an option the page has a field."""
    tone = SEVERITY_TONES[finding.severity]
    message = _OPTION.sub(_field_named, finding.message)
    return Said(finding.severity.facts, tone, message, finding.line)


def _field_named(option: re.Match[str]) -> str:
    field = NoticeForm.base_fields.get(option[1])
    return f"在“要由人定的”里的“{field.label}”" if field else option[0]


def sections_of(traced: Traced, marks: Marks) -> list[Section]:
    """By what they are about, teams each on their own."""
    found: dict[str, Section] = {}
    last = ""
    for number, one in enumerate(traced.fields, start=1):
        title = heading_of(one)
        section = found.setdefault(title, Section(title))
        whole = _whole(one.path)
        if whole and whole == last and section.lines:
            section.lines[-1].more.append((number, one))
        else:
            section.lines.append(Line(number, one, marks.of_field.get(number, 0)))
        last = whole
    return list(found.values())


def open_questions(traced: Traced) -> list[Said]:
    """The errors: what must be settled before the round can be loaded."""
    every = [*traced.others, *(one for part in traced.fields for one in part.findings)]
    return [said(one) for one in dict.fromkeys(every) if one.severity == Severity.ERROR]


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
