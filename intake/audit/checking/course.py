"""Where a check stands, as a row keeps it; who writes into the database cannot put it elsewhere."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from intake.audit.chain import FIRST
from intake.audit.keyed import canonical, code_of, is_code_of
from intake.models import AuditCheck

# More of them are only counted: a page is no place to read thousands.
MOST_TOLD = 300
ALTERED = "检查记下的进度被人改过，这次检查不能算数。请管理服务器的人运行：manage.py verify_audit"


class CourseAltered(RuntimeError):
    """What the row says of the check was not written by this site."""


@dataclass
class Told:
    """What was found in one part: the first of it in words, and how much it is."""

    words: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, more: list[str]) -> None:
        """Keeps as many words as a page shows."""
        self.words += more[: max(0, MOST_TOLD - len(self.words))]
        self.count += len(more)


@dataclass
class Course:
    """`stage` with `kind` and `after`: what was compared last. The rest is what is known so far.

    `codes` is the sum of the codes of all rows that are kept of the check, and `summed` of those
    that were read back at the end.
    """

    until: int = 0
    noted: str = ""
    stage: str = ""
    kind: int = 0
    after: str = ""
    done: int = 0
    total: int = 0
    events: int = 0
    sequence: int = 0
    head: str = FIRST
    closed: int = 1
    noted_seen: bool = False
    forged: list[list[int]] = field(default_factory=list)
    forged_count: int = 0
    codes: int = 0
    summed: int = 0
    chain: Told = field(default_factory=Told)
    rows: Told = field(default_factory=Told)
    seals: Told = field(default_factory=Told)

    def add_forged(self, sequences: list[int]) -> None:
        """Runs of events whose codes are not the site's."""
        for sequence in sequences:
            if self.forged and self.forged[-1][1] == sequence - 1:
                self.forged[-1][1] = sequence
            elif len(self.forged) < MOST_TOLD:
                self.forged.append([sequence, sequence])
        self.forged_count += len(sequences)

    @property
    def knows_no_key(self) -> bool:
        """Whether not one event bears the code of this site's key."""
        return bool(self.forged_count) and self.forged_count == self.events

    def forged_numbers(self) -> Iterator[int]:
        """All numbers of the runs that are kept."""
        for first, last in self.forged:
            yield from range(first, last + 1)


def course_of(check: AuditCheck) -> Course:
    """Raises CourseAltered."""
    if not is_code_of(check.code, "audit check", check.pk, canonical(check.state)):
        raise CourseAltered(ALTERED)
    told: dict[str, Any] = dict(check.state)
    for name in ("chain", "rows", "seals"):
        told[name] = Told(**told[name])
    return Course(**told)


def keep_course(check: AuditCheck, course: Course, *, ended_at: Any = None) -> bool:
    """Whether it was kept: somebody else may have done the same slice meanwhile."""
    state = asdict(course)
    code = code_of("audit check", check.pk, canonical(state))
    same = AuditCheck.objects.filter(pk=check.pk, code=check.code)
    return bool(same.update(state=state, code=code, ended_at=ended_at or check.ended_at))
