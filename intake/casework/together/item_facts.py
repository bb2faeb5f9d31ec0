"""What an opened item is compared by: out of its report and its case file, in memory."""

from intake.casework.proposing import Written, accused_in
from intake.casework.repeats import ItemFacts
from intake.models import CaseFile, Submission
from intake.report.case_words import CaseWords, Reporter
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import KnownReporter
from intake.sealing.unsealing import open_sealed


def open_report(item: Submission, secret: str) -> Report:
    """Raises CannotOpen or UnreadableReport."""
    return Report.from_bytes(open_sealed(bytes(item.sealed), secret))


def facts_of(item: Submission, report: Report, secret: str) -> ItemFacts:
    """Of an item and what its desk wrote about it; raises CannotOpen or UnreadableReport."""
    row = next((one for one in item.case_files.all() if one.desk_id == item.desk_id), None)
    words, reporter = _opened(row, secret) if row else (CaseWords(), Reporter())
    known = KnownReporter.of(report, reporter)
    told = told_facts(
        narrative=report.narrative,
        subject=report.subject,
        place=report.place,
        body=item.target.name if item.target else "",
    )
    return ItemFacts(
        words=told.words,
        accused=(*told.accused, *(one.name for one in words.accused)),
        bodies=(*told.bodies, *(one.body for one in words.accused)),
        telephones=known.phones,
        signers=known.people,
    )


def told_facts(
    *,
    narrative: str = "",
    subject: str = "",
    place: str = "",
    body: str = "",
    reporter_name: str = "",
    reporter_phone: str = "",
    signers: tuple[str, ...] = (),
) -> ItemFacts:
    """Of what a reporter told, or a clerk has typed so far; nobody has checked any of it."""
    found = accused_in(Written(narrative=narrative, subject=subject, place=place))
    return ItemFacts(
        words=narrative,
        accused=(subject, *(one.name for one in found)),
        bodies=(body, place),
        telephones=(reporter_phone,),
        signers=(reporter_name, *signers),
    )


def _opened(row: CaseFile, secret: str) -> tuple[CaseWords, Reporter]:
    return (
        CaseWords.from_bytes(open_sealed(bytes(row.sealed), secret)),
        Reporter.from_bytes(open_sealed(bytes(row.sealed_reporter), secret)),
    )
