"""The citizen's forms. They check and hand over; they do not save, send, route or render."""

from intake.citizen.forms.form_sheet import Sheet, fresh_token, planted_sheet, read_sheet
from intake.citizen.forms.report_form import ReportForm
from intake.citizen.forms.supplement_form import CodeForm, SupplementForm

__all__ = [
    "CodeForm",
    "ReportForm",
    "Sheet",
    "SupplementForm",
    "fresh_token",
    "planted_sheet",
    "read_sheet",
]
