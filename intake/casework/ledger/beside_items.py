"""What stands beside items in the ledger: repeats, and the lists on which they went away."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Count, Q

from intake.casework.ledger.ledger_item import Handed, LedgerItem
from intake.casework.transfers import list_moves
from intake.choices import ListKind
from intake.models import (
    AppraisalEntry,
    Attachment,
    RepeatLink,
    StaffUser,
    Submission,
    TransferEntry,
    TransferList,
)
from intake.models.work.transfer_list import DECIDED
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, NoDeskAccess

_NAMED = ("round", "number", "number_series")


class Beside:
    """For one member: of what is not theirs nothing is said, not even its number."""

    def __init__(self, keyring: Keyring, by: StaffUser) -> None:
        self._keyring, self._by = keyring, by
        self._signers: dict[UUID, str] = {}

    def of(self, items: Iterable[Submission]) -> Callable[[Submission], LedgerItem]:
        """Five or six queries for all of them; then a row for each."""
        keys = [item.pk for item in items]
        links = RepeatLink.objects.live().filter(Q(lead__in=keys) | Q(repeat__in=keys))
        pairs = list(links.order_by("made_at", "pk").values_list("lead", "repeat"))
        numbers = self._numbers_of({key for pair in pairs for key in pair})
        leads, repeats = (
            {repeat: lead for lead, repeat in pairs},
            defaultdict[UUID, list[str]](list),
        )
        for lead, repeat in pairs:
            repeats[lead].append(numbers.get(repeat, ""))
        handed, filed, added = self._handed(keys), _file_numbers(keys), _files_added(keys)

        def row(item: Submission) -> LedgerItem:
            lead = leads.get(item.pk)
            return LedgerItem(
                item,
                is_repeat=lead is not None,
                repeats=numbers.get(lead, "") if lead else "",
                repeated_by=tuple(filter(None, repeats.get(item.pk, ()))),
                handed=handed.get(item.pk),
                files_added=added.get(item.pk, 0),
                file_number=filed.get(item.pk, ""),
            )

        return row

    def _numbers_of(self, keys: set[UUID]) -> dict[UUID, str]:
        if not keys:
            return {}
        seen = Submission.objects.visible_to(self._by).filter(pk__in=keys).order_by()
        named = seen.select_related("round").only(*_NAMED, "round__ordinal")
        return {item.pk: item.display_number for item in named}

    def _handed(self, keys: Iterable[UUID]) -> dict[UUID, Handed]:
        """By the last list on which each went that was approved.

        A notice to set right is none: the item stays, and the inspected body receives nothing.
        """
        rows = TransferEntry.objects.on_the_list().filter(
            submission__in=keys, list__state__in=DECIDED, list__kind=ListKind.TRANSFER
        )
        told = ("receiver__name", "document_number", "sent_on", "signed_on")
        names = ("submission", "list", *(f"list__{name}" for name in told))
        found = list(rows.order_by("pk").values_list(*names))
        self._read_signers({row[1] for row in found if row[-1]})
        return {
            key: Handed(receiver, number, sent, signed, self._signers.get(list_id, ""))
            for key, list_id, receiver, number, sent, signed in found
        }

    def _read_signers(self, lists: set[UUID]) -> None:
        """Who signed stands sealed to the desk that made the list."""
        missing = lists - self._signers.keys()
        if not missing:
            return
        self._signers |= dict.fromkeys(missing, "")
        rows = TransferList.objects.visible_to(self._by).filter(pk__in=missing)
        for row in rows.select_related("desk__team"):
            try:
                self._signers[row.pk] = list_moves.words_of(row, self._keyring).signer
            except (NoDeskAccess, CannotOpen, UnreadableReport):
                continue


def _files_added(keys: Iterable[UUID]) -> dict[UUID, int]:
    """How many came with supplements."""
    rows = Attachment.objects.filter(submission__in=keys, supplement__isnull=False).order_by()
    return dict(rows.values_list("submission").annotate(number=Count("pk")))


def _file_numbers(keys: Iterable[UUID]) -> dict[UUID, str]:
    """档号 of what was archived by a list."""
    rows = AppraisalEntry.objects.filter(submission__in=keys, is_live=True, piece__isnull=False)
    return {entry.submission_id: entry.file_number for entry in rows.defer("sealed")}
