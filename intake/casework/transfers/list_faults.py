"""What is still wrong with a deed on a list: a sentence for each field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.transfers.held_lists import TAKEN_UP_IN, opened_matter, rules_against
from intake.casework.transfers.list_table import Asked, ListDeed, Step
from intake.choices import Status
from intake.models import TransferEntry, TransferList
from intake.report.transfer_words import LONGEST_ABSTRACT
from intake.staff.keyring import Keyring

A = Asked
BACK_TO = (Status.TO_TRANSFER, Status.TO_ASSESS)
# Before each of these the items are looked at again: what was true may have changed meanwhile.
_LOOKED_AT_AGAIN = (Step.PROPOSE, Step.APPROVE, Step.SEND)
_NUMBER = 40
# Before which other day of the list a day cannot be.
_NOT_BEFORE = {
    A.SIGNED_ON: "sent_on",
    A.OBJECTION_ON: "sent_on",
    A.RETURNED_ON: "objection_on",
    A.FEEDBACK_ON: "signed_on",
    A.REMINDED_ON: "sent_on",
}
_EMPTY = {
    A.NUMBER: "请填文号。",
    A.SIGNER: "请填签收人。",
    A.REASON: "请写理由。",
    A.RESULT: "请写反馈的结果。",
    A.BACK_TO: "请选退回以后怎么办。",
    A.ENTRIES: "请选是哪几件。",
}


class NotFilled(Exception):
    """Something must be put right first: a sentence for each field; nothing was done."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__("、".join(sentences))
        self.sentences = dict(sentences)


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What a member filled in for a deed. The words are sealed into the list."""

    document_number: str = ""
    sent_on: date | None = None
    signed_on: date | None = None
    signer: str = ""
    objection_on: date | None = None
    entries: tuple[int, ...] = ()
    returned_on: date | None = None
    back_to: str = ""
    feedback_on: date | None = None
    reminded_on: date | None = None
    reason: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """What a deed is held against: the list, what stands on it, and today in its zone.

    The keyring opens the case files and reports, in which the accused bodies stand.
    """

    row: TransferList
    entries: list[TransferEntry]
    at: datetime
    book: RuleBook
    keyring: Keyring

    @property
    def today(self) -> date:
        return self.at.astimezone(self.row.round.zone).date()


def faults_of(deed: ListDeed, given: Given, facts: Facts) -> dict[str, str]:
    """Nothing when the deed can be done."""
    found: dict[str, str] = {}
    for asked in asks_of(deed, facts.row):
        value = getattr(given, asked.value)
        if asked is A.ENTRIES and deed.step == Step.ANSWER and not value:
            # An answer that names none is about all that are still open.
            continue
        fault = _day_fault if asked.value.endswith("_on") else _word_fault
        if sentence := fault(asked, value, facts):
            found[asked.value] = sentence
    if deed.step in _LOOKED_AT_AGAIN:
        lines = [*unready(facts.row, facts.entries), *_not_for_the_receiver(facts)]
        if lines:
            found[A.ENTRIES.value] = "".join(lines)
    return found


def asks_of(deed: ListDeed, row: TransferList) -> Iterator[Asked]:
    """Items of a notice to set something right stay where they are."""
    for asked in deed.asks:
        if not (row.is_fix and asked is A.BACK_TO):
            yield asked


def unready(row: TransferList, entries: Iterable[TransferEntry]) -> Iterator[str]:
    """Why a list cannot be approved or sent as it is: a sentence for each item not ready."""
    entries = list(entries)
    if not entries:
        yield "清单里还没有信访件。"
    yield from _elsewhere(row, entries)
    for entry in entries:
        if not entry.is_written:
            yield f"{entry.submission}还没有写摘要。"
        elif entry.item_version != entry.submission.version:
            yield f"{entry.submission}写摘要以后有改动，请再看一遍，把摘要重新保存。"


def _elsewhere(row: TransferList, entries: Iterable[TransferEntry]) -> Iterator[str]:
    wanted = TAKEN_UP_IN[row.kind]
    for entry in entries:
        item = entry.submission
        if item.status != wanted:
            yield f"{item}现在是“{item.get_status_display()}”，不能随清单送出。"


def _not_for_the_receiver(facts: Facts) -> Iterator[str]:
    row = facts.row
    for entry in facts.entries:
        matter = opened_matter(entry.submission, facts.keyring)
        reasons = rules_against(entry.submission, matter, row.receiver, row.kind)
        if reasons:
            yield f"{entry.submission}：{''.join(reasons)}"


def _day_fault(asked: Asked, day: date | None, facts: Facts) -> str:
    if day is None:
        return "请填日期。"
    if day > facts.today:
        return "这一天还没有到。"
    words, earlier = _earlier(asked, facts.row)
    if earlier is not None and day < earlier:
        return f"不能早于{words}（{earlier:%Y-%m-%d}）。"
    if asked is A.REMINDED_ON and facts.row.reminders.filter(reminded_on=day).exists():
        return "这一天已经记过督办。"
    return ""


def _earlier(asked: Asked, row: TransferList) -> tuple[str, date | None]:
    """The day before which another cannot be, with its word."""
    if asked is A.SENT_ON:
        zone = row.round.zone
        return "批准的日子", row.approved_at.astimezone(zone).date() if row.approved_at else None
    name = _NOT_BEFORE[asked]
    return str(row._meta.get_field(name).verbose_name), getattr(row, name)  # type: ignore[union-attr]


def _word_fault(asked: Asked, value: object, facts: Facts) -> str:
    if not value or (isinstance(value, str) and not value.strip()):
        return _EMPTY[asked]
    row = facts.row
    if asked is A.NUMBER:
        number = str(value).strip()
        others = TransferList.objects.filter(desk=row.desk_id, document_number=number)
        if len(number) > _NUMBER:
            return f"文号最多 {_NUMBER} 个字。"
        return "本席已经用过这个文号。" if others.exclude(pk=row.pk).exists() else ""
    if asked is A.BACK_TO and value not in BACK_TO:
        return _EMPTY[asked]
    if asked is A.ENTRIES:
        there = {entry.pk for entry in facts.entries if entry.is_open}
        return "" if isinstance(value, tuple) and set(value) <= there else _EMPTY[asked]
    return f"最多写 {LONGEST_ABSTRACT} 个字。" if len(str(value)) > LONGEST_ABSTRACT else ""
