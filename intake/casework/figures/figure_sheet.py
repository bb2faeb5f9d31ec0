"""The statistics of one round as rows: sums, desks and their bodies, with the round before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from inspection.models import FocusTopic, Round, Target
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.figures import counted_items
from intake.casework.figures.counted_items import Asking, Counted, Numbers
from intake.casework.figures.figure_table import TIMES, WHOLE_ROUND, Block, Figure, Finds, blocks
from intake.casework.figures.small_cells import Hidden
from intake.casework.figures.spans import Span, last_week, this_week
from intake.choices import Origin
from intake.models import Desk, Problem, StaffUser, Submission

TOTAL, OWN, ELSE = "all", "own", "else"
OWN_ONLY: Finds = (("origin", Origin.OWN.value),)


@dataclass(frozen=True, slots=True)
class Row:
    """`asks` are the choices of the list's filters that lead to what the row is about."""

    code: str
    words: str
    asks: Finds
    numbers: Numbers
    is_body: bool = False
    desk: str = ""


@dataclass(frozen=True, slots=True)
class RoundAsked:
    """A round, with the desks of it that are counted and seen, and the bodies of its teams."""

    round: Round
    desks: Sequence[Desk]
    targets: Sequence[Target] = ()


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """`own` is what came to the office itself; `before` the round before, None without one."""

    asked: RoundAsked
    span: Span
    weeks: Mapping[str, Span]
    blocks: tuple[Block, ...]
    total: Row
    own: Row
    rows: tuple[Row, ...]
    days: Mapping[date, int]
    bodies: tuple[Row, ...]
    before: Numbers | None = None
    before_words: str = ""
    # Of the edition for one desk: which lines of each block are hidden from it.
    made_for: str = ""
    hidden: Mapping[str, Hidden] = field(default_factory=dict)

    @property
    def figures(self) -> Iterator[tuple[Block, Figure]]:
        return ((block, figure) for block in self.blocks for figure in block.figures)

    def share_of(self, block: Block, figure: Figure) -> tuple[int, int] | None:
        """The part and the whole; None for what is no share of anything."""
        if not figure.of or self.is_hidden(block, self.own if block.on_own else self.total):
            return None
        numbers = self.own.numbers if block.on_own else self.total.numbers
        return numbers.get(figure.code, 0), numbers.get(figure.of, 0)

    def number_before(self, block: Block, figure: Figure) -> int | None:
        is_unknown = figure.is_of_one_round or self.is_hidden(block, self.total)
        if self.before is None or is_unknown:
            return None
        return self.before.get(figure.code, 0)

    def is_hidden(self, block: Block, row: Row) -> bool:
        """Whether the row is not shown to the desk that the edition is made for.

        What came to the office itself is a part of each sum, and may be small where that is not.
        """
        if not self.made_for:
            return False
        hidden = self.hidden[block.code]
        if row.code in (TOTAL, OWN):
            return row.code == OWN or not hidden.has_sum
        return row.code in hidden.lines


def sheet_of(
    user: StaffUser,
    asked: RoundAsked,
    before: RoundAsked | None,
    span: Span,
    *,
    today: date,
    zone: ZoneInfo,
    due: DueLists,
) -> FigureSheet:
    """As often as there are kinds of figures, and not for each of them, the database is asked."""
    problems = list(Problem.objects.order_by("order", "code"))
    focuses = list(FocusTopic.objects.filter(round=asked.round.pk))
    asking = Asking(today, zone, due, problems, focuses)
    counting, weeks = _Counting(user, asking, blocks(problems, focuses)), _weeks(today)
    counted, weekly = counting.of(asked, span, weeks)
    numbers, words = counting.before(asked, before, span, weeks) if before else (None, "")
    return FigureSheet(
        asked,
        span,
        weeks,
        counting.table,
        total=Row(TOTAL, "合计", (), counted.sums() | weekly.sums()),
        own=Row(OWN, "其中本级受理", OWN_ONLY, counted.sums(only_own=True)),
        rows=tuple(_rows(asked, counted, weekly)),
        days=counted_items.by_day(counting.items(asked, span), zone),
        bodies=tuple(_bodies(asked, counted)),
        before=numbers,
        before_words=words,
    )


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts a round for a member: what was chosen, and the weeks."""

    user: StaffUser
    asking: Asking
    table: tuple[Block, ...]

    def items(self, asked: RoundAsked, span: Span) -> "QuerySet[Submission]":
        items = counted_items.counted_items(self.user, asked.desks)
        return items.filter(self.asking.within(span))

    def of(
        self,
        asked: RoundAsked,
        span: Span,
        weeks: Mapping[str, Span],
        *,
        is_before: bool = False,
    ) -> tuple[Counted, Counted]:
        """Of the round before only what both rounds have."""
        chosen = (block for block in self.table if not block.by_week)
        figures = [one for block in chosen for one in block.figures]
        shared = [one for one in figures if not (is_before and one.is_of_one_round)]
        counted = counted_items.count(self.items(asked, span), shared, self.asking)
        return counted, counted_items.by_weeks(self.items(asked, Span()), weeks, self.asking)

    def before(
        self, asked: RoundAsked, before: RoundAsked, span: Span, weeks: Mapping[str, Span]
    ) -> tuple[Numbers, str]:
        """The same days of the round before, counted from the first day of each."""
        shift, today = asked.round.first_day - before.round.first_day, self.asking.today
        same = span.earlier(shift, today)
        same_weeks = {code: week.earlier(shift, today) for code, week in weeks.items()}
        counted, weekly = self.of(before, same, same_weeks, is_before=True)
        return counted.sums() | weekly.sums(), f"{before.round.title}（{same.words}）"


def _weeks(today: date) -> dict[str, Span]:
    return {
        "period.this_week": this_week(today),
        "period.last_week": last_week(today),
        WHOLE_ROUND: Span(),
    }


def _rows(asked: RoundAsked, counted: Counted, weekly: Counted) -> Iterator[Row]:
    """Each desk; under it its bodies about which something came, and what is left over.

    At the office lies what is about any of them and still waits to be sent to a team.
    """
    for desk in asked.desks:
        bodies = [one for one in asked.targets if desk.team_id in (None, one.team_id)]
        code = code_of(desk)
        own = {body.pk for body in bodies}
        at_desk = (("desk", str(desk.pk)),)

        def numbers(
            targets: Iterable[int | None] | None = None, desk: Desk = desk
        ) -> dict[str, int]:
            wanted = None if targets is None else list(targets)
            first = counted.sums(desk=desk.pk, targets=wanted)
            return first | weekly.sums(desk=desk.pk, targets=wanted)

        yield Row(code, str(desk), at_desk, numbers())
        of_bodies = []
        for one in bodies:
            asks: Finds = (*at_desk, ("target", str(one.pk)))
            of_bodies.append(_of_body(one, desk, asks, numbers([one.pk])))
        if bodies and desk.team_id:
            others = {place.target for place in (*counted.by_place, *weekly.by_place)} - own
            words = "没有写明，或者是别组的"
            asks = (*at_desk, ("target", ELSE))
            of_bodies.append(Row(f"{code}-{ELSE}", words, asks, numbers(others), True, code))
        yield from (row for row in of_bodies if row.numbers.get(WHOLE_ROUND))


def _of_body(body: Target, desk: Desk, asks: Finds, numbers: Numbers) -> Row:
    code = code_of(desk)
    if desk.team_id:
        return Row(body.code, body.name, asks, numbers, True, code)
    return Row(f"{body.code}-{code}", f"{body.name}（在{desk}）", asks, numbers, True, code)


def _bodies(asked: RoundAsked, counted: Counted) -> Iterator[Row]:
    """Each body wherever what is about it lies, most first."""
    found = [
        Row(one.code, one.name, (("target", str(one.pk)),), counted.sums(targets=[one.pk]), True)
        for one in asked.targets
    ]
    come = [row for row in found if row.numbers.get(TIMES)]
    yield from sorted(come, key=lambda row: -row.numbers[TIMES])


def code_of(desk: Desk) -> str:
    """By which a figure names the desk: 'team-3', the third of the notice, or 'office'."""
    return f"team-{desk.team.order}" if desk.team else str(desk.kind)
