"""Reads and opens the ledger's items, some at a time: so many queries for each lot, whatever it is.

Nothing is kept but names: of desks, bodies, problems, people and of who signed for lists.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from inspection.models import FocusTopic, Round, Target
from intake.casework.deadlines.days_left import handling_due
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.ledger.beside_items import Beside
from intake.casework.ledger.ledger_item import LedgerItem
from intake.casework.together.item_facts import open_report
from intake.models import CaseFile, Desk, Problem, StaffUser, Submission
from intake.models.codes_field import codes_in
from intake.report.case_words import CaseWords, Reporter
from intake.report.documents import UnreadableReport
from intake.report.on_paper.known_reporter import KnownReporter
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import Keyring, NoDeskAccess

# Of the longest reports so many are a few megabytes.
AT_ONCE = 100
DAMAGED = "封存的内容打不开，可能已经损坏，请告诉系统管理员"
NO_KEY = "没有这个受理席的钥匙，封存的内容打不开"


class LedgerReader:
    """For one member and one edition; without the reporter their data are not even opened."""

    def __init__(
        self, keyring: Keyring, *, by: StaffUser, at: datetime, with_reporter: bool
    ) -> None:
        self._keyring, self._by, self._at = keyring, by, at
        self._with_reporter = with_reporter
        self._due = DueLists.read()
        self._beside = Beside(keyring, by)
        self._named = {name: _Named(rows) for name, rows in _named_rows().items()}
        problems = Problem.objects.select_related("parent")
        self._problems = {str(one.code): str(one) for one in problems}

    def read(self, keys: Sequence[UUID]) -> Iterator[LedgerItem | None]:
        """In the order of the keys; None for what is not the member's any more."""
        visible = Submission.objects.visible_to(self._by).order_by()
        found = {item.pk: item for item in visible.filter(pk__in=keys)}
        items = list(found.values())
        for name, rows in self._named.items():
            rows.put_into(items, name)
        cases = self._cases_of(items)
        beside = self._beside.of(items)
        for key in keys:
            item = found.pop(key, None)
            if item is None:
                yield None
                continue
            one = beside(item)
            yield self._opened(replace(one, **self._told(item)), cases.get(key))

    def _told(self, item: Submission) -> dict[str, Any]:
        others = tuple(self._problems.get(code, code) for code in codes_in(item.other_problems))
        return {"due": handling_due(item, self._due), "other_problems": others}

    def _cases_of(self, items: Iterable[Submission]) -> dict[UUID, CaseFile]:
        """Those of the items' own desks; what a helper wrote is the helper's."""
        desks = {item.pk: item.desk_id for item in items}
        rows = CaseFile.objects.filter(submission__in=desks).order_by()
        if not self._with_reporter:
            rows = rows.defer("sealed_reporter")
        return {row.submission_id: row for row in rows if row.desk_id == desks[row.submission_id]}

    def _opened(self, one: LedgerItem, case: CaseFile | None) -> LedgerItem:
        """What does not open is said in its row; the rest of the row is there."""
        try:
            secret = self._keyring.desk_secret(one.item.desk)
            report, words, told = open_report(one.item, secret), CaseWords(), Reporter()
            if case is not None:
                words = CaseWords.from_bytes(open_sealed(bytes(case.sealed), secret))
            if case is not None and self._with_reporter:
                told = Reporter.from_bytes(open_sealed(bytes(case.sealed_reporter), secret))
        except NoDeskAccess:
            return replace(one, fault=NO_KEY)
        except (CannotOpen, UnreadableReport):
            return replace(one, fault=DAMAGED)
        known = KnownReporter.of(report, told) if self._with_reporter else KnownReporter()
        return replace(one, report=report, words=words, reporter=known)


class _Named:
    """Rows of a small table, each read once, and put where an item refers to it."""

    def __init__(self, rows: "QuerySet[Any]") -> None:
        self._rows = rows
        self._known: dict[Any, Any] = {}

    def put_into(self, items: Iterable[Submission], name: str) -> None:
        keys = {item.pk: getattr(item, f"{name}_id") for item in items}
        if missing := set(keys.values()) - self._known.keys() - {None}:
            self._known |= self._rows.in_bulk(list(missing))
        for item in items:
            if keys[item.pk] is not None:
                setattr(item, name, self._known[keys[item.pk]])


def _named_rows() -> dict[str, "QuerySet[Any]"]:
    people = StaffUser.objects.all()
    return {
        "round": Round.objects.defer("source_text"),
        "desk": Desk.objects.select_related("team"),
        "target": Target.objects.all(),
        "main_problem": Problem.objects.select_related("parent"),
        "focus": FocusTopic.objects.all(),
        "registered_by": people,
        "approved_by": people,
    }
