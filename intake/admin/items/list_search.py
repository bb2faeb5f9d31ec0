"""Finding an item by its number, its body or its day; never by what was written."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from inspection.current.target_finder import TargetFinder
from inspection.models import Round, Target
from intake.casework.search.search_terms import Span, Term, read_term
from intake.choices import NumberSeries

NOTHING = Q(pk__in=())


def found_by(
    term: str,
    *,
    rounds: Sequence[Round],
    bodies: Callable[[], Sequence[Target]],
    today: date,
    zone: ZoneInfo,
) -> Q:
    """'8-0157' or '157' a number; '4月15日', '昨天' days; anything else one of the `bodies`."""
    meant = read_term(term, today)
    if meant.words:
        # The few bodies are looked up by themselves: joined to every item they would be read
        # each time.
        return Q(target__in=[body.pk for body in TargetFinder(bodies()).find(meant.words).targets])
    return numbered(meant, rounds) | _received(meant.days, zone)


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
    if days is None:
        return NOTHING
    starts = datetime.combine(days.first, time(0), zone)
    ends = datetime.combine(days.last + timedelta(days=1), time(0), zone)
    return Q(received_at__gte=starts, received_at__lt=ends)
