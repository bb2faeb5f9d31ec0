"""What is asked for a list of items that are archived, or are not, and for signing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.admin.login.signing import SignedForm
from intake.casework.ending.appraising import Judged
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED
from intake.choices import NotKeptReason
from intake.models import Desk, RetentionClass, Submission

_KEPT, _NOT = "kept", "not"
_NO_CHOICE = {"required": _("请选。"), "invalid_choice": _("请从列出的里面选。")}


class AppraiseForm(forms.Form):
    """Which items, and what becomes of them."""

    items = forms.MultipleChoiceField(
        label=_("信访件"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={**_NO_CHOICE, "required": _("请至少选一件。")},
    )
    kind = forms.ChoiceField(
        label=_("归档还是不归档"),
        choices=[(_KEPT, _("归档")), (_NOT, _("不归档"))],
        widget=forms.RadioSelect,
        error_messages=_NO_CHOICE,
    )
    retention = forms.ModelChoiceField(
        RetentionClass.objects.none(),
        label=_("归档的：保管期限"),
        required=False,
        empty_label=_("请选"),
        error_messages=_NO_CHOICE,
    )
    reason = forms.ChoiceField(
        label=_("不归档的：理由"),
        choices=[("", _("请选")), *NotKeptReason.choices],
        required=False,
        error_messages=_NO_CHOICE,
    )
    words = forms.CharField(
        label=_("说明"),
        max_length=LONGEST_WORDS_OF_A_DEED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可以不写。封存起来，只有能看这份清单的人看得到。"),
    )

    def __init__(self, desk: Desk, offered: list[Submission], data: Any = None) -> None:
        super().__init__(data, label_suffix="", prefix=f"desk{desk.pk}")
        self.desk, self.offered = desk, offered
        items, retention = self.fields["items"], self.fields["retention"]
        if isinstance(items, forms.MultipleChoiceField):
            items.choices = [(str(one.pk), _line(one)) for one in offered]
        if isinstance(retention, forms.ModelChoiceField):
            retention.queryset = RetentionClass.objects.filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        """Of the two that depend on the kind, the one that it needs."""
        said: dict[str, Any] = super().clean() or {}
        needed = {_KEPT: "retention", _NOT: "reason"}.get(said.get("kind", ""))
        if needed and not said.get(needed) and needed not in self.errors:
            self.add_error(
                needed, _("请选保管期限。") if needed == "retention" else _("请选理由。")
            )
        return said

    def judged(self) -> Judged:
        """Of a valid form."""
        said = self.cleaned_data
        if said["kind"] == _KEPT:
            return Judged(retention=said["retention"], words=said["words"])
        return Judged(reason=said["reason"], words=said["words"])


class SignForm(SignedForm):
    """The own password alone."""


def _line(item: Submission) -> str:
    nature = item.get_nature_display() if item.nature else "没有甄别"
    return f"{item}　{item.get_way_display()}　{nature}　{item.desk}"
