"""Earlier items that may be the same matter of the same person; a person decides. Audited.

First what the digests find, which opens nothing; then the words of a bounded number of earlier
items, opened in memory. Nothing of it is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from inspection.models import Round
from intake import audit
from intake.casework.repeats import Agreement, ItemFacts, Trait, agreement, most_alike
from intake.casework.repeats.likeness import MOST_CANDIDATES, MOST_SHOWN
from intake.casework.together.item_facts import facts_of, open_report
from intake.casework.together.keeping_digests import matches
from intake.choices import Action, Status
from intake.models import Desk, RepeatLink, StaffUser, Submission
from intake.models.submission import SubmissionQuerySet
from intake.report.documents import UnreadableReport
from intake.report.draft import Report
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, NoDeskAccess

_CHUNK = 50


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """An earlier item, opened; `lead` is what would be linked to: itself, or what it repeats."""

    item: Submission
    lead: Submission
    words: str
    agreement: Agreement


@dataclass(frozen=True, slots=True, repr=False)
class Compared:
    """What was found and how much was looked at: `earlier` items, of which `opened`."""

    words: str
    candidates: tuple[Candidate, ...]
    earlier: int
    opened: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An earlier item with the same digests; nothing of it was opened."""

    item: Submission
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True, repr=False)
class _Desks:
    """The desks of a round that a member may compare at, with their secrets in memory."""

    secrets: dict[int, str]
    rows: dict[int, Desk]

    def pairs(self) -> list[tuple[Desk, str]]:
        return [(self.rows[pk], secret) for pk, secret in self.secrets.items()]


def compare(item: Submission, keyring: Keyring, *, by: StaffUser, at: datetime) -> Compared:
    """Compares an item with the earlier ones of its desk; the office with those of the round.

    Raises NoDeskAccess, CannotOpen or UnreadableReport when the item itself does not open.
    """
    secret = keyring.desk_secret(item.desk)
    own = facts_of(item, open_report(item, secret), secret)
    desks = _desks_of(item.round_id, keyring, by)
    earlier = _earlier(by, desks).filter(round=item.round_id, received_at__lte=item.received_at)
    earlier = earlier.exclude(pk=item.pk)
    known = matches(own, desks.pairs())
    keys = _likeliest(earlier, known)
    reports = dict(_opened(keys, desks.secrets))
    alike = most_alike(own.words, ((key, one.narrative) for key, one in reports.items()))
    by_digest = [key for key in keys if known.get(key, set()) - {Trait.BODY}][:MOST_SHOWN]
    shown = list(dict.fromkeys([*(key for key, _share in alike), *by_digest]))
    candidates = _candidates(own, [key for key in shown if key in reports], reports, desks.secrets)
    with transaction.atomic():
        audit.record(
            Action.COMPARE_REPEATS,
            by=by,
            at=at,
            obj=item,
            desk=item.desk,
            opened=len(reports),
            alike=len(candidates),
        )
    return Compared(own.words, tuple(candidates), earlier.count(), len(reports))


def look_up(
    facts: ItemFacts, round_: Round, keyring: Keyring, *, by: StaffUser, at: datetime
) -> list[Hit]:
    """While a clerk registers: earlier items of the same person, or of words, by digests alone."""
    desks = _desks_of(round_.pk, keyring, by)
    hits = _hits(facts, _earlier(by, desks).filter(round=round_), desks)
    with transaction.atomic():
        audit.record(Action.LOOK_FOR_REPEATS, by=by, at=at, obj=round_, alike=len(hits))
    return hits


def look_beside(
    item: Submission, facts: ItemFacts, keyring: Keyring, *, by: StaffUser
) -> list[Hit]:
    """Beside an item that was opened just now: the same, of what came in before it.

    The member has asked for nothing that the records do not say: that the item was opened.
    """
    desks = _desks_of(item.round_id, keyring, by)
    earlier = _earlier(by, desks).filter(round=item.round_id, received_at__lte=item.received_at)
    return _hits(facts, earlier.exclude(pk=item.pk), desks)


def _hits(facts: ItemFacts, earlier: SubmissionQuerySet, desks: _Desks) -> list[Hit]:
    """The newest of them; the body alone tells nothing, and has the digests of very many items."""
    found = matches(replace(facts, bodies=()), desks.pairs())
    rows = earlier.filter(pk__in=list(found)).defer("sealed").order_by("-received_at", "-pk")
    items = rows.select_related("round", "target", "drop_box")[:MOST_SHOWN]
    return [Hit(item, tuple(one for one in Trait if one in found[item.pk])) for item in items]


def _desks_of(round_id: int, keyring: Keyring, by: StaffUser) -> _Desks:
    rows = {desk.pk: desk for desk in Desk.objects.visible_to(by).filter(round=round_id)}
    secrets = {}
    for desk in rows.values():
        try:
            secrets[desk.pk] = keyring.desk_secret(desk)
        except NoDeskAccess:
            continue
    return _Desks(secrets, rows)


def _earlier(by: StaffUser, desks: _Desks) -> SubmissionQuerySet:
    """Registered items at these desks; what waits for its number is compared when it has one."""
    mine = Submission.objects.visible_to(by).filter(desk__in=list(desks.secrets))
    return mine.exclude(status__in=(Status.UNREGISTERED, Status.VOIDED))


def _likeliest(earlier: SubmissionQuerySet, known: dict[object, set[Trait]]) -> list[UUID]:
    """The keys of the items to open: with the same digests first, then the newest."""
    newest = earlier.order_by("-received_at", "-pk").values_list("pk", flat=True)
    same = earlier.filter(pk__in=list(known)).values_list("pk", flat=True)
    by_digest = sorted(same, key=lambda pk: (known[pk] <= {Trait.BODY}, -len(known[pk])))
    return list(dict.fromkeys([*by_digest, *newest[:MOST_CANDIDATES]]))[:MOST_CANDIDATES]


def _opened(keys: list[UUID], secrets: dict[int, str]) -> Iterator[tuple[UUID, Report]]:
    """What opens; a damaged item says so on its own page."""
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        rows = {
            row.pk: row for row in Submission.objects.only("desk", "sealed").filter(pk__in=some)
        }
        for row in (rows[key] for key in some if key in rows):
            try:
                yield row.pk, open_report(row, secrets[row.desk_id])
            except (CannotOpen, UnreadableReport):
                continue


def _candidates(
    own: ItemFacts,
    keys: Iterable[UUID],
    reports: dict[UUID, Report],
    secrets: dict[int, str],
) -> list[Candidate]:
    rows = Submission.objects.filter(pk__in=list(keys)).defer("sealed")
    items = rows.select_related("round", "desk__team", "target", "drop_box")
    leads = {
        link.repeat_id: link.lead
        for link in RepeatLink.objects.live().filter(repeat__in=items).select_related("lead__round")
    }
    found = [
        Candidate(item, leads.get(item.pk, item), reports[item.pk].narrative, agrees)
        for item in items.prefetch_related("case_files")
        if (agrees := _agreement(own, item, reports[item.pk], secrets)) and agrees.is_worth_a_look
    ]
    return sorted(found, key=_rank, reverse=True)[:MOST_SHOWN]


def _agreement(
    own: ItemFacts, item: Submission, report: Report, secrets: dict[int, str]
) -> Agreement | None:
    """None where the case file is damaged, which the item's own page says."""
    try:
        return agreement(own, facts_of(item, report, secrets[item.desk_id]))
    except (CannotOpen, UnreadableReport):
        return None


def _rank(one: Candidate) -> tuple[Any, ...]:
    found = one.agreement
    return (
        found.looks_like_repeat,
        found.is_same_matter,
        len(found.traits),
        found.share_of_shorter,
        one.item.received_at,
    )
