"""工作日安排: the days that differ from their weekday."""

from inspection.admin.base import NoticeAdmin
from inspection.models import WorkCalendarDay


class WorkCalendarDayAdmin(NoticeAdmin[WorkCalendarDay]):
    """One row a day; a year without a single row is unknown."""

    list_display = ("date", "name", "is_workday")
    list_display_links = ("date",)
    list_filter = ("is_workday",)
    search_fields = ("date", "name")
    search_help_text = "年份、日期或节日"
    fields = ("date", "is_workday", "name")
    ordering = ("-date",)
