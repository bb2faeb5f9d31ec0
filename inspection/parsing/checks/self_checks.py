"""The notice checked against itself: each agreement and each contradiction a finding."""

from collections import Counter
from collections.abc import Callable, Iterator

from inspection.body_kinds import BodyKind
from inspection.notice import Finding, Severity
from inspection.parsing.facts.whole_notice import Reading, is_without_area_code
from inspection.parsing.names import team_names


def check(reading: Reading) -> tuple[Finding, ...]:
    """All findings on what a notice says of itself."""
    return tuple(finding for run in _CHECKS for finding in run(reading))


def _counts(reading: Reading) -> Iterator[Finding]:
    listed = Counter(target.kind for team in reading.teams for _, target in team.targets)
    if not reading.counts or not listed:
        return
    stated_kinds = {count.kind for _, count in reading.counts}
    differing = []
    for line, count in reading.counts:
        actual = listed[count.kind] if count.kind != "other" else _others(listed, stated_kinds)
        if count.kind == "other" and count.count == listed.total():
            actual = count.count
        if actual != count.count:
            differing.append((line, count.kind.facts.counted, count.count, actual))
    for line, name, stated, actual in differing:
        yield Finding(
            Severity.WARNING,
            "counts_differ",
            f"公告说有{name}{stated}个，列出的是{actual}个。",
            line,
        )
    if not differing:
        parts = "，".join(f"{c.kind.facts.counted}{c.count}个" for _, c in reading.counts)
        yield Finding(
            Severity.INFO,
            "counts_agree",
            f"公告说的数目（{parts}）与列出的{listed.total()}个巡察对象相符。",
            reading.counts[0][0],
        )


def _others(listed: Counter[BodyKind], stated: set[BodyKind]) -> int:
    return sum(number for kind, number in listed.items() if kind not in stated or kind == "other")


def _boxes(reading: Reading) -> Iterator[Finding]:
    numbered = _numbered_boxes(reading)
    if not numbered:
        return
    first = _first_lines(numbered)
    whole = len(first) == len(numbered)
    expected = 1
    for number, line in first.items():
        if number != expected:
            whole = False
            what = (
                f"出现了{number}号" if number < expected else f"缺少{_run(expected, number - 1)}号"
            )
            yield Finding(Severity.WARNING, "boxes_gap", f"举报箱编号不连续：{what}。", line)
        expected = number + 1
    if whole:
        yield Finding(
            Severity.INFO,
            "boxes_numbered",
            f"举报箱从1号到{len(numbered)}号，没有缺号。",
            numbered[0][1],
        )


def _box_number_twice(reading: Reading) -> Iterator[Finding]:
    """One number for two boxes: nobody could say which of them is meant."""
    numbered = _numbered_boxes(reading)
    first = _first_lines(numbered)
    seen: set[int] = set()
    for number, line in numbered:
        if number in seen:
            message = f"举报箱编号{number}重复，第{first[number]}行已经有{number}号。"
            yield Finding(Severity.ERROR, "box_number_twice", message, line)
        seen.add(number)


def _numbered_boxes(reading: Reading) -> list[tuple[int, int]]:
    """The boxes' numbers, each with its line."""
    return [
        (found.box.number, found.line) for found in reading.boxes if found.box.number is not None
    ]


def _first_lines(numbered: list[tuple[int, int]]) -> dict[int, int]:
    first: dict[int, int] = {}
    for number, line in numbered:
        first.setdefault(number, line)
    return first


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}到{last}"


def _own_boxes(reading: Reading) -> Iterator[Finding]:
    """Where some bodies have boxes of their own, all should."""
    linked = {found.box.target for found in reading.boxes if found.box.target}
    if not linked:
        return
    targets = [(line, target.name) for team in reading.teams for line, target in team.targets]
    without = [(line, name) for line, name in targets if name not in linked]
    if without:
        names = "、".join(name for _, name in without)
        message = f"没有找到这些巡察对象自己的举报箱：{names}。"
        yield Finding(Severity.WARNING, "targets_without_box", message, without[0][0])
    else:
        yield Finding(
            Severity.INFO, "targets_have_boxes", f"{len(targets)}个巡察对象都有自己的举报箱。"
        )


def _team_numbers(reading: Reading) -> Iterator[Finding]:
    series: dict[str, list[tuple[int, int]]] = {}
    for team in reading.teams:
        if team.name and (number := team_names.ordinal(team.name)):
            series.setdefault(team_names.without_ordinal(team.name), []).append((number, team.line))
    together = sorted(number for numbers in series.values() for number, _ in numbers)
    runs_through = together == list(range(1, len(together) + 1))
    whole = bool(series)
    for name, numbers in series.items():
        found = {number for number, _ in numbers}
        missing = sorted(set(range(1, max(found) + 1)) - found)
        if missing and not runs_through:
            whole = False
            text = "、".join(map(str, missing))
            yield Finding(
                Severity.WARNING,
                "teams_gap",
                f"“{name}”的编号不连续，缺少第{text}组。",
                numbers[0][1],
            )
    if whole:
        count = sum(len(numbers) for numbers in series.values())
        yield Finding(Severity.INFO, "teams_numbered", f"{count}个组的编号连续，没有缺号。")


def _two_teams(reading: Reading) -> Iterator[Finding]:
    holders: dict[str, str | None] = {}
    for team in reading.teams:
        for line, target in team.targets:
            if target.name in holders and holders[target.name] != team.name:
                message = f"“{target.name}”同时列在“{holders[target.name]}”和“{team.name}”之下。"
                yield Finding(Severity.ERROR, "body_under_two_teams", message, line)
            holders.setdefault(target.name, team.name)


def _bodies(reading: Reading) -> Iterator[Finding]:
    line = reading.extent.title_line
    if not any(team.targets for team in reading.teams):
        message = "没有读出巡察对象，来件只能先交巡察办核对。"
        yield Finding(Severity.WARNING, "no_targets", message, line)
        return
    for team in reading.teams:
        if not team.targets:
            message = f"没有读出“{team.name}”的巡察对象。"
            yield Finding(Severity.WARNING, "team_without_targets", message, team.line)
        if team.name is None:
            message = "公告没有说明这些巡察对象由哪个组负责。"
            yield Finding(Severity.WARNING, "team_unknown", message, line)


def _kinds(reading: Reading) -> Iterator[Finding]:
    for team in reading.teams:
        for line, target in team.targets:
            if target.kind == "other":
                message = f"看不出“{target.name}”是哪一类单位。"
                yield Finding(Severity.WARNING, "kind_unknown", message, line)


def _contacts(reading: Reading) -> Iterator[Finding]:
    if not reading.contacts:
        yield Finding(
            Severity.WARNING,
            "no_contacts",
            "没有读出电话、信箱等联系方式。",
            reading.extent.title_line,
        )
    for found in reading.contacts:
        if is_without_area_code(found.contact):
            message = (
                f"电话{found.contact.value}没有区号，按原样保留；可用 --set area_code=… 补上。"
            )
            yield Finding(Severity.WARNING, "phone_without_area_code", message, found.line)


def _settled(reading: Reading) -> Iterator[Finding]:
    for name, value in reading.settled.given():
        yield Finding(Severity.INFO, "settled", f"{name}由工作人员确定为{value}。")


def _missing(reading: Reading) -> Iterator[Finding]:
    values = (("发布单位", reading.extent.issuer), ("公告日期", reading.notice_date))
    for name, value in values:
        if not value:
            line = reading.extent.title_line
            yield Finding(Severity.WARNING, "not_stated", f"公告没有写明{name}。", line)


_CHECKS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    _counts,
    _boxes,
    _box_number_twice,
    _own_boxes,
    _team_numbers,
    _two_teams,
    _bodies,
    _kinds,
    _contacts,
    _missing,
    _settled,
)
