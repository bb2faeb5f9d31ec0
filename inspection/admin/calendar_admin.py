"""工作日安排: the days that differ from their weekday."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from inspection.admin.notice_admin import NoticeAdmin
from inspection.admin.year_page import year_view
from inspection.models import WorkCalendarDay


class WorkCalendarDayAdmin(NoticeAdmin[WorkCalendarDay]):
    """One row a day; a year whose New Year's Day is not among them is unknown."""

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

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.year_view)
        return [path("year/", page, name="inspection_workcalendarday_year"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def year_view(self, request: HttpRequest) -> HttpResponse:
        """A whole year out of the State Council's notice."""
        return year_view(self, request)
