"""办理卷 on the page of an item: what stands in it, and the form to change it."""

import logging
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.items.item_lines import moment
from intake.admin.who import member
from intake.admin.writing.case_sheet import CaseSheet
from intake.admin.writing.in_words import said
from intake.admin.writing.others_here import noted_here
from intake.admin.writing.written_page import Written, written_in
from intake.admin.writing.written_places import place_named
from intake.casework import case_files
from intake.casework.case_files import OpenedCase
from intake.choices import NoteKind
from intake.models import Submission
from intake.report.case_words import CASE_FIELDS
from intake.report.documents import UnreadableReport
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import KnownReporter
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring

logger = logging.getLogger(__name__)

DAMAGED = "封存的办理卷打不开，可能已经损坏。请告诉系统管理员，不要反复试。"
_KINDS = dict(NoteKind.choices)


@dataclass(frozen=True, slots=True)
class CaseCard:
    """What the template asks for; nothing of a case file that does not open but why."""

    address: str
    problem: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    reporter: str = ""
    saved: str = ""
    sheet: CaseSheet | None = None
    is_open: bool = False
    written: Written | None = None


class DamagedCase:
    """A case file that does not open."""


def case_of(item: Submission, keyring: Keyring) -> OpenedCase | DamagedCase:
    """The case file of an item that was opened, for all that its page shows of it."""
    try:
        return case_files.open(item, keyring)
    except (CannotOpen, UnreadableReport):
        logger.exception("the case file of item %s does not open", item.pk)
        return DamagedCase()


def place_of(item: Submission) -> str:
    """Under which what a clerk types about an item is kept."""
    return place_named("item", item.pk)


def case_context(
    request: HttpRequest,
    item: Submission,
    case: OpenedCase | DamagedCase | None,
    report: Report | None,
    sheet: CaseSheet | None,
) -> dict[str, Any]:
    """Empty where the item itself does not open. Notes that the member has it open."""
    if case is None or report is None:
        return {}
    here = noted_here(request, item)
    address = item_address(request, item, "case")
    if isinstance(case, DamagedCase):
        return {**here, "case": CaseCard(address, problem=DAMAGED)}
    shown = sheet or CaseSheet.opened(case)
    card = CaseCard(
        address,
        facts=tuple(_facts(case)),
        notes=tuple(_notes(item, case)),
        reporter=_reporter(report, case),
        saved=_saved(item, case),
        sheet=shown if member(request).may(Deed.WRITE_CASE) else None,
        is_open=sheet is not None,
        written=written_in(request, place_of(item), is_sent=sheet is not None),
    )
    return {**here, "case": card}


def _facts(case: OpenedCase) -> list[tuple[str, str]]:
    words = ((name, getattr(case.words, name)) for name in CASE_FIELDS)
    return [(CASE_FIELDS[name], said(name, value)) for name, value in words if value]


def _notes(item: Submission, case: OpenedCase) -> list[tuple[str, str]]:
    zone = item.round.zone
    return [
        (f"{moment(note.at, zone)} {note.by} {_KINDS.get(note.kind, note.kind)}", note.words)
        for note in case.words.notes
    ]


def _reporter(report: Report, case: OpenedCase) -> str:
    """What is known of the reporter, and none of it."""
    known = KnownReporter.of(report, case.reporter)
    parts = {
        "姓名": known.names,
        "电话": known.phones,
        "住址或单位": known.addresses,
        "联名人": known.signers,
        "来访代表": known.representatives,
    }
    left = "、".join(name for name, value in parts.items() if value)
    withheld = "；移交时不附姓名和电话" if report.withhold_identity else ""
    return f"留了{left}{withheld}" if left else "没有留姓名和电话"


def _saved(item: Submission, case: OpenedCase) -> str:
    row = case.row
    return f"{row.saved_by} {moment(row.saved_at, item.round.zone)} 保存" if row else ""
