"""Chinese working days, from the official arrangement of each year."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspection.models.edition import AnnouncedQuerySet
from inspection.schedule import Calendar


class WorkCalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or a weekend day that is worked."""

    date = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=30, blank=True)

    objects = AnnouncedQuerySet["WorkCalendarDay"].as_manager()

    class Meta:
        verbose_name = _("工作日安排")
        verbose_name_plural = _("工作日安排")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"

    @classmethod
    def calendar(cls) -> Calendar:
        """All that is known: a year without a row for its New Year's Day is unknown.

        A single row of another day is not enough: the next year's holiday may begin in December.
        """
        exceptions: dict[date, bool] = dict(cls.objects.values_list("date", "is_workday"))
        known = frozenset(day.year for day in exceptions if (day.month, day.day) == (1, 1))
        return Calendar(exceptions=exceptions, years=known)
