"""What belongs to the round and to no single item, as files for the archive."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from inspection.models import Round
from inspection.wording import moment_words
from intake.casework.ending.appraising import words_of
from intake.casework.ledger.ledger_to_archive import ledger_for_archive
from intake.casework.printing.giving_papers import (
    paper_of_opening,
    paper_of_round,
    whole_list,
)
from intake.casework.printing.item_values import day_in_words
from intake.casework.printing.paper_table import PAPERS, Of, papers_for
from intake.models import AppraisalEntry, BoxOpening, Desk, StaffUser, Submission, TransferList
from intake.retention.zip_pieces import Entry
from intake.staff.keyring import Keyring

_HEADS = ("信访编号", "文件", "承办", "信访方式", "收件日期", "性质", "处理方式", "状态")
_APPRAISED = ("清单", "保管期限", "档号", "不归档的理由", "鉴定人", "复核人", "签完时间")
APPRAISALS = "归档和不归档清单.csv"


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
    """The ledger with everything in it, the registers of the office, and what was appraised."""
    items = Submission.objects.visible_to(by).filter(round=round_)
    in_order = items.order_by("number_series", "number", "pk")
    yield "信访台账（全要素版）.xlsx", ledger_for_archive(in_order, keyring, by=by, at=at)
    for kind in PAPERS:
        if kind.of is Of.ROUND:
            paper = paper_of_round(kind, round_, office, by=by, at=at)
            yield f"{kind.name}.docx", paper.content
    yield APPRAISALS, _appraisals(round_, keyring)


def entries_in_force(round_: Round) -> "QuerySet[AppraisalEntry]":
    """What stands on lists that two members signed, and was not taken back."""
    entries = AppraisalEntry.objects.filter(appraisal__round=round_, is_live=True)
    entries = entries.filter(appraisal__settled_at__isnull=False)
    signers = "appraisal__first_signed_by", "appraisal__second_signed_by"
    return entries.select_related(*signers, "retention", "appraisal__desk").order_by("pk")


def facts_of_entry(entry: AppraisalEntry) -> dict[str, str]:
    """By the headings of the table of contents; what the two wrote is told by the list alone."""
    row = entry.appraisal
    values = (
        str(row),
        str(entry.retention or ""),
        entry.file_number,
        entry.get_reason_display() if entry.reason else "",
        str(row.first_signed_by),
        str(row.second_signed_by),
        moment_words(row.settled_at, row.round.zone) if row.settled_at else "",
    )
    return dict(zip(_APPRAISED, values, strict=True))


def _appraisals(round_: Round, keyring: Keyring) -> bytes:
    """Each line of each list, with its further words."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*_APPRAISED, "信访编号", "说明"])
    for entry in entries_in_force(round_).select_related("submission__round"):
        words = words_of(entry, entry.appraisal.desk, keyring)
        table.writerow([*facts_of_entry(entry).values(), str(entry.submission), words])
    return text.getvalue().encode("utf-8-sig")


def contents_table(round_: Round, files: dict[str, str], by: StaffUser) -> bytes:
    """Every item of the round with the file that holds it, as a table that offices open."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*_HEADS, *_APPRAISED])
    appraised = {one.submission_id: facts_of_entry(one) for one in entries_in_force(round_)}
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
                *appraised.get(item.pk, {}).values(),
            ]
        )
    return text.getvalue().encode("utf-8-sig")
