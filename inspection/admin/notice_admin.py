"""What all pages on which a published fact is corrected have in common."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.offered import OfferedOnly
from inspection.models import Round, Target, Team

M = TypeVar("M", bound=models.Model)

# The browser's own fields need no script and no inline style.
DATE_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME_INPUT = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

if TYPE_CHECKING:

    class PlainInline(admin.StackedInline[M, Any]):
        """An inline that says which model it is for."""

    class PlainForm(forms.ModelForm[M]):
        """A form that says which model it is for."""

else:

    class PlainInline(admin.StackedInline, Generic[M]):
        """An inline that says which model it is for."""

    class PlainForm(forms.ModelForm):
        """A form that says which model it is for."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{"label_suffix": "", **kwargs})

        def __class_getitem__(cls, model: object) -> type:
            return cls


class SaidInWords:
    """Shows whoever may only look a list or hours in words, not as the database keeps them.

    `in_words` names the method that says a field.
    """

    in_words: Mapping[str, str] = MappingProxyType({})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        admin_of_it: Any = super()
        fieldsets = admin_of_it.get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        return [(name, {**how, "fields": self._said(how["fields"])}) for name, how in fieldsets]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        admin_of_it: Any = super()
        return (*admin_of_it.get_readonly_fields(request, obj), *self.in_words.values())

    def _said(self, fields: Any) -> Any:
        return [
            self.in_words.get(field, field) if isinstance(field, str) else self._said(field)
            for field in fields
        ]


class NoticeAdmin(SaidInWords, OfferedOnly[M]):
    """Plain fields, no pop-ups, and a round that is chosen once."""

    formfield_overrides = {
        models.DateField: {"widget": DATE_INPUT},
        models.TimeField: {"widget": TIME_INPUT},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})},
    }
    form: Any = PlainForm
    show_full_result_count = False
    list_per_page = 100

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The field alone, without the buttons that open other pages in a pop-up."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(formfield, ModelChoiceField):
            formfield.widget = getattr(formfield.widget, "widget", formfield.widget)
        return formfield

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        fixed: Any = super().get_readonly_fields(request, obj)
        has_round = any(field.name == "round" for field in self.opts.get_fields())
        return (*fixed, "round") if obj is not None and has_round else fixed

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row stands last in the newest round."""
        initial: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        names = {field.name for field in self.opts.get_fields()}
        newest = Round.objects.newest_first().first()
        if newest is not None and "round" in names:
            initial.setdefault("round", newest.pk)
            if "order" in names:
                rows = self.model._default_manager.filter(round=newest)
                last = rows.aggregate(last=models.Max("order"))["last"]
                initial.setdefault("order", (last or 0) + 1)
        return initial


class OfOneRoundForm(PlainForm[M]):
    """A row whose team and target must belong to its round."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        round_id = getattr(self.instance, "round_id", None)
        if round_id is not None:
            self._narrow("team", Team.objects.filter(round=round_id))
            self._narrow("target", Target.objects.filter(team__round=round_id))

    def _narrow(self, name: str, rows: "models.QuerySet[Any]") -> None:
        field = self.fields.get(name)
        if isinstance(field, ModelChoiceField):
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        round_ = cleaned.get("round") or getattr(self.instance, "round", None)
        team, target = cleaned.get("team"), cleaned.get("target")
        if team and team.round != round_:
            self.add_error("team", ValidationError(_("这个巡察组不属于所选的轮次。")))
        if target and target.team.round != round_:
            self.add_error("target", ValidationError(_("这个巡察对象不属于所选的轮次。")))
        return cleaned
