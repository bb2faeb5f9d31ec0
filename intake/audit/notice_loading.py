"""Loading a notice with its event: what stood in it, what changed, and what a person settled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from inspection.loading import Outcome, find_round, load
from inspection.models import Round
from inspection.notice import Notice
from intake import audit
from intake.choices import Action
from intake.models import StaffUser

_DEEDS = {"loaded": "载入", "updated": "按公告更新", "unchanged": "由人确定"}


def load_and_record(
    notice: Notice,
    *,
    corrected: Notice | None = None,
    settled: Mapping[str, str],
    update: bool = False,
    hidden: bool = False,
    by: StaffUser | None = None,
    at: datetime,
) -> Outcome:
    """As `inspection.loading.load`; whatever it stored is an event of the same transaction.

    `by` is the member who loads it on a page; a command says of nobody who gave it.
    """
    with transaction.atomic():
        known = find_round(notice)
        settled_before = dict(known.settled) if known else {}
        outcome = load(notice, corrected=corrected, settled=settled, update=update, hidden=hidden)
        settled_now = _settled(outcome.round)
        if outcome.status in ("loaded", "updated") or settled_now != settled_before:
            _record(outcome, settled_now, by=by, at=at)
    return outcome


def _settled(round_: Round) -> dict[str, str]:
    """As it is stored, whatever the load did with its own copy of the row."""
    stored = Round.objects.values_list("settled", flat=True).get(pk=round_.pk)
    return dict(stored)


def _record(
    outcome: Outcome, settled: Mapping[str, str], *, by: StaffUser | None, at: datetime
) -> None:
    round_ = outcome.round
    detail: dict[str, Any] = {
        "做法": _DEEDS[outcome.status],
        "轮次": str(round_),
        "notice_digest": round_.source_sha256,
    }
    if outcome.changes:
        detail["变动"] = "；".join(outcome.changes)
    by_person = [f"{name}={value}" for name, value in sorted(settled.items())]
    if outcome.status == "loaded":
        by_person += outcome.corrections
    if by_person:
        detail["由人确定"] = "；".join(by_person)
    audit.record(Action.LOAD_NOTICE, by=by, at=at, obj=round_, **detail)
