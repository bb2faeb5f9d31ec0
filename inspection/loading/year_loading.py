"""A year's arrangement of holidays into rows, with what that changes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from inspection.holidays.arrangement import NEW_YEAR, ArrangedDay, Arrangement
from inspection.models import WorkCalendarDay


class NotLoadable(ValueError):
    """An arrangement without its year, or one that contradicts itself."""


@dataclass(frozen=True, slots=True)
class YearDifference:
    """What loading changes: `changed` holds the day as it stands and as the notice has it."""

    added: tuple[ArrangedDay, ...] = ()
    changed: tuple[tuple[ArrangedDay, ArrangedDay], ...] = ()
    removed: tuple[ArrangedDay, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def difference(arrangement: Arrangement) -> YearDifference:
    """What stands in the rows otherwise than in the notice."""
    stored = {row.date: _as_arranged(row) for row in _rows_of(arrangement)}
    wanted = {day.date: day for day in arrangement.days}
    both = [(stored[day], wanted[day]) for day in sorted(stored.keys() & wanted.keys())]
    return YearDifference(
        tuple(wanted[day] for day in sorted(wanted.keys() - stored.keys())),
        tuple((old, new) for old, new in both if old != new),
        tuple(stored[day] for day in sorted(stored.keys() - wanted.keys())),
    )


def load_year(arrangement: Arrangement) -> YearDifference:
    """Makes the rows of the year what the notice says. Raises NotLoadable."""
    if arrangement.year is None or arrangement.problems:
        raise NotLoadable
    with transaction.atomic():
        found = difference(arrangement)
        _rows_of(arrangement).filter(date__in=[day.date for day in found.removed]).delete()
        for day in (*found.added, *(new for _old, new in found.changed)):
            values = {"is_workday": day.is_workday, "name": day.name}
            WorkCalendarDay.objects.update_or_create(date=day.date, defaults=values)
    return found


def _rows_of(arrangement: Arrangement) -> "QuerySet[WorkCalendarDay]":
    """The rows that the notice of a year decides.

    The December days of the next year's 元旦 were said by the notice of that year.
    """
    if arrangement.year is None:
        return WorkCalendarDay.objects.none()
    in_year = Q(date__year=arrangement.year)
    of_next = Q(date__gte=date(arrangement.year, 12, 1), name__startswith=NEW_YEAR)
    told = [day.date for day in arrangement.days]
    return WorkCalendarDay.objects.filter(Q(in_year & ~of_next) | Q(date__in=told))


def _as_arranged(row: WorkCalendarDay) -> ArrangedDay:
    return ArrangedDay(row.date, row.is_workday, row.name)
