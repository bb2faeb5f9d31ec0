"""Which findings are about which field, and what that makes of its state. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from inspection.notice import UNKNOWN_YEAR, Finding, Severity
from inspection.parsing.sources.field import Field, State

# By the code of a finding the fields that it is about, as their paths begin.
_ABOUT = {
    "no_last_day": ("round.accepts_until",),
    "no_last_day_no_period": ("round.accepts_until",),
    "two_last_days": ("round.accepts_until",),
    "last_day_before_first": ("round.accepts_until",),
    "last_day_after_period": ("round.accepts_until", "round.period"),
    "counts_differ": ("round.counts_stated",),
    "counts_agree": ("round.counts_stated",),
    "no_contacts": ("contacts",),
}
# Of these the fields contradict something, though the intake can start.
_CONFLICTS = ("counts_differ", "last_day_after_period")
_BY_WORDS = {"发布单位": "round.issuer", "公告日期": "round.notice_date"}
_QUOTED = re.compile("“([^“”]{2,60})”")
_NUMBERS = re.compile(r"[\d-]{5,20}")
_BOX_NUMBER = re.compile(r"编号(\d{1,4})")


def spread(
    fields: Sequence[Field], findings: Sequence[Finding]
) -> tuple[list[Field], list[Finding]]:
    """The fields with the findings about each, and the findings about none."""
    by_value: dict[str, list[int]] = defaultdict(list)
    for index, field in enumerate(fields):
        by_value[field.value].append(index)
    told: dict[int, list[Finding]] = defaultdict(list)
    others = []
    for finding in findings:
        places = list(_places(finding, fields, by_value))
        for place in dict.fromkeys(places):
            told[place].append(finding)
        if not places:
            others.append(finding)
    return [_with(field, told[index]) for index, field in enumerate(fields)], others


def _places(
    finding: Finding, fields: Sequence[Field], by_value: dict[str, list[int]]
) -> Iterator[int]:
    paths = _ABOUT.get(finding.code, ())
    if finding.code == "not_stated":
        paths = tuple(path for words, path in _BY_WORDS.items() if words in finding.message)
    if finding.code == "no_year":
        yield from (index for index, field in enumerate(fields) if UNKNOWN_YEAR in field.value)
        return
    if paths:
        about = (index for index, field in enumerate(fields) if field.path.startswith(paths))
        yield from (index for index in about if _is_of_kind(fields[index], finding))
        return
    words = [*_QUOTED.findall(finding.message), *_NUMBERS.findall(finding.message)]
    for one in words:
        yield from (index for index in by_value.get(one, ()) if "." in fields[index].path)
    if box := _BOX_NUMBER.search(finding.message):
        label = f"{box[1]}号举报箱"
        yield from (index for index, field in enumerate(fields) if field.label == label)


def _is_of_kind(field: Field, finding: Finding) -> bool:
    """Of several counts only that of the kind which the finding names."""
    if not field.path.startswith("round.counts_stated"):
        return True
    return field.label.removeprefix("公告所称").removesuffix("数目") in finding.message


def _with(field: Field, findings: Sequence[Finding]) -> Field:
    if not findings:
        return field
    state = field.state
    is_refused = any(one.severity == Severity.ERROR for one in findings)
    if UNKNOWN_YEAR in field.value:
        state = State.MISSING
    elif field.value and (is_refused or any(one.code in _CONFLICTS for one in findings)):
        state = State.CONFLICTING
    why = "" if state is State.MISSING else field.why
    return replace(field, state=state, why=why, findings=tuple(findings))
