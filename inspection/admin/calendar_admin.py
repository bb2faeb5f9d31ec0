"""工作日安排: the days that differ from their weekday."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import NoticeAdmin
from inspection.models import WorkCalendarDay


class WorkCalendarDayAdmin(NoticeAdmin[WorkCalendarDay]):
    """One row a day; a year without a single row is unknown."""

    list_display = ("date", "name", "work_or_rest")
    list_display_links = ("date",)
    list_filter = ("is_workday",)
    search_fields = ("date", "name")
    search_help_text = "年份、日期或节日"
    fields = ("date", "is_workday", "name")
    ordering = ("-date",)

    @admin.display(description=_("上班还是休息"), ordering="is_workday")
    def work_or_rest(self, day: WorkCalendarDay) -> str:
        return "上班" if day.is_workday else "休息"
