"""A notice as read, piece by piece, before it is checked and given its public form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspection.body_kinds import BodyKind
from inspection.notice import (
    UNKNOWN_YEAR,
    Contact,
    Focus,
    Period,
    RoundEntry,
    Rules,
    SpecialCheck,
    StatedCount,
    TeamEntry,
)
from inspection.parsing.facts import focus_topics, identity, reception_rules
from inspection.parsing.facts.identity import Identity
from inspection.parsing.facts.settling import Settled
from inspection.parsing.facts.ways import contact_ways, drop_boxes
from inspection.parsing.facts.ways.contact_ways import FoundContact
from inspection.parsing.facts.ways.drop_boxes import FoundBox
from inspection.parsing.facts.when import timing
from inspection.parsing.facts.when.dates import find_spans
from inspection.parsing.facts.when.timing import Timing
from inspection.parsing.facts.who import teams
from inspection.parsing.facts.who.teams import FoundTeam
from inspection.parsing.layout.outline import outline
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.text.extent import Extent
from inspection.parsing.text.page_lines import Line, join_broken, text_of


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read, with the lines that the checks point to."""

    extent: Extent
    pieces: tuple[Piece, ...]
    text: str
    identity: Identity
    timing: Timing
    year: int | None
    notice_date: str | None
    teams: tuple[FoundTeam, ...]
    contacts: tuple[FoundContact, ...]
    boxes: tuple[FoundBox, ...]
    counts: tuple[tuple[int, StatedCount], ...]
    focus: tuple[Focus, ...]
    special_checks: tuple[SpecialCheck, ...]
    rules: Rules
    settled: Settled

    @property
    def accepts_until(self) -> str | None:
        """The last day for reports, settled or stated."""
        stated = timing.last_day(self.timing.first("accepts"), self.year)
        return self.settled.accepts_until or stated

    @property
    def accepts_from(self) -> str | None:
        """The first day for reports, settled or stated."""
        stated = timing.first_day(self.timing.first("accepts"), self.year)
        return self.settled.accepts_from or stated

    @property
    def period(self) -> Period | None:
        """When the round runs."""
        return timing.period_of(self.timing.first("period"), self.year)


def read(extent: Extent, settled: Settled) -> Reading:
    """Everything that the lines of a notice say."""
    lines = join_broken(extent.body)
    pieces = tuple(outline(lines))
    who = identity.read_identity(extent.title, text_of(lines), extent.issuer)
    found_teams = tuple(teams.read_teams(pieces, who.owner))
    found_contacts = tuple(
        _with_area_code(_shared(contact_ways.read_contacts(pieces), found_teams), settled.area_code)
    )
    found_boxes = tuple(drop_boxes.read_boxes(pieces, found_teams, who.owner))
    when = timing.read_timing(pieces, _own_date(extent), extent.title or "")
    year = settled.year if when.default_year is None else when.default_year
    return Reading(
        extent=extent,
        pieces=pieces,
        text=_whole_text(extent, lines),
        identity=who,
        timing=when,
        year=year,
        notice_date=settled.notice_date or _notice_date(extent, year),
        teams=found_teams,
        contacts=found_contacts,
        boxes=found_boxes,
        counts=tuple(reception_rules.read_counts(pieces)),
        focus=tuple(focus_topics.read_focus(pieces, _only_kind(found_teams))),
        special_checks=tuple(focus_topics.read_special_checks(pieces)),
        rules=reception_rules.read_rules(
            pieces, found_contacts=found_contacts, found_boxes=found_boxes
        ),
        settled=settled,
    )


def _whole_text(extent: Extent, lines: Sequence[Line]) -> str:
    parts = (extent.title, text_of(lines), extent.issuer, extent.date_text)
    return "\n".join(filter(None, parts))


def _own_date(extent: Extent) -> str:
    return extent.date_text or (extent.printed_date[0] if extent.printed_date else "")


def _notice_date(extent: Extent, year: int | None) -> str | None:
    """The date under the signature, else the one that the page prints as its own."""
    spans = find_spans(_own_date(extent))
    moment = spans[0].start or spans[0].end if spans else None
    return moment.days(year)[0] if moment else None


def _only_kind(found: Sequence[FoundTeam]) -> BodyKind | None:
    kinds = {target.kind for team in found for _, target in team.targets}
    return next(iter(kinds)) if len(kinds) == 1 else None


def _shared(found: Sequence[FoundContact], teams: Sequence[FoundTeam]) -> list[FoundContact]:
    """In a notice of one team its contacts are everybody's."""
    if len([team for team in teams if team.name is not None]) > 1:
        return list(found)
    shared: dict[tuple[str, str], FoundContact] = {}
    for entry in found:
        contact = replace(entry.contact, team=None)
        shared.setdefault((contact.kind, contact.value), replace(entry, contact=contact))
    return list(shared.values())


def is_without_area_code(contact: Contact) -> bool:
    """Whether a phone is a bare local number."""
    return (
        contact.kind.facts.wants_area_code
        and contact.value.isdigit()
        and len(contact.value) in {7, 8}
    )


def _with_area_code(found: Sequence[FoundContact], area_code: str | None) -> list[FoundContact]:
    if area_code is None:
        return list(found)
    return [
        replace(entry, contact=replace(entry.contact, value=f"{area_code}-{entry.contact.value}"))
        if is_without_area_code(entry.contact)
        else entry
        for entry in found
    ]


def round_of(reading: Reading) -> RoundEntry:
    """The round in its public form."""
    who, accepts = reading.identity, reading.timing.first("accepts")
    end = accepts.span.end if accepts else None
    return RoundEntry(
        slug=identity.slug_of(who, _year_of_round(reading), reading.text),
        title=who.title,
        committee=who.committee,
        session=who.session,
        ordinal=who.ordinal,
        word=who.word,
        issuer=reading.extent.issuer,
        notice_date=reading.notice_date,
        period=reading.period,
        accepts_until=reading.accepts_until,
        batch=who.batch,
        accepts_from=reading.accepts_from,
        accepts_until_time=end.time if end else None,
        counts_stated=tuple(count for _, count in reading.counts),
    )


def _year_of_round(reading: Reading) -> str | None:
    days = (
        reading.notice_date,
        reading.accepts_until,
        *(reading.period.starts or () if reading.period else ()),
    )
    known = [day[:4] for day in days if day and not day.startswith(UNKNOWN_YEAR)]
    return known[0] if known else None


def teams_of(reading: Reading) -> tuple[TeamEntry, ...]:
    """The teams in their public form, with the dates that some have of their own."""
    entries = []
    for found in reading.teams:
        period = reading.timing.own("period", found.name, found.series)
        accepts = reading.timing.own("accepts", found.name, found.series)
        entries.append(
            replace(
                found.entry(),
                period=timing.period_of(period, reading.year),
                accepts_until=timing.last_day(accepts, reading.year),
            )
        )
    return tuple(entries)
