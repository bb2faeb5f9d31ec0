"""The forms of sealed matters: what is recorded, and what the two sign."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import DATE_INPUT
from inspection.models import Round
from intake.admin.login.signing import SignedForm
from intake.casework.sealed.sealed_matters import CannotKeepSealed
from intake.models import Desk, StaffUser

_DAY = {"required": _("请填日期。"), "invalid": _("日期请写成“2026-03-02”这样。")}


class KeepForm(forms.Form):
    """When it came, and who keeps it; `expected` is the number that it will have."""

    received_on = forms.DateField(label=_("收件日期"), widget=DATE_INPUT, error_messages=_DAY)
    keeper = forms.ModelChoiceField(
        StaffUser.objects.none(),
        label=_("保管人"),
        empty_label=None,
        error_messages={"invalid_choice": _("请选择保管人。"), "required": _("请选择保管人。")},
    )
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, keepers: "QuerySet[StaffUser]", **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        field = self.fields["keeper"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = keepers


class CorrectForm(KeepForm):
    """The same of one that was recorded wrongly; `seen` is what the page had shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    expected = None  # type: ignore[assignment]


class SendForm(SignedForm):
    """The day on which it went up, signed by who sends it."""

    sent_on = forms.DateField(label=_("上送日期"), widget=DATE_INPUT, error_messages=_DAY)


class WitnessForm(SignedForm):
    """The password alone, for the day that was `seen`."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


def newest_round_of(user: StaffUser) -> Round | None:
    """The round in which the member's office keeps sealed matters now."""
    offices = Desk.objects.visible_to(user).of_offices().values("round")
    return Round.objects.newest_first().filter(pk__in=offices).first()


def keep_fields(request: HttpRequest) -> dict[str, Any]:
    """What the page of a new matter asks."""
    return KeepForm(keepers=StaffUser.objects.none()).fields


def sign_fields(request: HttpRequest, object_id: str) -> dict[str, Any]:
    """What both forms of a matter ask."""
    return {**SendForm.base_fields, **WitnessForm.base_fields, **CorrectForm.base_fields}


def told(form: forms.Form, error: CannotKeepSealed) -> None:
    """The refusal, at the field that it is about."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
