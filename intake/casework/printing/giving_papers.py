"""Makes a paper out of what a member may open, and records it before the bytes leave. Audited.

Nothing is written to a disk: the document is made in memory, from values that were opened there.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from docx.document import Document

from inspection.models import Round
from intake import audit
from intake.access import Deed
from intake.casework import case_files, opening, reporters
from intake.casework.boxes import box_discrepancies
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.printing import list_values
from intake.casework.printing.item_values import item_on_paper
from intake.casework.printing.pages_known import pages_known
from intake.casework.printing.paper_table import PaperKind, notice_of
from intake.casework.transfers.held_lists import entries_of
from intake.casework.transfers.reading_lists import open_list
from intake.choices import Action, PaperCode, ReporterPurpose
from intake.models import BoxOpening, Desk, StaffUser, Submission, TransferList
from intake.papers.item_on_paper import ItemOnPaper
from intake.papers.letters import registers
from intake.papers.letters.call_record import call_record
from intake.papers.letters.fix_notice import fix_notice
from intake.papers.letters.opening_record import opening_record
from intake.papers.letters.registration_form import registration
from intake.papers.letters.sheet_of_items import acknowledgement, transfer_list
from intake.papers.letters.transfer_letter import transfer_letter
from intake.papers.letters.visit_record import visit_record
from intake.papers.letters.whole_set import whole_set
from intake.papers.marked_paper import Paper, finish, new_number
from intake.staff.keyring import Keyring

ALL_ROWS = slice(None)
_OF_ITEM: dict[PaperCode, Callable[[ItemOnPaper], Document]] = {
    PaperCode.REGISTRATION: registration,
    PaperCode.CALL: call_record,
    PaperCode.VISIT: visit_record,
    PaperCode.SET: whole_set,
    PaperCode.LOAN: lambda item: registers.loans(
        item.round_title, item.number, item.materials_noted
    ),
}


class CannotPrint(ValueError):
    """A sentence that says why there is no such paper yet."""


def paper_of_item(
    kind: PaperKind,
    item: Submission,
    keyring: Keyring,
    *,
    purpose: ReporterPurpose | None,
    by: StaffUser,
    at: datetime,
) -> Paper:
    """The reporter stands on it only for a `purpose`, which is recorded as when it is shown.

    Raises CannotPrint, and PermissionDenied for who may not open items.
    """
    _may(by, Deed.OPEN)
    _refuse(kind, item)
    with transaction.atomic():
        row = notice_of(item) if kind.code == PaperCode.FIX_NOTICE else None
        if row is not None:
            opened_list = open_list(row, keyring, by=by, at=at)
            notice = list_values.notice_of_list(row, opened_list, RuleBook.read())
            return given(kind, fix_notice(notice), item, item.desk, by=by, at=at)
        if purpose is not None:
            _may(by, Deed.SEE_REPORTER)
            reporters.note_shown(item, item.desk, purpose=purpose, by=by, at=at)
        opened = opening.open(item, keyring, by=by, at=at, passes_on=False)
        case = case_files.open(item, keyring)
        names = purpose is not None
        pages = pages_known(item, keyring.desk_secret(item.desk))
        values = item_on_paper(item, opened, case, with_reporter=names, pages=pages, by=by, at=at)
        document = document_of(kind, values)
        return given(kind, document, item, item.desk, names=names, by=by, at=at)


def document_of(kind: PaperKind, values: ItemOnPaper) -> Document:
    """An item's paper of this kind, but for a notice, which is its list's."""
    return _OF_ITEM[kind.code](values)


def paper_of_list(
    kind: PaperKind,
    row: TransferList,
    keyring: Keyring,
    *,
    purpose: ReporterPurpose | None,
    by: StaffUser,
    at: datetime,
) -> Paper:
    """As of an item: a purpose is recorded for each whose reporter then stands on it."""
    names = kind.names and purpose is not None
    with transaction.atomic():
        if names and purpose is not None:
            for item in _named_on(row, by):
                reporters.note_shown(item, item.desk, purpose=purpose, by=by, at=at)
        return whole_list(kind, row, keyring, with_reporter=names, by=by, at=at)


def _named_on(row: TransferList, by: StaffUser) -> list[Submission]:
    """The items whose reporters let their names go along."""
    return [one.submission for one in entries_of(row, by) if not one.without_identity]


def whole_list(
    kind: PaperKind,
    row: TransferList,
    keyring: Keyring,
    *,
    with_reporter: bool,
    by: StaffUser,
    at: datetime,
) -> Paper:
    """Of an approved list, for who records elsewhere why the reporters stand on it.

    Raises CannotPrint, and PermissionDenied as for an item.
    """
    _may(by, Deed.OPEN)
    if with_reporter:
        _may(by, Deed.SEE_REPORTER)
    _refuse(kind, row)
    with transaction.atomic():
        opened, book = open_list(row, keyring, by=by, at=at), RuleBook.read()
        if kind.code == PaperCode.LETTER:
            document = transfer_letter(list_values.letter_of(row, opened, book))
        elif kind.code == PaperCode.FIX_NOTICE:
            document = fix_notice(list_values.notice_of_list(row, opened, book))
        else:
            on_paper = list_values.list_on_paper(
                row, opened, book, keyring, with_reporter=with_reporter
            )
            document = (transfer_list if kind.code == PaperCode.LIST else acknowledgement)(on_paper)
        named = kind.names and with_reporter
        return given(kind, document, row, row.desk, names=named, by=by, at=at)


def paper_of_opening(
    kind: PaperKind, row: BoxOpening, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Paper:
    """Of an opening that two people confirmed. Raises CannotPrint, PermissionDenied."""
    _may(by, Deed.OPEN_BOXES)
    _refuse(kind, row)
    with transaction.atomic():
        words = box_discrepancies.read(row, keyring=keyring, by=by, at=at)
        document = opening_record(list_values.opening_on_paper(row, words))
        return given(kind, document, row, row.desk, by=by, at=at)


def paper_of_round(
    kind: PaperKind,
    round_: Round,
    desk: Desk,
    *,
    rows: slice = ALL_ROWS,
    by: StaffUser,
    at: datetime,
) -> Paper:
    """A register of the office's, or some rows of it. Raises PermissionDenied for who keeps none.

    One of very many rows is made in parts, each of which takes its time.
    """
    if kind.code == PaperCode.SEALED:
        _may(by, Deed.KEEP_SEALED_MATTERS)
        matters = list_values.sealed_rows(round_, by)[rows]
        document = registers.sealed_matters(round_.title, matters)
    else:
        _may(by, Deed.ARCHIVE)
        left_out = list(list_values.not_archived_rows(round_, by))
        first = (rows.start or 0) + 1
        document = registers.not_archived(
            round_.title, left_out[rows], first=first, total=len(left_out)
        )
    with transaction.atomic():
        return given(kind, document, round_, desk, by=by, at=at)


def _may(by: StaffUser, deed: Deed) -> None:
    if not by.may(deed):
        raise PermissionDenied


def _refuse(kind: PaperKind, row: object) -> None:
    if not kind.suits(row):
        raise CannotPrint(f"这里没有《{kind.name}》。")
    if sentence := kind.why_not(row):
        raise CannotPrint(sentence)


def given(
    kind: PaperKind,
    document: Document,
    row: Submission | TransferList | BoxOpening | Round,
    desk: Desk,
    *,
    names: bool = False,
    by: StaffUser,
    at: datetime,
) -> Paper:
    """Finished, and in the log; who asks for the bytes gets them after both."""
    zone = row.zone if isinstance(row, Round) else row.round.zone
    number = new_number(at.astimezone(zone).date())
    paper = finish(document, kind=kind.code.value, name=kind.name, number=number)
    audit.record(
        Action.PRINT_PAPER,
        by=by,
        at=at,
        obj=row,
        desk=desk,
        paper=kind.code.value,
        paper_number=paper.number,
        paper_digest=paper.digest,
        reporter="with" if names else "without",
    )
    return paper
