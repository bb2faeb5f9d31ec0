"""The forms of a record of an opening: what was found, and what the two stand for."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localtime, make_naive
from django.utils.translation import gettext_lazy as _

from inspection.models import DropBox
from intake.admin.login.signing import SignedForm
from intake.casework.boxes.box_openings import CannotOpenBox, Found
from intake.models import Desk, StaffUser
from intake.report.opening_words import LONGEST

MOST, HIGHEST = 5000, 9_999_999
LOCATION_SHOWN = 20
_MINUTES = "%Y-%m-%dT%H:%M"
_YEARS = range(2000, 2100)
SEALED_HINT = "封存在巡察办，列表和留痕里都没有。"


class BoxField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Offers the boxes of the own rounds; where those are several, with the round's name."""

    of_several = False

    def label_from_instance(self, obj: Any) -> str:
        place = f"{obj} {obj.location[:LOCATION_SHOWN]}" if obj.number else str(obj)
        return f"{place}（{obj.round.title}）" if self.of_several else place


class FoundForm(SignedForm):
    """What was found in a box, signed by who writes it down."""

    drop_box = BoxField(
        DropBox.objects.none(),
        label=_("举报箱"),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择举报箱。"), "invalid_choice": _("请选择举报箱。")},
    )
    opened_at = forms.DateTimeField(
        label=_("开箱时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MINUTES),
        error_messages={
            "required": _("请填开箱的日期和时间。"),
            "invalid": _("请按“年-月-日 时:分”填开箱时间。"),
        },
    )
    count = forms.IntegerField(
        label=_("取出件数"),
        min_value=0,
        max_value=MOST,
        help_text=_("两个人一起清点；箱里没有信的填 0。"),
        error_messages={
            "required": _("请填取出了几件，没有的填 0。"),
            "invalid": _("件数写数字。"),
        },
    )
    first_number = forms.IntegerField(
        label=_("起号"),
        required=False,
        min_value=1,
        max_value=HIGHEST,
        help_text=_("当场写在信上的编号，从几号起。"),
        error_messages={"invalid": _("编号写数字。")},
    )
    last_number = forms.IntegerField(
        label=_("止号"),
        required=False,
        min_value=1,
        max_value=HIGHEST,
        help_text=_("到几号止；和件数要对得上。"),
        error_messages={"invalid": _("编号写数字。")},
    )
    damage = forms.CharField(
        label=_("箱体、封条、信件有破损的，写明情况"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="没有破损就空着。" + SEALED_HINT,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, user: StaffUser, at: datetime, **more: Any) -> None:
        super().__init__(data, user=user, at=at, **more)
        boxes, field = boxes_of(user), self.fields["drop_box"]
        if isinstance(field, BoxField):
            field.queryset = boxes
            field.of_several = boxes.order_by().values("round").distinct().count() > 1

    def clean_opened_at(self) -> datetime:
        """As the clocks of the site show it; a year that cannot be is told here."""
        at: datetime = self.cleaned_data["opened_at"]
        if at.year not in _YEARS:
            raise ValidationError(_("请核对开箱的年份。"))
        return at

    def found(self) -> Found:
        """By the clocks of the box's own round."""
        said = self.cleaned_data
        box = said["drop_box"]
        return Found(
            drop_box=box,
            opened_at=make_naive(said["opened_at"]).replace(tzinfo=box.round.zone),
            count=said["count"],
            first_number=said["first_number"],
            last_number=said["last_number"],
            damage=said["damage"],
        )


class StandForm(SignedForm):
    """The password alone, for a record as it was `seen`."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ExplainForm(StandForm):
    """Why the letters are not as many as were counted."""

    explanation = forms.CharField(
        label=_("为什么对不上"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：有一件是广告，没有登记。" + SEALED_HINT,
        error_messages={"required": _("请写明为什么对不上。")},
    )


def boxes_of(user: StaffUser) -> "QuerySet[DropBox]":
    """The boxes of the rounds whose office the member belongs to, the newest round first."""
    offices = Desk.objects.visible_to(user).of_offices()
    boxes = DropBox.objects.filter(round__in=offices.values("round")).select_related("round")
    return boxes.order_by("-round__accepts_until", "round", "order")


def told(form: forms.Form, error: CannotOpenBox) -> None:
    """The refusal, at the field that it is about."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def minute(at: datetime) -> datetime:
    """For a field that shows minutes."""
    return localtime(at).replace(second=0, microsecond=0)
