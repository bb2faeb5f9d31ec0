"""A reading of a notice as JSON to keep beside the rows, and back. Pure."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from inspection.body_kinds import BodyKind
from inspection.contact_kinds import ContactKind
from inspection.notice import (
    Contact,
    DropBoxEntry,
    Finding,
    Focus,
    Hours,
    Notice,
    Period,
    RoundEntry,
    Rules,
    Severity,
    SpecialCheck,
    StatedCount,
    TargetEntry,
    TeamEntry,
)
from inspection.out_of_scope import OutOfScope

Entry = TypeVar("Entry")
_TEXTS = ("out_of_scope_text", "feedback_text")


def stored_form(notice: Notice) -> dict[str, Any]:
    """The public form, with the sentences that it leaves out."""
    return {
        **notice.to_json(),
        "out_of_scope_text": notice.rules.out_of_scope_text,
        "feedback_text": notice.rules.feedback_text,
    }


def from_stored(stored: dict[str, Any]) -> Notice:
    """The notice that was stored; its whole text is kept elsewhere."""
    notice = notice_from({key: value for key, value in stored.items() if key not in _TEXTS})
    texts = {key: stored.get(key, "") for key in _TEXTS}
    return replace(notice, rules=replace(notice.rules, **texts))


def notice_from(data: dict[str, Any]) -> Notice:
    """The notice of which `data` is the public form; its own sentences are not in it."""
    entry = dict(data["round"])
    counts = tuple(map(StatedCount.from_json, entry.pop("counts_stated")))
    outside = data["rules"]["out_of_scope"]
    rules = {
        **data["rules"],
        "channels": tuple(data["rules"]["channels"]),
        "out_of_scope": OutOfScope(outside) if outside else None,
    }
    return Notice(
        round=RoundEntry(**entry | {"period": _period(entry["period"]), "counts_stated": counts}),
        teams=tuple(_team(team) for team in data["teams"]),
        contacts=tuple(_contact(contact) for contact in data["contacts"]),
        drop_boxes=_all(DropBoxEntry, data["drop_boxes"]),
        focus=tuple(
            Focus(BodyKind(topic["kind"]), topic["heading"], tuple(topic["items"]))
            for topic in data["focus"]
        ),
        special_checks=_all(SpecialCheck, data["special_checks"]),
        rules=Rules(**rules),
        findings=tuple(
            Finding(**finding | {"severity": Severity(finding["severity"])})
            for finding in data["findings"]
        ),
    )


def _all(kind: Callable[..., Entry], rows: list[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(kind(**row) for row in rows)


def _contact(data: dict[str, Any]) -> Contact:
    facts = {"kind": ContactKind(data["kind"]), "hours": Hours.from_json(data["hours"])}
    return Contact(**data | facts)


def _period(data: dict[str, Any] | None) -> Period | None:
    if data is None:
        return None
    starts, ends = (tuple(data[end]) if data[end] else None for end in ("starts", "ends"))
    return Period(data["text"], starts, ends)


def _team(data: dict[str, Any]) -> TeamEntry:
    targets = tuple(
        TargetEntry(
            **target
            | {"kind": BodyKind(target["kind"]), "short_names": tuple(target["short_names"])}
        )
        for target in data["targets"]
    )
    return TeamEntry(**data | {"period": _period(data["period"]), "targets": targets})
