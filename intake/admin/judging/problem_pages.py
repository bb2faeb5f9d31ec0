"""问题类别: the office keeps what items are judged by. None is deleted, since items may name it."""

from typing import Any

from django.contrib import admin
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import PlainForm
from intake.admin.traces.audited import Audited
from intake.models import Problem


class ProblemAdmin(Audited):
    """Two levels; what is taken out stays with the items that have it."""

    list_display = ("__str__", "level", "order", "is_used")
    list_display_links = ("__str__",)
    fields = ("name", "parent", "order", "is_active")
    form: Any = PlainForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Problem.objects.select_related("parent")

    @admin.display(description=_("级别"))
    def level(self, problem: Problem) -> str:
        return "二级" if problem.parent_id else "一级"

    @admin.display(description=_("可以选"))
    def is_used(self, problem: Problem) -> str:
        return "是" if problem.is_active else "否"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Problem.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Its code is nobody's to choose: items keep it, and names may change."""
        if not change:
            last = Problem.objects.aggregate(last=Max("pk"))["last"] or 0
            obj.code = f"p{last + 1}"
        super().save_model(request, obj, form, change)
