"""The bits of a notice, each with the label, team and heading that it stands under."""

from dataclasses import dataclass, field, replace

from inspection.parsing.text import labels
from inspection.parsing.text.labels import LabelKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of the notice. `label` is '' for plain text, `team` None for all teams.

    A carried label stands on an earlier line, as over a list. `group` holds the teams that
    the sentence names together. A piece that `is_said` is a clause of a sentence, no item;
    `ahead` is what the sentence says behind it.
    """

    line: int
    label: str
    kind: LabelKind
    text: str
    team: str | None = None
    section: str = ""
    heading: str = ""
    county: str | None = None
    is_carried: bool = False
    group: tuple[str, ...] = ()
    is_said: bool = False
    ahead: str = ""


@dataclass(slots=True)
class Walk:
    """Where the reading of a notice's lines stands, and what it has gathered."""

    pieces: list[Piece] = field(default_factory=list)
    section: str = ""
    heading: str = ""
    county: str | None = None
    team: str | None = None
    teams: list[str] = field(default_factory=list)
    known_teams: set[str] = field(default_factory=set)
    first_kinds: set[LabelKind] = field(default_factory=set)
    label: str = ""
    label_team: str | None = None
    header: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def add(self, line: int, label: str, text: str, **changes: object) -> None:
        """Gathers a piece as it stands here."""
        piece = Piece(
            line, label, labels.kind_of(label) if label else "none", text.strip(),
            self.team, self.section, self.heading, self.county,
        )  # fmt: skip
        self.pieces.append(replace(piece, **changes))  # type: ignore[arg-type]

    def enter_team(self, name: str, line: int) -> None:
        """What follows is about this team."""
        self.team = name
        if name not in self.known_teams:
            self.known_teams.add(name)
            self.teams.append(name)
            self.add(line, "巡察组", name)

    def leave(self) -> None:
        """What follows is about no team, in no table and in no list."""
        self.team, self.header, self.label, self.county = None, (), "", None
        self.label_team = None
