"""Facts -> rows of one round. Rows that stay keep their identity, and a body its code."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, TypeVar

from django.conf import settings
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from inspection.contact_kinds import ContactKind
from inspection.loading.differences import Facts, Key, Record, spoken_name
from inspection.loading.fitting import require_fit
from inspection.loading.refusals import CannotLoad
from inspection.loading.row_removal import (
    box_key,
    contact_key,
    focus_key,
    remove_bodies,
    remove_places,
)
from inspection.loading.search_keys import search_key, target_code
from inspection.models import ContactPoint, DropBox, FocusTopic, Round, Target, Team, period_columns

Place = TypeVar("Place", Team, Target)
_BLANK_TEXTS = ("committee", "batch", "issuer", "out_of_scope")
_SAME = (
    "title", "word", "session", "ordinal", "out_of_scope_text", "feedback", "feedback_text",
    "supervise_inspectors", "special_checks",
)  # fmt: skip


def write_round(round_: Round, facts: Facts) -> None:
    """Saves the round's own facts."""
    record = facts[("轮次",)]
    values = {name: record[name] for name in _SAME}
    values |= {name: record[name] or "" for name in _BLANK_TEXTS}
    values |= period_columns(record["period"])
    values |= {
        name: _day(record[name]) for name in ("notice_date", "accepts_from", "accepts_until")
    }
    until = record["accepts_until_time"]
    values |= {
        "accepts_until_time": time.fromisoformat(until) if until else None,
        "channels": list(record["channels"]),
        "counts_stated": list(record["counts_stated"]),
        "postmark_stated": record["postmark"],
        "source_text": record["text"],
    }
    if round_.pk is None and record["postmark"] is False:
        values["letters_by_postmark"] = False
    _save(round_, values)


def write_parts(round_: Round, facts: Facts) -> None:
    """Saves teams, bodies, contacts, boxes and topics, and removes what has no fact."""
    remove_places(round_, facts)
    teams = _write_teams(round_, facts)
    targets = _write_targets(round_, facts, teams)
    _write_contacts(round_, facts, teams)
    _write_boxes(round_, facts, teams, targets)
    _write_focus(round_, facts)
    remove_bodies(round_, facts)


def _group(facts: Facts, group: str) -> Iterator[tuple[int, Key, Record]]:
    chosen = [(key, record) for key, record in facts.items() if key[0] == group]
    for order, (key, record) in enumerate(chosen, start=1):
        yield order, key, record


def _write_teams(round_: Round, facts: Facts) -> dict[str, Team]:
    teams = {team.name: team for team in round_.teams.all()}
    for order, (_, name), record in _group(facts, "巡察组"):
        values = {
            "order": order,
            "series": record["series"] or "",
            "accepts_until": _day(record["accepts_until"]),
            **period_columns(record["period"]),
        }
        team = teams.setdefault(name, Team(round=round_, name=name))
        _save(team, values)
    return teams


def _write_targets(round_: Round, facts: Facts, teams: dict[str, Team]) -> dict[str, Target]:
    rows = {target.name: target for target in Target.objects.filter(team__round=round_)}
    taken = set(Target.objects.values_list("code", flat=True))
    for order, key, record in _group(facts, "巡察对象"):
        name = key[1]
        target = rows.setdefault(name, Target(name=name))
        if not target.code:
            target.code = target_code(round_.slug, name, taken)
            taken.add(target.code)
        values = {
            "order": order,
            "team": _meant(teams, record["team"] or "", key),
            "kind": record["kind"],
            "county": record["county"] or "",
            "short_names": list(record["short_names"]),
            "includes_villages": record["includes_villages"],
            "search_key": search_key([name, *record["short_names"]]),
        }
        _save(target, values)
    return rows


def _write_contacts(round_: Round, facts: Facts, teams: dict[str, Team]) -> None:
    rows = {contact_key(row): row for row in round_.contacts.select_related("team")}
    for order, key, record in _group(facts, "联系方式"):
        _, kind, value, team = key
        row = rows.get(key) or ContactPoint(round=round_, kind=kind, value=value)
        values = {
            "order": order,
            "team": _team_of(row, teams, team, key),
            "postcode": record["postcode"] or "",
            "hours": record["hours"],
        }
        if row.pk is None:
            values["phone"] = _dialled(kind, value)
        _save(row, values)


def _write_boxes(
    round_: Round, facts: Facts, teams: dict[str, Team], targets: dict[str, Target]
) -> None:
    rows = {box_key(row): row for row in round_.boxes.all()}
    for order, key, record in _group(facts, "举报箱"):
        number = int(key[2]) if key[1] else None
        row = rows.get(key) or DropBox(round=round_, number=number)
        target = record["target"]
        values = {
            "order": order,
            "location": record["location"],
            "county": record["county"] or "",
            "target": _meant(targets, target, key) if target else None,
            "team": _team_of(row, teams, record["team"], key),
        }
        _save(row, values)


def _write_focus(round_: Round, facts: Facts) -> None:
    rows = {focus_key(row): row for row in round_.focus.all()}
    for order, key, record in _group(facts, "巡察重点"):
        row = rows.get(key) or FocusTopic(round=round_, kind=key[1], heading=key[2])
        _save(row, {"order": order, "items": list(record["items"])})


def _meant(rows: Mapping[str, Place], name: str, key: Key) -> Place:
    """The team or body of this name; without it a fact would lose where it belongs."""
    if name in rows:
        return rows[name]
    what = f"“{name}”" if name else "没有名称的巡察组"
    raise CannotLoad(
        f"公告里的“{spoken_name(key)}”属于{what}，但这一轮现在没有它，"
        "也看不出它改成了什么名称；请在后台改回原名或补上，再更新。什么也没有改。"
    )


def _team_of(
    row: ContactPoint | DropBox, teams: Mapping[str, Team], name: str | None, key: Key
) -> Team | None:
    """The team named; one whose name staff took away cannot be told from none, and stays."""
    if name:
        return _meant(teams, name, key)
    return row.team if row.team and not row.team.name else None


def _save(row: Any, values: Record) -> None:
    """Saves a row only where something differs."""
    if row.pk is not None and all(getattr(row, name) == values[name] for name in values):
        return
    for name, value in values.items():
        setattr(row, name, value)
    require_fit(row)
    row.save()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _dialled(kind: str, value: str) -> PhoneNumber | str:
    """The number as a phone can dial it; '' for a local one without its area code."""
    if not ContactKind(kind).facts.is_dialled:
        return ""
    try:
        number = PhoneNumber.from_string(value, region=settings.PHONENUMBER_DEFAULT_REGION)
    except NumberParseException:
        return ""
    return number if number.is_valid() else ""
