"""What is asked when an item is sent to another desk."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.models import Target
from intake.admin.who import member
from intake.casework import rerouting
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED
from intake.models import Desk, StaffUser, Submission


class RerouteForm(forms.Form):
    """To which other desk of the round, for which body, and why."""

    desk = forms.ModelChoiceField(
        Desk.objects.none(),
        label=_("改派到"),
        error_messages={
            "required": _("请选择改派到哪个受理席。"),
            "invalid_choice": _("请选择改派到哪个受理席。"),
        },
    )
    target = forms.ModelChoiceField(
        Target.objects.none(), label=_("巡察对象"), required=False, empty_label=_("不改")
    )
    reason = forms.CharField(
        label=_("改派理由"),
        max_length=LONGEST_WORDS_OF_A_DEED,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("封存在办理卷里，新的受理席看得到。"),
        error_messages={"required": _("请写明为什么改派。")},
    )

    def __init__(self, item: Submission, by: StaffUser, data: Any = None) -> None:
        super().__init__(data)
        others = rerouting.destinations(item, by).order_by("team__order")
        targets = Target.objects.filter(team__round=item.round_id).select_related("team")
        self._choose_from("desk", others.select_related("team"))
        self._choose_from("target", targets.order_by("team__order", "order"))

    def _choose_from(self, name: str, rows: "QuerySet[Any]") -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows


def reroute_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form to reroute an item asks; nothing of an item that is not the member's."""
    user = member(request)
    found = Submission.objects.visible_to(user).filter(pk=item_id).first()
    return RerouteForm(found, user).fields if found else {}
