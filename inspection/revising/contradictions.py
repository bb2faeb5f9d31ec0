"""The errors that are looked for again once a person has changed something. Pure."""

from collections import Counter
from collections.abc import Iterator

from inspection.notice import UNKNOWN_YEAR, Finding, Notice, Severity

# Findings of the reader that these take the place of.
RECHECKED = frozenset(
    (
        *("no_year", "no_last_day_no_period", "last_day_before_first", "body_under_two_teams"),
        *("box_number_twice", "no_targets", "team_without_targets", "team_unknown"),
        *("no_contacts", "kind_unknown", "counts_differ"),
        # What they agreed upon may not be so any more.
        *("targets_have_boxes", "boxes_numbered", "counts_agree", "teams_numbered"),
    )
)


def contradictions(notice: Notice) -> tuple[Finding, ...]:
    """With which the intake cannot start."""
    said = [*_days(notice), *_bodies(notice), *_boxes(notice), *_counts(notice)]
    return tuple(Finding(severity, code, message) for severity, code, message in said)


Said = tuple[Severity, str, str]


def _days(notice: Notice) -> Iterator[Said]:
    round_ = notice.round
    period = round_.period
    ends = period.ends[1] if period and period.ends else None
    starts = period.starts[0] if period and period.starts else None
    days = [round_.notice_date, round_.accepts_from, round_.accepts_until, starts, ends]
    if any(day and day.startswith(UNKNOWN_YEAR) for day in days):
        yield Severity.ERROR, "no_year", "日期没有写年份，请用 --set year=… 说明。"
        return
    until = round_.accepts_until or ends
    if until is None:
        message = "没有受理截止日期，也没有巡察何时结束，请用 --set accepts_until=… 说明。"
        yield Severity.ERROR, "no_last_day_no_period", message
        return
    first = round_.accepts_from or starts
    for day, name in ((first, "开始的日子"), (round_.notice_date, "公告日期")):
        if day and until < day:
            message = f"受理截止日期{until}早于{name}{day}。"
            yield Severity.ERROR, "last_day_before_first", message


def _bodies(notice: Notice) -> Iterator[Said]:
    names = Counter(target.name for team in notice.teams for target in team.targets)
    for name, count in names.items():
        if count > 1:
            yield Severity.ERROR, "body_under_two_teams", f"“{name}”列了{count}次。"
    teams = Counter(team.name or "" for team in notice.teams)
    for name, count in teams.items():
        if count > 1:
            yield Severity.ERROR, "team_twice", f"有{count}个组叫“{name}”。"
    for team in notice.teams:
        if not team.targets:
            yield Severity.WARNING, "team_without_targets", f"“{team.name}”没有巡察对象。"
        if team.name is None:
            yield Severity.WARNING, "team_unknown", "有巡察对象没有写明由哪个组负责。"
    unknown = [one.name for team in notice.teams for one in team.targets if one.kind == "other"]
    for name in unknown:
        yield Severity.WARNING, "kind_unknown", f"看不出“{name}”是哪一类单位。"
    if not notice.contacts:
        yield Severity.WARNING, "no_contacts", "没有电话、信箱等联系方式。"
    if not names:
        message = "没有巡察对象，来件只能先交巡察办核对。"
        yield Severity.WARNING, "no_targets", message


def _boxes(notice: Notice) -> Iterator[Said]:
    numbers = Counter(box.number for box in notice.drop_boxes if box.number is not None)
    for number, count in numbers.items():
        if count > 1:
            yield Severity.ERROR, "box_number_twice", f"举报箱编号{number}重复。"


def _counts(notice: Notice) -> Iterator[Said]:
    listed = Counter(target.kind for team in notice.teams for target in team.targets)
    for stated in notice.round.counts_stated:
        if stated.kind in listed and listed[stated.kind] != stated.count:
            kind = stated.kind.facts.counted
            message = f"公告说有{kind}{stated.count}个，现在列出的是{listed[stated.kind]}个。"
            yield Severity.WARNING, "counts_differ", message
