"""The filters of the list of items that figures lead to: an address asks them, and no panel.

Drawn all together they would be longer than the list itself; one is drawn where it is chosen, with
all that it could be. Each is an entry of one table; what it finds stands in `conditions`, by which
the figures are counted too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Q
from django.http import HttpRequest

from inspection.models import FocusTopic, Round
from intake.admin.items.list_filters import Choice, TableFilter
from intake.admin.who import desks_of, round_of
from intake.casework.figures import conditions
from intake.casework.figures.counted_items import is_counted
from intake.models import Desk, Problem

COUNTED, FROM, UNTIL = "counted", "from", "until"
# No report is older, and what lies further ahead no calendar knows.
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter by the name that an address asks with; its choices are read once it does."""

    parameter: str
    title: str
    choices: Callable[[HttpRequest], Mapping[str, Choice]]


class AskedFilter(TableFilter):
    """Not drawn before it is chosen, and then it costs what its choices cost."""

    asked: Asked

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return self.asked.choices(request) if self.asked.parameter in request.GET else {}


def rounds_of(request: HttpRequest) -> dict[Round, list[Desk]]:
    """The rounds of which the member sees desks, newest first, with those that statistics count.

    The head's desk is none of them: what it holds would show in the sums.
    """
    found: dict[Round, list[Desk]] = {}
    for desk in desks_of(request):
        found.setdefault(desk.round, []).extend([] if desk.is_heads else [desk])
    return found


def day_of(typed: str) -> date | None:
    """A day as addresses write it; None for what is none, or lies where none can."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    fits = FIRST_YEAR <= day.year <= LAST_YEAR and day.isoformat() == typed
    return day if fits else None


def _counted(request: HttpRequest) -> dict[str, Choice]:
    return {
        round_.slug: Choice(round_.title, partial(is_counted, desks))
        for round_, desks in rounds_of(request).items()
    }


def _of_facet(name: str) -> Asked:
    facet = conditions.FACETS[name]
    table = _choices(facet.conditions)
    return Asked(name, facet.title, lambda request: table)


def _choices(table: conditions.Conditions) -> dict[str, Choice]:
    return {value: Choice(one.words, one.finds) for value, one in table.items()}


def _main_problems(request: HttpRequest) -> dict[str, Choice]:
    return _choices(conditions.by_main_problem(_problems()))


def _problems_at_all(request: HttpRequest) -> dict[str, Choice]:
    return _choices(conditions.by_any_problem(_problems()))


def _problems() -> list[Problem]:
    return list(Problem.objects.select_related("parent").order_by("order", "code"))


def _focuses(request: HttpRequest) -> dict[str, Choice]:
    rounds = {desk.round_id for desk in desks_of(request)}
    return _choices(conditions.by_focus(FocusTopic.objects.filter(round__in=rounds)))


def _since(request: HttpRequest) -> dict[str, Choice]:
    return _on(request, FROM, "起", conditions.since)


def _until(request: HttpRequest) -> dict[str, Choice]:
    return _on(request, UNTIL, "止", conditions.until)


def _on(request: HttpRequest, name: str, word: str, finds: Callable[..., Q]) -> dict[str, Choice]:
    """Any day can be asked for; the one that is stands as the only choice."""
    round_, day = round_of(request), day_of(request.GET.get(name, ""))
    if round_ is None or day is None:
        return {}
    words = f"{day.isoformat()} {word}"
    return {day.isoformat(): Choice(words, partial(finds, day, round_.zone))}


ASKED: tuple[Asked, ...] = (
    Asked(COUNTED, "计入哪一轮的统计", _counted),
    Asked(FROM, "收件日期从", _since),
    Asked(UNTIL, "收件日期到", _until),
    *map(_of_facet, conditions.FACETS),
    Asked("main_problem", "主要问题", _main_problems),
    Asked("problem", "反映的问题（主要和其他）", _problems_at_all),
    Asked("focus", "四个聚焦", _focuses),
)


def _filter_of(asked: Asked) -> type[AskedFilter]:
    named = {"title": asked.title, "parameter_name": asked.parameter, "asked": asked}
    return type(f"{asked.parameter.title()}Filter", (AskedFilter,), named)


ASKED_FILTERS: tuple[type[AskedFilter], ...] = tuple(map(_filter_of, ASKED))
