"""Rows -> Notice: the notice as it stands after staff's corrections."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from inspection.body_kinds import BodyKind
from inspection.contact_kinds import ContactKind
from inspection.loading.stored_reading import from_stored
from inspection.models import ContactPoint, DropBox, FocusTopic, Round, Target, Team
from inspection.notice import (
    Contact,
    DropBoxEntry,
    Finding,
    Focus,
    Hours,
    Notice,
    RoundEntry,
    Rules,
    SpecialCheck,
    StatedCount,
    TargetEntry,
    TeamEntry,
)
from inspection.out_of_scope import OutOfScope


def notice_of(round_: Round) -> Notice:
    """The notice that the rows of a round amount to."""
    teams = list(round_.teams.order_by("order").prefetch_related("targets"))
    names = {team.pk: team.name or None for team in teams}
    targets = {target.pk: target.name for team in teams for target in team.targets.all()}
    notice = Notice(
        round=_round(round_),
        teams=tuple(_team(team) for team in teams),
        contacts=tuple(_contact(row, names) for row in round_.contacts.order_by("order")),
        drop_boxes=tuple(_box(row, names, targets) for row in round_.boxes.order_by("order")),
        focus=tuple(_focus(row) for row in round_.focus.order_by("order")),
        special_checks=tuple(SpecialCheck(**check) for check in round_.special_checks),
        rules=_rules(round_),
        findings=tuple(Finding(**finding) for finding in round_.findings),
        text=round_.source_text,
    )
    return _without_unstated(notice, last_reading(round_))


def last_reading(round_: Round) -> Notice | None:
    """The notice as it was read when it was last loaded."""
    if not round_.source_notice:
        return None
    return replace(from_stored(round_.source_notice), text=round_.source_text)


def last_possible_day(notice: Notice) -> str | None:
    """Until when a round accepts whose notice gives no last day: as long as it may run."""
    period = notice.round.period
    return period.ends[1] if period and period.ends else None


def as_stored(notice: Notice) -> Notice:
    """The notice with the title and the last days that follow where it states none."""
    if notice.round.title is None:
        notice = replace(notice, round=replace(notice.round, title=_made_title(notice.round)))
    return _with_last_days(notice)


def _made_title(entry: RoundEntry) -> str:
    """What a round is called whose notice has no title: '14届市委第8轮巡察'."""
    session = f"{entry.session}届" if entry.session else ""
    ordinal = f"第{entry.ordinal}轮" if entry.ordinal else ""
    return f"{session}{entry.committee or ''}{ordinal}{entry.word}{entry.batch or ''}"


def _with_last_days(notice: Notice) -> Notice:
    if notice.round.accepts_until is not None:
        return notice
    teams = tuple(
        replace(team, accepts_until=team.period.ends[1])
        if team.accepts_until is None and team.period and team.period.ends
        else team
        for team in notice.teams
    )
    entry = replace(notice.round, accepts_until=last_possible_day(notice))
    return replace(notice, round=entry, teams=teams)


def _without_unstated(notice: Notice, last: Notice | None) -> Notice:
    """Leaves out the title and the last days that no text stated and no person set."""
    if last and last.round.title is None and notice.round.title == _made_title(notice.round):
        notice = replace(notice, round=replace(notice.round, title=None))
    if last is None or last.round.accepts_until is not None:
        return notice
    stated = {team.name: team.accepts_until for team in last.teams}
    bare = replace(
        notice,
        round=replace(notice.round, accepts_until=None),
        teams=tuple(
            replace(team, accepts_until=None) if stated.get(team.name) is None else team
            for team in notice.teams
        ),
    )
    return bare if _with_last_days(bare) == notice else notice


def _round(round_: Round) -> RoundEntry:
    until = round_.accepts_until_time
    return RoundEntry(
        slug=round_.slug,
        title=round_.title,
        committee=round_.committee or None,
        session=round_.session,
        ordinal=round_.ordinal,
        word=round_.word,
        issuer=round_.issuer or None,
        notice_date=_iso(round_.notice_date),
        period=round_.period,
        accepts_until=_iso(round_.accepts_until),
        batch=round_.batch or None,
        accepts_from=_iso(round_.accepts_from),
        accepts_until_time=until.isoformat("minutes") if until else None,
        counts_stated=tuple(map(StatedCount.from_json, round_.counts_stated)),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _team(team: Team) -> TeamEntry:
    targets: Sequence[Target] = sorted(team.targets.all(), key=lambda target: target.order)
    return TeamEntry(
        name=team.name or None,
        series=team.series or None,
        period=team.period,
        accepts_until=_iso(team.accepts_until),
        targets=tuple(_target(target) for target in targets),
    )


def _target(target: Target) -> TargetEntry:
    return TargetEntry(
        name=target.name,
        kind=BodyKind(target.kind),
        county=target.county or None,
        short_names=tuple(target.short_names),
        includes_villages=target.includes_villages,
    )


def _contact(row: ContactPoint, teams: dict[int, str | None]) -> Contact:
    return Contact(
        kind=ContactKind(row.kind),
        value=row.value,
        postcode=row.postcode or None,
        team=teams[row.team_id] if row.team_id else None,
        hours=Hours.from_json(row.hours),
    )


def _box(row: DropBox, teams: dict[int, str | None], targets: dict[int, str]) -> DropBoxEntry:
    return DropBoxEntry(
        number=row.number,
        location=row.location,
        county=row.county or None,
        target=targets.get(row.target_id) if row.target_id else None,
        team=teams.get(row.team_id) if row.team_id else None,
    )


def _focus(row: FocusTopic) -> Focus:
    return Focus(BodyKind(row.kind), row.heading, tuple(row.items))


def _rules(round_: Round) -> Rules:
    return Rules(
        channels=tuple(round_.channels),
        out_of_scope=OutOfScope(round_.out_of_scope) if round_.out_of_scope else None,
        feedback=round_.feedback,
        supervise_inspectors=round_.supervise_inspectors,
        postmark=round_.postmark_stated,
        out_of_scope_text=round_.out_of_scope_text,
        feedback_text=round_.feedback_text,
    )
