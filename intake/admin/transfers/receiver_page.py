"""接收单位: the office keeps the table of whom items may be transferred to."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import PlainForm
from intake.admin.traces.audited import Audited
from intake.admin.who import member, office_rounds
from intake.choices import Nature, ReceiverKind
from intake.models import Receiver
from intake.models.codes_field import as_codes, codes_in


class ReceiverForm(PlainForm[Receiver]):
    """What it takes is ticked; what does not fit together is said at its field."""

    takes = forms.MultipleChoiceField(
        label=_("接收哪些性质的信访件"),
        choices=Nature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个也不勾，就什么都不能移交给它。"),
    )

    class Meta:
        model = Receiver
        fields = ("kind", "name", "address", "takes", "target", "under", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["takes"] = codes_in(self.instance.takes)

    def clean_takes(self) -> str:
        return as_codes(self.cleaned_data["takes"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, target, under = (cleaned.get(name) for name in ("kind", "target", "under"))
        if kind == ReceiverKind.INSPECTED and target is None and "target" in cleaned:
            self.add_error("target", ValidationError(_("被巡察单位要选是哪个巡察对象。")))
        if under is not None and self.instance in under.and_those_above():
            words = _("这样就归它自己管了：请选管它的上级单位。")
            self.add_error("under", ValidationError(words))
        return cleaned


class ReceiverAdmin(Audited):
    """One table for all rounds; inspected bodies are those of the own rounds."""

    form: Any = ReceiverForm
    list_display = ("name", "kind", "natures", "under", "in_use")
    list_display_links = ("name",)
    list_filter = ("kind", "is_active")
    list_select_related = ("target__team", "under")
    fields = ("kind", "name", "address", "takes", "target", "under", "is_active")
    ordering = ("kind", "name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        ours = Q(target__isnull=True) | Q(target__team__round__in=office_rounds(member(request)))
        return super().get_queryset(request).filter(ours)

    @admin.display(description=_("接收"))
    def natures(self, receiver: Receiver) -> str:
        return receiver.natures_in_words or "—"

    @admin.display(description=_("可以选"))
    def in_use(self, receiver: Receiver) -> str:
        return "是" if receiver.is_active else "否"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Bodies of the own rounds, and other receivers."""
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "under" and formfield is not None:
            formfield.queryset = self.get_queryset(request)
        return formfield

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field alone, without the buttons that open other pages in a pop-up."""
        formfield: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(formfield, forms.ModelChoiceField):
            formfield.widget = getattr(formfield.widget, "widget", formfield.widget)
        return formfield
