"""What belongs to the round and to no single item, as files for the archive."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
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
from intake.casework.transfers import abstracts, list_moves
from intake.models import (
    AppraisalEntry,
    BoxOpening,
    Desk,
    StaffUser,
    Submission,
    TransferEntry,
    TransferList,
)
from intake.retention.zip_pieces import Entry
from intake.staff.keyring import Keyring

_HEADS = ("信访编号", "文件", "承办", "信访方式", "收件日期", "性质", "处理方式", "状态")
_APPRAISED = ("清单", "保管期限", "档号", "不归档的理由", "鉴定人", "复核人", "签完时间")
APPRAISALS = ("归档和不归档清单", ".csv")


@dataclass(frozen=True, slots=True)
class Lot:
    """Rows of the round that make one part: from the one after `before`, so many at most."""

    before: int
    most: int

    @property
    def rows(self) -> slice:
        return slice(self.before, self.before + self.most)

    def named(self, name: str, ending: str) -> str:
        """The first has the plain name."""
        place = self.before // self.most + 1
        return f"{name}（续{place}）{ending}" if self.before else f"{name}{ending}"


def items_of(round_: Round) -> "QuerySet[Submission]":
    """All but what waits for the level above, in the order of the ledger."""
    above = Submission.objects.for_the_superior().values("pk")
    items = Submission.objects.filter(round=round_).exclude(pk__in=above)
    return items.order_by("number_series", "number", "pk")


def entries_of_list(
    row: TransferList, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """What it says, in every state; and each paper of one that was approved."""
    for kind in papers_for(row, Of.LIST):
        if not kind.why_not(row):
            paper = whole_list(kind, row, keyring, with_reporter=kind.names, by=by, at=at)
            yield f"{row}/{kind.name}.docx", paper.content
    told = {
        "清单": str(row),
        "状态": row.get_state_display(),
        "接收单位": row.receiver.name,
        "起草人": str(row.made_by or ""),
        "起草时间": moment_words(row.made_at, row.round.zone),
        "信访件": [_entry_told(one, row, keyring) for one in row.entries.order_by("pk")],
        "记录": [asdict(note) for note in list_moves.words_of(row, keyring).notes],
    }
    content = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    yield f"{row}/清单.json", content.encode()


def _entry_told(entry: TransferEntry, row: TransferList, keyring: Keyring) -> dict[str, str]:
    words = abstracts.words_of(entry, row, keyring)
    return {"信访编号": str(entry.submission), **asdict(words)}


def entries_of_opening(
    row: BoxOpening, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """开箱记录, where two people confirmed it."""
    for kind in papers_for(row, Of.OPENING):
        if not kind.why_not(row):
            paper = paper_of_opening(kind, row, keyring, by=by, at=at)
            yield f"{kind.name} {paper.number}.docx", paper.content


def entries_of_ledger(
    lot: Lot, round_: Round, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """So many rows of the ledger, with everything in it."""
    keys = list(items_of(round_).values_list("pk", flat=True)[lot.rows])
    items = Submission.objects.visible_to(by).filter(pk__in=keys)
    in_order = items.order_by("number_series", "number", "pk")
    pieces = ledger_for_archive(in_order, keyring, before=lot.before, by=by, at=at)
    yield lot.named("信访台账（全要素版）", ".xlsx"), pieces


def entries_of_register(
    code: str, lot: Lot, round_: Round, office: Desk, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """So many rows of a register of the office."""
    (kind,) = (one for one in PAPERS if one.of is Of.ROUND and one.code == code)
    paper = paper_of_round(kind, round_, office, rows=lot.rows, by=by, at=at)
    yield lot.named(kind.name, ".docx"), paper.content


def entries_of_appraisals(
    lot: Lot, round_: Round, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """Lines of all lists: of those in force, given up, and taken back."""
    yield lot.named(*APPRAISALS), _appraisals(entries_of_lists(round_)[lot.rows], keyring)


def entries_of_lists(round_: Round) -> "QuerySet[AppraisalEntry]":
    """Of every list that was made, whatever became of it."""
    entries = AppraisalEntry.objects.filter(appraisal__round=round_)
    signers = "appraisal__first_signed_by", "appraisal__second_signed_by"
    return entries.select_related(*signers, "retention", "appraisal__desk").order_by("pk")


def entries_in_force(round_: Round) -> "QuerySet[AppraisalEntry]":
    """What stands on lists that two members signed, and was not taken back."""
    return entries_of_lists(round_).filter(is_live=True, appraisal__settled_at__isnull=False)


def facts_of_entry(entry: AppraisalEntry) -> dict[str, str]:
    """By the headings of the table of contents; what the two wrote is told by the list alone."""
    row = entry.appraisal
    values = (
        str(row),
        str(entry.retention or ""),
        entry.file_number,
        entry.get_reason_display() if entry.reason else "",
        str(row.first_signed_by or ""),
        str(row.second_signed_by or ""),
        moment_words(row.settled_at, row.round.zone) if row.settled_at else "",
    )
    return dict(zip(_APPRAISED, values, strict=True))


def _appraisals(entries: "QuerySet[AppraisalEntry]", keyring: Keyring) -> bytes:
    """Each line with its further words, and whether it holds."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*_APPRAISED, "信访编号", "说明", "效力"])
    for entry in entries.select_related("submission__round"):
        words = words_of(entry, entry.appraisal.desk, keyring)
        said = (str(entry.submission), words, _force_of(entry))
        table.writerow([*facts_of_entry(entry).values(), *said])
    return text.getvalue().encode("utf-8-sig")


def _force_of(entry: AppraisalEntry) -> str:
    if entry.appraisal.dropped_by_id is not None:
        return "清单已作废"
    if entry.appraisal.settled_at is None:
        return "没有签完"
    return "有效" if entry.is_live else "后来撤回"


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
