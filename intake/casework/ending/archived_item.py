"""One item as files for the archive: its papers, its words without this program, its originals."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from intake.casework import case_files
from intake.casework.ending.archive_words import called
from intake.casework.ending.archived_papers import entries_in_force, facts_of_entry
from intake.casework.opening import Opened, OpenedSupplement
from intake.casework.printing.giving_papers import document_of, given
from intake.casework.printing.item_values import item_on_paper
from intake.casework.printing.pages_known import pages_known
from intake.casework.printing.paper_table import Of, papers_for
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.opening_files import OpenedFile, opened_whole
from intake.choices import PaperCode
from intake.models import Attachment, CaseFile, Desk, StaffUser, Submission
from intake.report.case_words import CaseWords, Reporter
from intake.report.evidence import download_name
from intake.retention.zip_pieces import Entry, Seen
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

# The set holds the form of each item; how a call or a visit was received stands in its own record.
_PAPERS = (PaperCode.SET, PaperCode.CALL, PaperCode.VISIT)
# What the row says beside: keys of this program, and what is sealed or derived from it.
_NOT_TOLD = ("id", "sealed", "receipt_digest", "idempotency_key", "chained_in", "version")


def entries_of(
    item: Submission, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """Names and contents, opened one at a time; the last lists the digests of the others.

    Its papers are recorded as printed. Raises CannotOpen, UnreadableReport, NoDeskAccess.
    """
    reader, listed = Reader(item, keyring), []
    for name, content in _files(item, reader, keyring, by=by, at=at):
        seen = Seen(content)
        yield f"{item}/{name}", seen
        listed.append({"文件": name, "大小": seen.size, "SHA-256": seen.sha256})
    yield f"{item}/目录.json", _json(listed)


def _files(
    item: Submission, reader: Reader, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    opened, case = _opened(item, reader, at), case_files.open(item, keyring)
    pages = pages_known(item, reader.secret)
    for kind in papers_for(item, Of.ITEM):
        if kind.code not in _PAPERS:
            continue
        with transaction.atomic():
            values = item_on_paper(
                item, opened, case, with_reporter=True, pages=pages, by=by, at=at
            )
            document = document_of(kind, values)
            paper = given(kind, document, item, item.desk, names=True, by=by, at=at)
        yield f"{kind.name}.docx", paper.content
    told = _told(item, opened, keyring)
    yield "信访件.json", _json(told)
    yield "信访件.txt", "\n".join(_lines(told)).encode("utf-8-sig")
    for place, row in enumerate(item.attachments.select_related("supplement"), start=1):
        yield _original(place, row, reader)


def _opened(item: Submission, reader: Reader, at: datetime) -> Opened:
    """All of it; the event of the archive's part stands for the opening."""
    rows = item.supplements.order_by("received_at", "id")
    supplements = (
        OpenedSupplement(row.pk, item, row.received_at, reader.supplement(row)) for row in rows
    )
    return Opened(at, reader.report, tuple(supplements))


def _original(place: int, row: Attachment, reader: Reader) -> Entry:
    """Piece by piece, however large it is."""
    found = opened_whole(row, reader)
    came_with = "补充材料" if row.supplement_id else "材料"
    name = f"原件/{place:03d} {came_with} {download_name(found.name, row.kind)}"
    return name, _pieces_of(found)


def _pieces_of(found: OpenedFile) -> Iterator[bytes]:
    with found.opened as opened:
        yield from opened.from_to(0, opened.size)


def _told(item: Submission, opened: Opened, keyring: Keyring) -> dict[str, Any]:
    """Every fact by its Chinese name where it has one."""
    return {
        "编号": str(item),
        "登记": dict(_columns(item)),
        "来件": asdict(opened.report),
        "补充": [
            {"收到时间": one.received_at.isoformat(), **asdict(one.report)}
            for one in opened.supplements
        ],
        "办理卷": [_case(row, keyring) for row in item.case_files.select_related("desk__team")],
        "理由": list(_reasons(item, keyring)),
        "归档": _appraised(item),
    }


def _columns(item: Submission) -> Iterator[tuple[str, str]]:
    for column in item._meta.concrete_fields:
        if column.name in _NOT_TOLD:
            continue
        shown = getattr(item, f"get_{column.name}_display", None)
        value = shown() if shown else getattr(item, column.name)
        yield str(column.verbose_name), "" if value is None else str(value)


def _case(row: CaseFile, keyring: Keyring) -> dict[str, Any]:
    secret = keyring.desk_secret(row.desk)
    words = CaseWords.from_bytes(open_sealed(bytes(row.sealed), secret))
    reporter = Reporter.from_bytes(open_sealed(bytes(row.sealed_reporter), secret))
    return {"受理席": str(row.desk), "内容": asdict(words), "反映人": asdict(reporter)}


def _appraised(item: Submission) -> dict[str, Any]:
    """By which list it came here, under which number, and who signed that."""
    entry = entries_in_force(item.round).filter(submission=item).first()
    return facts_of_entry(entry) if entry else {}


def _reasons(item: Submission, keyring: Keyring) -> Iterator[dict[str, str]]:
    """Why clocks were paused or made longer, and why somebody was kept out of it."""
    at_desk = keyring.desk_secret(item.desk)
    of_office = keyring.desk_secret(Desk.objects.of_offices().get(round=item.round_id))
    rows: list[tuple[Any, str]] = [
        *((row, at_desk) for row in (*item.pauses.all(), *item.extensions.all())),
        *((row, of_office) for row in item.recusals.all()),
    ]
    for row, secret in rows:
        words = open_sealed(bytes(row.sealed_reason), secret).decode(errors="replace")
        yield {"什么": str(row._meta.verbose_name), "关于": str(row), "理由": words}


def _lines(told: Any, depth: int = 0) -> Iterator[str]:
    """'name: value', one a line, what belongs together further in."""
    before = "　" * depth
    pairs = told.items() if isinstance(told, dict) else enumerate(told, start=1)
    for name, value in pairs:
        if isinstance(value, dict | list | tuple):
            yield f"{before}{called(name)}："
            yield from _lines(value, depth + 1)
        elif value not in ("", None, False):
            yield f"{before}{called(name)}：{'是' if value is True else value}"


def _json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode()
