"""A list as it is now, held until the commit; what stands on it, and whom it may reach."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from inspection.out_of_scope import OutOfScope
from intake import audit
from intake.access import Deed
from intake.casework import case_files
from intake.casework.together.item_reader import Reader
from intake.casework.transfers.list_table import Position
from intake.casework.transfers.receiving import Body, Matter, Taker, refusals
from intake.choices import DeskKind, ListKind, Nature, Status
from intake.models import Receiver, StaffUser, Submission, TransferEntry, TransferList
from intake.models.work.transfer_rows import TransferEntryQuerySet
from intake.report.case_words import CaseWords
from intake.report.draft import Report
from intake.staff.keyring import Keyring

# Where an item stands while a list of a kind takes it up.
TAKEN_UP_IN: dict[str, Status] = {
    ListKind.TRANSFER: Status.TO_TRANSFER,
    ListKind.FIX: Status.FIXING,
}


class ListChangedMeanwhile(Exception):
    """Somebody else saved the list first; nothing was saved now."""

    def __init__(self) -> None:
        super().__init__(_("您打开这份清单以后，别人已经改过它。"))


def hold_list(list_id: UUID, by: StaffUser, version: int | None, *, at: datetime) -> TransferList:
    """The list locked until the commit, with the version that it will have then.

    Raises ListChangedMeanwhile, and TransferList.DoesNotExist at a desk of somebody else.
    """
    # The audit's own lock comes first, because its holder may go on to lock this very row.
    audit.checkpoint(at=at)
    mine = TransferList.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    found = mine.select_related("desk__team", "round", "receiver__target").get(pk=list_id)
    if version is not None and found.version != version:
        raise ListChangedMeanwhile
    found.version += 1
    return found


def position_of(row: TransferList, by: StaffUser) -> Position:
    """What decides which deeds a member has on the list: none where it holds more than they see."""
    deeds = frozenset(deed for deed in Deed if by.may(deed))
    return Position(
        kind=row.kind,
        state=row.state,
        is_at_the_heads_desk=row.desk.kind == DeskKind.HEAD,
        is_proposer=row.proposed_by_id is not None and row.proposed_by_id == by.pk,
        deeds=deeds if sees_all(row.entries.on_the_list(), by) else frozenset(),
    )


def entries_of(row: TransferList, by: StaffUser) -> list[TransferEntry]:
    """What this member sees on the list, without what was taken out or came back."""
    found = row.entries.on_the_list().visible_to(by)
    found = found.select_related("submission__round", "submission__desk")
    return list(found.defer("submission__sealed"))


def sees_all(entries: TransferEntryQuerySet, by: StaffUser) -> bool:
    """Whether the item of every one of the entries is there for this member."""
    return entries.visible_to(by).count() == entries.count()


def why_not_there(item: Submission, matter: Matter, receiver: Receiver, kind: str) -> list[str]:
    """Each reason, in words, why this item cannot go to this receiver now."""
    found = rules_against(item, matter, receiver, kind)
    wanted = TAKEN_UP_IN[kind]
    if item.status != wanted:
        now = item.get_status_display()
        found.insert(0, f"它现在是“{now}”，要在“{wanted.label}”才能放进去。")
    return found


def rules_against(item: Submission, matter: Matter, receiver: Receiver, kind: str) -> list[str]:
    """The same, wherever the item stands: only whether the rules let it go to this receiver."""
    return list(
        refusals(
            matter,
            taker_of(receiver),
            ListKind(kind),
            notice_names_body=item.round.out_of_scope == OutOfScope.BODY,
        )
    )


def opened_matter(item: Submission, keyring: Keyring) -> Matter:
    """The item as the rules see it; its report is opened only where the rules ask for it."""
    words = case_files.open(item, keyring).words
    report = Reader(item, keyring).report if item.nature == Nature.ACCUSATION else None
    return matter_of(item, words, report)


def matter_of(item: Submission, words: CaseWords, report: Report | None) -> Matter:
    """The accused bodies are those of its case file; the report's own words may name another."""
    bodies = tuple(one.body for one in words.accused if one.body)
    told = (report.subject, report.place) if report else ("", "")
    return Matter(item.nature, item.scope, item.target_id, bodies, *told)


def taker_of(receiver: Receiver) -> Taker:
    """The receiver as the rules see it, with all that it and those above it are called."""
    line = tuple(_body_of(one) for one in receiver.and_those_above())
    return Taker(receiver.kind, receiver.natures, line, receiver.is_active)


def _body_of(receiver: Receiver) -> Body:
    names: Iterable[str] = (receiver.name,)
    if receiver.target is not None:
        names = (receiver.name, receiver.target.name, *receiver.target.short_names)
    return Body(receiver.target_id, tuple(names))
