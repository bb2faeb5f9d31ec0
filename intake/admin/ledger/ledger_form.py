"""Which edition, and for the complete one what for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.casework.ledger.exporting import Wanted
from intake.choices import Edition, ReporterPurpose

NO_REASON = "全要素版写明反映人。请选一条事由，再确认导出。"


class LedgerForm(forms.Form):
    """The contract's fields. The default edition asks for no reason, and keeps none."""

    edition = forms.ChoiceField(
        label=_("版本"),
        choices=Edition.choices,
        error_messages={
            "required": _("请选一个版本。"),
            "invalid_choice": _("请从列出的版本里选一个。"),
        },
    )
    reason = forms.ChoiceField(
        label=_("反映人的姓名和联系方式用来做什么？"),
        choices=[("", _("请选择")), *ReporterPurpose.choices],
        required=False,
        error_messages={"invalid_choice": _("请从列出的事由里选一条。")},
    )

    def clean(self) -> dict[str, Any]:
        """Each time anew: no earlier reason counts."""
        typed = super().clean() or {}
        is_whole = typed.get("edition") == Edition.COMPLETE
        if is_whole and not typed.get("reason") and "reason" not in self.errors:
            self.add_error("reason", NO_REASON)
        return typed

    def wanted(self, *, filters: str, ledger: str) -> Wanted:
        """Of a valid form."""
        edition, reason = Edition(self.cleaned_data["edition"]), self.cleaned_data["reason"]
        purpose = ReporterPurpose(reason) if edition is Edition.COMPLETE else None
        return Wanted(edition, purpose, filters, ledger)
