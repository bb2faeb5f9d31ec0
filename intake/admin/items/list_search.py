"""Finding items by number, body, day, way and status; never by what was written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, reduce
from operator import and_
from zoneinfo import ZoneInfo

from django.db.models import Q

from inspection.current.target_finder import TargetFinder
from inspection.models import Round, Target
from intake.casework.figures import conditions
from intake.casework.search.search_terms import Span, Term, plain_word, read_search
from intake.choices import NumberSeries, Status, Way

NOTHING = Q(pk__in=())


def found_by(
    term: str,
    *,
    rounds: Sequence[Round],
    bodies: Callable[[], Sequence[Target]],
    today: date,
    zone: ZoneInfo,
) -> Q:
    """'8-0157' or '157' a number; '4月15日', '昨天' days; '来信', '待研判' a way and a status.

    Anything else is one of the `bodies`; several of them, with spaces between, all must hold.
    """
    meant = read_search(term, today, known_words())
    chosen = [Q(**{f"{column}__in": codes}) for column, codes in meant.chosen.items()]
    return reduce(and_, chosen + [_found_by(one, rounds, bodies, zone) for one in meant.terms])


def _found_by(
    meant: Term, rounds: Sequence[Round], bodies: Callable[[], Sequence[Target]], zone: ZoneInfo
) -> Q:
    if meant.words:
        # The few bodies are looked up by themselves: joined to every item they would be read
        # each time.
        return Q(target__in=[body.pk for body in TargetFinder(bodies()).find(meant.words).targets])
    return numbered(meant, rounds) | _received(meant.days, zone)


@cache
def known_words() -> Mapping[str, tuple[str, str]]:
    """Column and code of each way and status, by its word; '办结' is '已办结', '了解' '了解中'."""
    found: dict[str, tuple[str, str]] = {}
    for column, choices in (("way", Way), ("status", Status)):
        labels = {str(one.label): (column, str(one.value)) for one in choices}
        shorter = {
            label.removeprefix("已").removesuffix("中"): code for label, code in labels.items()
        }
        for word, code in {**shorter, **labels}.items():
            found.setdefault(plain_word(word), code)
    return found


def numbered(meant: Term, rounds: Sequence[Round]) -> Q:
    """Items of that number, in the round that was named or in any of them."""
    if meant.number is None:
        return NOTHING
    of_it = [
        round_.pk
        for round_ in rounds
        if meant.ordinal is None or meant.ordinal == (round_.ordinal or round_.pk)
    ]
    found = Q(round__in=of_it, number=meant.number)
    return found & Q(number_series=NumberSeries.HEAD) if meant.is_heads else found


def _received(days: Span | None, zone: ZoneInfo) -> Q:
    return (
        conditions.since(days.first, zone) & conditions.until(days.last, zone) if days else NOTHING
    )
