"""甄别: what an item is, as clerks judge it and statistics count it. Codes only. Audited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from inspection.models import FocusTopic
from intake import audit
from intake.access import Deed
from intake.casework.deadlines import clock_facts, pausing
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.moving.allowing import CannotMove, MayNotMove
from intake.casework.versions import hold
from intake.choices import Action, Status
from intake.models import Problem, StaffUser, Submission
from intake.models.codes_field import as_codes, codes_in

# What is done with is not judged any more; taking a step back comes first.
SETTLED = (Status.ARCHIVED, Status.NOT_ARCHIVED, Status.VOIDED)


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that is judged; `other_problems` without the main one."""

    scope: str
    nature: str = ""
    main_problem: Problem | None = None
    other_problems: tuple[str, ...] = ()
    focus: FocusTopic | None = None
    topics: tuple[str, ...] = ()
    signature: str = ""
    rank: str = ""
    is_important: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One field with what it was and what it is; '' for nothing."""

    name: str
    before: str
    after: str


def judge(
    item_id: UUID, judged: Judged, *, version: int | None, by: StaffUser, at: datetime
) -> list[Change]:
    """Stores what was judged; gives what changed, and leaves no event where nothing did.

    Raises ChangedMeanwhile, MayNotMove, CannotMove, and Submission.DoesNotExist.
    """
    with transaction.atomic():
        item = hold(item_id, by, version, at=at)
        if not by.may(Deed.JUDGE):
            raise MayNotMove(_("这一步不归您办。"))
        if item.status in SETTLED:
            raise CannotMove(_("这一件已经“%s”，不能再改甄别。") % item.get_status_display())
        before = facts_of(item)
        put_in(item, judged)
        changes = list(_changes(before, facts_of(item)))
        if changes:
            _store(item, changes, by=by, at=at)
    return changes


def facts_of(item: Submission) -> dict[str, str]:
    """What is judged as the audit says it: codes, and names of rows that everybody may read."""
    names = dict(Problem.objects.values_list("code", "name"))
    others = [names.get(code, code) for code in codes_in(item.other_problems)]
    return {
        "scope": item.scope,
        "nature": item.nature,
        "main_problem": str(item.main_problem or ""),
        "other_problems": "、".join(others),
        "focus": str(item.focus or ""),
        "topics": ",".join(codes_in(item.topics)),
        "signature": item.signature,
        "rank": item.rank,
        "is_important": "yes" if item.is_important else "no",
    }


def put_in(item: Submission, judged: Judged) -> None:
    """Into the row in memory; nothing is saved."""
    main = judged.main_problem.code if judged.main_problem else ""
    item.scope, item.nature, item.main_problem = judged.scope, judged.nature, judged.main_problem
    item.other_problems = as_codes(code for code in judged.other_problems if code != main)
    item.focus, item.topics = judged.focus, as_codes(judged.topics)
    item.signature = judged.signature or item.signature
    item.rank, item.is_important = judged.rank, judged.is_important


def _changes(before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for name, old in before.items():
        if old != after[name]:
            yield Change(name, old, after[name])


def _store(item: Submission, changes: list[Change], *, by: StaffUser, at: datetime) -> None:
    """The nature decides which clock runs."""
    steps = clock_facts.steps_so_far([item])[str(item.pk)]
    clock_facts.set_clock(item, steps, RuleBook.read())
    said: dict[str, Any] = {f"from_{one.name}": one.before for one in changes if one.before}
    said |= {one.name: one.after for one in changes if one.after}
    audit.record(Action.JUDGE, by=by, at=at, obj=item, desk=item.desk, changed=[item], **said)
    fields = [one.name for one in changes]
    item.save(update_fields=[*fields, "version", *clock_facts.FIELDS])
    pausing.end_those_over(item, by=by, at=at)
