"""保管期限: the office's own table of classes of paper. None is deleted, since lists name it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import PlainForm
from intake.admin.traces.audited import Audited
from intake.models import RetentionClass


class RetentionClassAdmin(Audited):
    """What is no longer used is only shut: the 档号 that were given stay."""

    list_display = ("name", "period", "fonds", "is_used")
    fields = ("name", "period", "fonds", "genre", "body_code", "is_active")
    form: Any = PlainForm

    @admin.display(description=_("可以选"))
    def is_used(self, row: RetentionClass) -> str:
        return "是" if row.is_active else "否"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
