"""办理期限: the office says how long each deadline is, and from when it counts."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import PlainForm
from inspection.screen.asked import received_at
from intake.admin.traces.audited import Audited
from intake.admin.who import member
from intake.casework.deadlines.recounting import recount
from intake.choices.deadline_lists import Happening, RuleCode, Unit
from intake.models import DeadlineRule


class DeadlineRuleAdmin(Audited):
    """One row a rule that the program knows; none is added or deleted by hand."""

    list_display = ("words", "how_long", "begins", "is_used")
    list_display_links = ("words",)
    fields = ("words", "number", "unit", "counts_from", "may_extend", "to_workday", "is_active")
    ordering = ("pk",)
    form: Any = PlainForm

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A beginning that the program's lists know alone is shown, and not asked."""
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "counts_from", "why_fixed") if _why_fixed(obj) else fixed

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Under a beginning that is fixed stands why it is."""
        fields = list(self.fields)
        if _why_fixed(obj):
            fields.insert(fields.index("counts_from") + 1, "why_fixed")
        return fields

    @admin.display(description=_("为什么不能改起算"))
    def why_fixed(self, rule: DeadlineRule) -> str:
        return _why_fixed(rule)

    @admin.display(description=_("期限"))
    def how_long(self, rule: DeadlineRule) -> str:
        unit = Unit(rule.unit).facts
        extended = f"，经批准最多延长{rule.may_extend}{unit}" if rule.may_extend else ""
        return f"{rule.number}{unit}{extended}" if rule.number else "当天"

    @admin.display(description=_("起算"))
    def begins(self, rule: DeadlineRule) -> str:
        begins = f"从{Happening(rule.counts_from).facts.words}起"
        begins = f"{begins}，当天不算" if rule.number else begins
        return f"{begins}（不能改）" if _why_fixed(rule) else begins

    @admin.display(description=_("使用"))
    def is_used(self, rule: DeadlineRule) -> str:
        return "是" if rule.is_active else "否"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Another beginning is one of all items that the rule runs for."""
        super().save_model(request, obj, form, change)
        if "counts_from" in form.changed_data:
            count = recount(obj, by=member(request), at=received_at(request))
            messages.info(request, f"正在按这个期限办理的，有 {count} 件换了起算日。")


def _why_fixed(rule: DeadlineRule | None) -> str:
    return RuleCode(rule.code).facts.why_fixed if rule else ""
