"""What the look at a file's content found."""

from typing import NamedTuple

from intake.report.evidence.file_kinds import Mark


class Seen(NamedTuple):
    """The code of a kind ('jpeg'), and what a clerk must know before opening the file."""

    kind: str
    marks: tuple[Mark, ...] = ()
