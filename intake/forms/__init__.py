"""The citizen's forms. They check and hand over; they do not save, send, route or render."""

from intake.forms.report import ReportForm
from intake.forms.supplement import CodeForm, SupplementForm
from intake.forms.tokens import Sheet, fresh_token, planted_sheet, read_sheet

__all__ = [
    "CodeForm",
    "ReportForm",
    "Sheet",
    "SupplementForm",
    "fresh_token",
    "planted_sheet",
    "read_sheet",
]
