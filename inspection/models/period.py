"""When an inspection runs, as columns: either end is a window of days ('3月下旬')."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspection.notice import Period


class HasPeriod(models.Model):
    """A row of which the notice may say when its inspection starts and ends."""

    period_text = models.CharField(_("巡察时间（原文）"), max_length=200, blank=True)
    period_starts_first = models.DateField(_("最早开始日"), null=True, blank=True)
    period_starts_last = models.DateField(_("最晚开始日"), null=True, blank=True)
    period_ends_first = models.DateField(_("最早结束日"), null=True, blank=True)
    period_ends_last = models.DateField(_("最晚结束日"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period | None:
        """What the columns say, as a notice says it."""
        starts = _days(self.period_starts_first, self.period_starts_last)
        ends = _days(self.period_ends_first, self.period_ends_last)
        is_stated = self.period_text or starts or ends
        return Period(self.period_text, starts, ends) if is_stated else None


def period_columns(period: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns of a period that is given as the record of its facts."""
    stated = period or {}
    starts, ends = (stated.get(end) or (None, None) for end in ("starts", "ends"))
    return {
        "period_text": stated.get("text") or "",
        "period_starts_first": _day(starts[0]),
        "period_starts_last": _day(starts[1]),
        "period_ends_first": _day(ends[0]),
        "period_ends_last": _day(ends[1]),
    }


def _days(first: date | None, last: date | None) -> tuple[str, str] | None:
    """A window of days; a lone day stands twice."""
    days = [day.isoformat() for day in (first, last) if day]
    return (days[0], days[-1]) if days else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
