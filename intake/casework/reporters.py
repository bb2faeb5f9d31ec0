"""反映人: name and telephone, shown to a clerk who says what for. Audited."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake import audit
from intake.access import Deed
from intake.casework import case_files
from intake.casework.together.item_reader import Reader
from intake.choices import Action, ReporterPurpose, Way
from intake.models import Desk, StaffUser, Submission
from intake.report.case_words import Reporter
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import noted_in
from intake.report.on_paper.paper_facts import PaperFacts
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class ShownReporter:
    """What the reporter wrote of themselves, and what clerks registered of them."""

    name: str
    phone: str
    is_to_be_withheld: bool
    # As a clerk goes on from it: of what came on paper, what was noted until it is replaced.
    registered: Reporter
    is_on_paper: bool
    version: int
    # What was noted with a letter or call that a clerk took in.
    noted: PaperFacts


def show(
    item: Submission, keyring: Keyring, *, purpose: ReporterPurpose, by: StaffUser, at: datetime
) -> ShownReporter:
    """Opens both, and records who asked and what for.

    Raises PermissionDenied for a role that may not.
    """
    if not by.may(Deed.SEE_REPORTER):
        raise PermissionDenied
    reader = Reader(item, keyring)
    report = reader.report
    case = case_files.open(item, keyring)
    note_shown(item, reader.desk, purpose=purpose, by=by, at=at)
    return ShownReporter(
        report.reporter_name,
        report.reporter_phone,
        report.withhold_identity,
        _to_go_on_from(item, report, case.reporter),
        item.way != Way.WEB,
        case.version,
        report.paper,
    )


def _to_go_on_from(item: Submission, report: Report, registered: Reporter) -> Reporter:
    if item.way == Way.WEB or registered.replaces:
        return registered
    noted = noted_in(report)
    return Reporter(
        registered.name or noted.name,
        registered.phone or noted.phone,
        registered.address or noted.address,
        tuple(dict.fromkeys((*noted.signers, *registered.signers))),
        noted.representatives,
    )


def note_shown(
    item: Submission, desk: Desk, *, purpose: ReporterPurpose, by: StaffUser, at: datetime
) -> None:
    """Records it, for who may see it and opens the item anyway."""
    with transaction.atomic():
        audit.record(
            Action.SHOW_REPORTER, by=by, at=at, obj=item, desk=desk, asked_for=purpose.value
        )
