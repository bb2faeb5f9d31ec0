"""Some days of which events are asked, by the clocks of a place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

from django.db.models import Q

from inspection.schedule import ONE_DAY, midnight

# Patterns are looked for within a quarter; more would read too much at once.
MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included."""

    since: date
    until: date
    zone: tzinfo

    @property
    def count(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def each(self) -> list[date]:
        return [self.since + timedelta(days=n) for n in range(self.count)]

    def found(self) -> Q:
        """The events of these days, by the index on their moments."""
        return between(self.since, self.until, self.zone)

    def weeks(self) -> Iterator["Days"]:
        """Monday to Sunday; the first and the last as far as they lie within."""
        first = self.since
        while first <= self.until:
            last = min(first + timedelta(days=6 - first.weekday()), self.until)
            yield replace(self, since=first, until=last)
            first = last + ONE_DAY


def between(since: date | None, until: date | None, zone: tzinfo) -> Q:
    """Events from one day to another; None where it is open."""
    found = Q(at__gte=midnight(since, zone)) if since else Q()
    return found & Q(at__lt=midnight(until + ONE_DAY, zone)) if until else found
