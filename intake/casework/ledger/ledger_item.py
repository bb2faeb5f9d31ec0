"""An item as the ledger's columns ask for it: its row, what was opened, what stands beside."""

from dataclasses import dataclass, field
from datetime import date

from intake.models import Submission
from intake.report.case_words import CaseWords
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import KnownReporter


@dataclass(frozen=True, slots=True, repr=False)
class Handed:
    """The list on which it went to somebody; the signer only where the member may read that."""

    receiver: str
    number: str
    sent_on: date | None = None
    signed_on: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class LedgerItem:
    """`report` is None where nothing could be opened; then `fault` says so.

    `repeats` is the number of the item that it repeats, `repeated_by` those of its own repeats.
    """

    item: Submission
    report: Report | None = None
    words: CaseWords = field(default_factory=CaseWords)
    reporter: KnownReporter = field(default_factory=KnownReporter)
    is_repeat: bool = False
    repeats: str = ""
    repeated_by: tuple[str, ...] = ()
    handed: Handed | None = None
    due: date | str = ""
    other_problems: tuple[str, ...] = ()
    # With its supplements.
    files_added: int = 0
    # 档号, of what was archived.
    file_number: str = ""
    fault: str = ""
