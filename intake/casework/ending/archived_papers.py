"""What belongs to the round and to no single item, as files for the archive."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from inspection.models import Round
from intake.casework.ledger.ledger_to_archive import ledger_for_archive
from intake.casework.printing.giving_papers import (
    paper_of_opening,
    paper_of_round,
    whole_list,
)
from intake.casework.printing.item_values import day_in_words
from intake.casework.printing.paper_table import PAPERS, Of, papers_for
from intake.models import BoxOpening, Desk, StaffUser, Submission, TransferList
from intake.retention.zip_pieces import Entry
from intake.staff.keyring import Keyring

_HEADS = ("信访编号", "文件", "承办", "信访方式", "收件日期", "性质", "处理方式", "状态")


def entries_of_list(
    row: TransferList, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """Each paper of an approved list; of others there is none."""
    for kind in papers_for(row, Of.LIST):
        if not kind.why_not(row):
            paper = whole_list(kind, row, keyring, with_reporter=kind.names, by=by, at=at)
            yield f"{row.document_number}/{kind.name}.docx", paper.content


def entries_of_opening(
    row: BoxOpening, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """开箱记录, where two people confirmed it."""
    for kind in papers_for(row, Of.OPENING):
        if not kind.why_not(row):
            paper = paper_of_opening(kind, row, keyring, by=by, at=at)
            yield f"{kind.name} {paper.number}.docx", paper.content


def entries_of_round(
    round_: Round, office: Desk, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """The ledger with everything in it, and the registers of the office."""
    items = Submission.objects.visible_to(by).filter(round=round_)
    in_order = items.order_by("number_series", "number", "pk")
    yield "信访台账（全要素版）.xlsx", ledger_for_archive(in_order, keyring, by=by, at=at)
    for kind in PAPERS:
        if kind.of is Of.ROUND:
            paper = paper_of_round(kind, round_, office, by=by, at=at)
            yield f"{kind.name}.docx", paper.content


def contents_table(round_: Round, files: dict[str, str], by: StaffUser) -> bytes:
    """Every item of the round with the file that holds it, as a table that offices open."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_HEADS)
    items = Submission.objects.visible_to(by).filter(round=round_).order_by("number_series")
    rows = items.select_related("round", "desk__team").defer("sealed").order_by("number", "pk")
    for item in rows.iterator(500):
        received = item.received_at.astimezone(round_.zone).date()
        table.writerow(
            [
                str(item),
                files.get(str(item.pk), "没有归档"),
                str(item.desk),
                item.get_way_display(),
                day_in_words(received),
                item.get_nature_display() if item.nature else "",
                item.get_handled_as_display() if item.handled_as else "",
                item.get_status_display(),
            ]
        )
    return text.getvalue().encode("utf-8-sig")
