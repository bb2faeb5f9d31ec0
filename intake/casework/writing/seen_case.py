"""What a page showed of a case file, and whether somebody else changed it since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from intake.casework.versions import ChangedMeanwhile
from intake.report.case_comparing import Difference, Words, differences, merged
from intake.report.case_words import REPORTER_FIELDS, CaseWords, Reporter


class CaseChangedMeanwhile(ChangedMeanwhile):
    """Somebody else saved since the page was opened.

    `found` is what they changed, `mine` what to go on from, `theirs` what stands now.
    """

    def __init__(self, found: list[Difference], mine: Any, theirs: Any, version: int) -> None:
        super().__init__()
        self.found = found
        self.mine = mine
        self.theirs = theirs
        self.version = version


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """What the page had shown: its version, and its words where they are still known."""

    version: int
    before: CaseWords | Reporter | None = None


def refuse_what_is_older(
    names: Iterable[str], version: int, seen: Seen, theirs: Words, mine: Words
) -> None:
    """Raises CaseChangedMeanwhile where somebody else changed one of the fields since."""
    if seen.version == version:
        return
    before = seen.before if isinstance(seen.before, type(theirs)) else None
    if found := differences(names, before=before, theirs=theirs, mine=mine):
        raise CaseChangedMeanwhile(found, merged(found, mine=mine), theirs, version)


def refuse_an_older_reporter(version: int, seen: Seen, theirs: Reporter, mine: Reporter) -> None:
    """Until somebody replaced what was noted at registering, that is what every page shows."""
    if theirs.replaces or not mine.replaces:
        refuse_what_is_older(REPORTER_FIELDS, version, seen, theirs, mine)
