"""A published notice as frozen values: what the parser reads and the loader stores.

The dictionaries of `Notice.to_json` are the public form of a notice. Unknown is
None or empty, never a guess. Dates are kept as ISO text because a notice may leave
out its year: 'XXXX-03-15' is a date whose year the text does not give.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import time
from typing import Any, Self

from inspection.body_kinds import BodyKind
from inspection.coded import Coded
from inspection.contact_kinds import ContactKind
from inspection.out_of_scope import OutOfScope
from inspection.schedule import Days, DutyHours

UNKNOWN_YEAR = "XXXX"


class Severity(Coded):
    """How grave a finding is. The codes are the contract's; the one fact is the staff's word."""

    facts: str

    ERROR = "error", "错误"
    WARNING = "warning", "提醒"
    INFO = "info", "说明"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should know about how the notice was read.

    `line` counts from 1 in the text as given; None where no one line is meant.
    An error stops the loading.
    """

    severity: Severity
    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When the inspection runs: the first and last possible day of either end."""

    text: str
    starts: tuple[str, str] | None
    ends: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers: kinds of days, and windows of ('08:30', '18:00')."""

    days: Days | None
    windows: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Self | None:
        """The hours that `to_json` made; None where none are stated."""
        if not stored:
            return None
        windows = tuple((opens, closes) for opens, closes in stored.get("windows", ()))
        return cls(stored.get("days"), windows)

    def to_json(self) -> dict[str, Any]:
        """The hours in the contract's form, as they are stored too."""
        return {"days": self.days, "windows": [list(window) for window in self.windows]}

    def on_duty(self) -> DutyHours:
        """The hours as a rule can use them."""
        # A rule's window that ends at midnight runs on into the next day; notices print 24:00.
        windows = tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes.replace("24:", "00:")))
            for opens, closes in self.windows
        )
        return DutyHours(days=self.days, windows=windows)


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the inspectors; `team` None is shared by all."""

    kind: ContactKind
    value: str
    postcode: str | None = None
    team: str | None = None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A body under inspection."""

    name: str
    kind: BodyKind
    county: str | None = None
    short_names: tuple[str, ...] = ()
    includes_villages: bool = False


@dataclass(frozen=True, slots=True)
class TeamEntry:
    """A team and its bodies; name None gathers bodies whose team is not told."""

    name: str | None
    series: str | None = None
    period: Period | None = None
    accepts_until: str | None = None
    targets: tuple[TargetEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class DropBoxEntry:
    """A drop box on the notice; `target` and `team` are names, where known."""

    number: int | None
    location: str
    county: str | None = None
    target: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """What the round looks at in one kind of body."""

    kind: BodyKind
    heading: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpecialCheck:
    """A check that another department runs beside the inspection."""

    by: str
    what: str


@dataclass(frozen=True, slots=True)
class StatedCount:
    """How many bodies of a kind the notice says that it names."""

    kind: BodyKind
    count: int

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The count in the contract's form, as it is stored too."""
        return cls(BodyKind(stored["kind"]), stored["count"])


@dataclass(frozen=True, slots=True)
class Rules:
    """How reports are received and handled; None where the notice is silent.

    The two texts are the notice's own sentences; the JSON form leaves them out.
    """

    channels: tuple[str, ...] = ()
    out_of_scope: OutOfScope | None = None
    feedback: bool | None = None
    supervise_inspectors: bool = False
    postmark: bool | None = None
    out_of_scope_text: str = ""
    feedback_text: str = ""

    def to_json(self) -> dict[str, Any]:
        """The rules in the contract's form."""
        return {
            "channels": list(self.channels),
            "out_of_scope": self.out_of_scope,
            "feedback": self.feedback,
            "supervise_inspectors": self.supervise_inspectors,
            "postmark": self.postmark,
        }


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """What the notice says of the round as a whole."""

    slug: str
    title: str | None
    committee: str | None
    session: int | None
    ordinal: int | None
    word: str
    issuer: str | None
    notice_date: str | None
    period: Period | None
    accepts_until: str | None
    batch: str | None = None
    accepts_from: str | None = None
    accepts_until_time: str | None = None
    counts_stated: tuple[StatedCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as read. `text` is the notice alone, cut out of its page."""

    round: RoundEntry
    teams: tuple[TeamEntry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    drop_boxes: tuple[DropBoxEntry, ...] = ()
    focus: tuple[Focus, ...] = ()
    special_checks: tuple[SpecialCheck, ...] = ()
    rules: Rules = field(default_factory=Rules)
    findings: tuple[Finding, ...] = ()
    text: str = ""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the loading."""
        return tuple(f for f in self.findings if f.severity == Severity.ERROR)

    def to_json(self) -> dict[str, Any]:
        """The notice in the contract's form, made of lists, dicts and plain values."""
        return {
            "round": _plain(asdict(self.round)),
            "teams": [_plain(asdict(team)) for team in self.teams],
            "contacts": [_plain(asdict(contact)) for contact in self.contacts],
            "drop_boxes": [_plain(asdict(box)) for box in self.drop_boxes],
            "focus": [_plain(asdict(topic)) for topic in self.focus],
            "special_checks": [_plain(asdict(check)) for check in self.special_checks],
            "rules": self.rules.to_json(),
            "findings": [_plain(asdict(finding)) for finding in self.findings],
        }


def _plain(value: Any) -> Any:
    """Tuples as lists, all the way down, so that JSON read back is equal."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
