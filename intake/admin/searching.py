"""Finding an item by its number, its body or its day; never by what was written."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from inspection.models import Target
from inspection.unseen import bare

LONGEST = 100
YEARS = range(2000, 2200)
_NUMBER = re.compile(r"(?:\d{1,3}-)?0*(\d{1,6})")
_DAY = re.compile(r"(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})日?")


def found_by(term: str, *, today: date, zone: ZoneInfo) -> Q:
    """'8-0157' or '157' a number; '4月15日', '2025-04-15' a day; anything else a body."""
    words = unicodedata.normalize("NFKC", bare(term)).strip()[:LONGEST]
    number, day = _NUMBER.fullmatch(words), _day(words, today)
    found = Q(number=int(number.group(1))) if number else Q(pk__in=())
    if day is not None:
        starts = datetime.combine(day, time(0), zone)
        return found | Q(received_at__gte=starts, received_at__lt=starts + timedelta(days=1))
    # The few bodies are looked up by themselves: joined to every item they would be read each time.
    named = Q(name__icontains=words) | Q(search_key__icontains=words.lower())
    return found | Q(target__in=Target.objects.filter(named).values("pk"))


def _day(words: str, today: date) -> date | None:
    """The day that was meant; without a year, the latest such day."""
    match = _DAY.fullmatch(words)
    if match is None:
        return None
    year, month, day = match.groups()
    years = [int(year)] if year else [today.year, today.year - 1]
    for candidate in years:
        try:
            meant = date(candidate, int(month), int(day))
        except ValueError:
            continue
        if candidate in YEARS and (year or meant <= today):
            return meant
    return None
