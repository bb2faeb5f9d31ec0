"""An opened item, as papers write it: every field in words, nothing to open any more."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, repr=False)
class ReporterOnPaper:
    """反映人; all empty where nobody is named, or where the paper is made without."""

    name: str = ""
    phone: str = ""
    address: str = ""
    signers: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class AccusedOnPaper:
    """One of the accused; the first of an item is the main one."""

    name: str = ""
    post: str = ""
    body: str = ""
    rank: str = ""
    political: str = ""

    @property
    def in_words(self) -> str:
        """'张某，某村书记，村（社区）干部，中共党员'."""
        known = (self.name, self.body + self.post, self.rank, self.political)
        return "，".join(word for word in known if word)


@dataclass(frozen=True, slots=True, repr=False)
class MaterialOnPaper:
    """A file or paper that came with it; `pages` in words, '' where they are written in by hand."""

    name: str
    kind: str
    pages: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class StepOnPaper:
    """One thing that happened to the item, as the log says it."""

    at: str
    who: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CallOnPaper:
    """来电: times of day; `number`, or why it does not stand there."""

    started: str = ""
    ended: str = ""
    recorded: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class VisitOnPaper:
    """来访: how many came, who spoke for them (at most five), and the two who received them."""

    people: int = 0
    representatives: str = ""
    receivers: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ItemOnPaper:
    """All in words; '' where nothing is known."""

    number: str
    round_title: str
    team: str
    way: str = ""
    origin: str = ""
    origin_detail: str = ""
    original_number: str = ""
    received: str = ""
    postmarked: str = ""
    registered: str = ""
    registered_by: str = ""
    signature: str = ""
    signers: str = ""
    reporter: ReporterOnPaper = field(default_factory=ReporterOnPaper)
    target: str = ""
    place: str = ""
    accused: tuple[AccusedOnPaper, ...] = ()
    nature: str = ""
    main_problem: str = ""
    other_problems: str = ""
    focus: str = ""
    topics: str = ""
    scope: str = ""
    is_late: str = ""
    repeat: str = ""
    is_important: str = ""
    subject: str = ""
    happened: str = ""
    narrative: str = ""
    supplements: tuple[StepOnPaper, ...] = ()
    abstract: str = ""
    materials: tuple[MaterialOnPaper, ...] = ()
    materials_noted: str = ""
    # All of both in one line.
    materials_told: str = ""
    proposal: str = ""
    proposed_by: str = ""
    approval: str = ""
    approved_by: str = ""
    handled_as: str = ""
    due: str = ""
    result: str = ""
    closed: str = ""
    steps: tuple[StepOnPaper, ...] = ()
    call: CallOnPaper = field(default_factory=CallOnPaper)
    visit: VisitOnPaper = field(default_factory=VisitOnPaper)

    @property
    def all_materials(self) -> tuple[MaterialOnPaper, ...]:
        """The files, and what a clerk noted of papers."""
        noted = self.materials_noted
        return (*self.materials, *((MaterialOnPaper(noted, "纸质"),) if noted else ()))

    @property
    def accused_in_words(self) -> str:
        """One a line, numbered where there are several."""
        lines = [one.in_words for one in self.accused if one.in_words]
        if len(lines) < 2:
            return "".join(lines)
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
