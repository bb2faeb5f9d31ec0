"""What stands in each column of the ledger. Every code as its word; dates by the round's clocks."""

from datetime import date, datetime

from intake.casework.ledger.code_words import word_of
from intake.casework.ledger.ledger_item import LedgerItem
from intake.choices import (
    Handling,
    Nature,
    NoteKind,
    Origin,
    Scope,
    Signature,
    Status,
    Topic,
    Way,
)
from intake.models.codes_field import codes_in
from intake.report.on_paper.materials import materials_in_words

WAITING = "待登记"
WITHHELD = "反映人要求移交时不附姓名和电话"
_YES, _NO = "是", "否"


def nothing(one: LedgerItem) -> None:
    """Where the row stands is counted outside."""


def number(one: LedgerItem) -> str:
    return one.item.display_number or WAITING


def round_name(one: LedgerItem) -> str:
    """'一届市委第一轮': the notice's title without what it is."""
    round_ = one.item.round
    return round_.title.removesuffix("公告").removesuffix(round_.word)


def desk(one: LedgerItem) -> str:
    return str(one.item.desk)


def way(one: LedgerItem) -> str:
    return word_of(Way, one.item.way)


def origin(one: LedgerItem) -> str:
    return word_of(Origin, one.item.origin)


def origin_detail(one: LedgerItem) -> str:
    noted = one.report.paper if one.report else None
    detail = one.words.origin_detail or (noted.origin_detail if noted else "")
    numbered = one.words.original_number or (noted.original_number if noted else "")
    return "，".join(filter(None, (detail, f"原编号 {numbered}" if numbered else "")))


def received_on(one: LedgerItem) -> date:
    return _local(one, one.item.received_at).date()


def postmarked_on(one: LedgerItem) -> date | None:
    return one.item.postmarked_on


def registered_at(one: LedgerItem) -> datetime | None:
    """Without its zone, which a table has none for."""
    at = one.item.registered_at
    return _local(one, at).replace(tzinfo=None) if at else None


def registered_by(one: LedgerItem) -> str:
    return str(one.item.registered_by or "")


def signature(one: LedgerItem) -> str:
    return word_of(Signature, one.item.signature)


def signers(one: LedgerItem) -> int | None:
    return one.item.signers or None


def reporter_names(one: LedgerItem) -> str:
    return "、".join(one.reporter.people)


def reporter_phones(one: LedgerItem) -> str:
    return "、".join(one.reporter.phones)


def reporter_addresses(one: LedgerItem) -> str:
    return "、".join(one.reporter.addresses)


def target(one: LedgerItem) -> str:
    return str(one.item.target or "")


def place(one: LedgerItem) -> str:
    return one.report.place if one.report else ""


def nature(one: LedgerItem) -> str:
    return word_of(Nature, one.item.nature)


def main_problem(one: LedgerItem) -> str:
    found = one.item.main_problem
    return (found.parent or found).name if found else ""


def main_problem_below(one: LedgerItem) -> str:
    found = one.item.main_problem
    return found.name if found and found.parent_id else ""


def other_problems(one: LedgerItem) -> str:
    return "、".join(one.other_problems)


def focus(one: LedgerItem) -> str:
    return str(one.item.focus or "")


def abstract(one: LedgerItem) -> str:
    """The clerk's words; the letter itself stands in no ledger."""
    return one.words.abstract


def materials(one: LedgerItem) -> str:
    item = one.item
    return materials_in_words(
        one.words.materials,
        files=item.attachment_count,
        is_web=item.way == Way.WEB,
        added=one.files_added,
    )


def scope(one: LedgerItem) -> str:
    return word_of(Scope, one.item.scope)


def is_late(one: LedgerItem) -> str:
    return _YES if one.item.is_late else _NO


def first_or_repeated(one: LedgerItem) -> str:
    return "重件" if one.is_repeat else "初件"


def linked_numbers(one: LedgerItem) -> str:
    return "、".join(filter(None, (one.repeats, *one.repeated_by)))


def is_important(one: LedgerItem) -> str:
    return _YES if one.item.is_important else _NO


def proposal(one: LedgerItem) -> str:
    return one.words.proposal


def approval(one: LedgerItem) -> str:
    item = one.item
    day = f"{_local(one, item.approved_at):%Y-%m-%d}" if item.approved_at else ""
    return "，".join(filter(None, (str(item.approved_by or ""), one.words.approval, day)))


def handled_as(one: LedgerItem) -> str:
    return word_of(Handling, one.item.handled_as)


def receiver(one: LedgerItem) -> str:
    return one.handed.receiver if one.handed else ""


def list_number(one: LedgerItem) -> str:
    return one.handed.number if one.handed else ""


def handed_over(one: LedgerItem) -> str:
    """'2025-04-16 移交，2025-04-18 李某签收'."""
    if one.handed is None or one.handed.sent_on is None:
        return ""
    told = [f"{one.handed.sent_on:%Y-%m-%d} 移交"]
    if one.handed.signed_on:
        told.append(f"{one.handed.signed_on:%Y-%m-%d} {one.handed.signer}签收")
    return "，".join(told)


def due(one: LedgerItem) -> date | str:
    return one.due


def result(one: LedgerItem) -> str:
    return one.words.result


def closed_on(one: LedgerItem) -> date | None:
    return _local(one, one.item.closed_at).date() if one.item.closed_at else None


def status(one: LedgerItem) -> str:
    return word_of(Status, one.item.status)


def archive_number(one: LedgerItem) -> str:
    """档号, once the item stands on a list that two members signed."""
    return one.file_number


def remarks(one: LedgerItem) -> str:
    """What the row must say of itself first, then what clerks remarked."""
    topics = "、".join(word_of(Topic, code) for code in codes_in(one.item.topics))
    withheld = WITHHELD if one.report and one.report.withhold_identity else ""
    said = (note.words for note in one.words.notes if note.kind == NoteKind.REMARK)
    told = (one.fault, f"专题：{topics}" if topics else "", withheld, *said)
    return "；".join(filter(None, told))


def _local(one: LedgerItem, at: datetime) -> datetime:
    return at.astimezone(one.item.round.zone)
