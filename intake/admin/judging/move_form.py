"""The small form of one move: its fields are those that the table of moves asks for."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.casework.moving.move_table import Move, Need
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED, SENTENCES, Given, Missing
from intake.choices import Handling, Status

AGREED = _("同意。")


def _words(label: Any, need: Need, **options: Any) -> forms.Field:
    return forms.CharField(
        label=label,
        max_length=LONGEST_WORDS_OF_A_DEED,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": SENTENCES[need]},
        **options,
    )


def _handling() -> forms.Field:
    return forms.ChoiceField(
        label=_("处理方式"),
        choices=Handling.choices,
        widget=forms.RadioSelect,
        error_messages={"required": SENTENCES[Need.HANDLING]},
    )


# By what a move needs; the facts that are judged have a form of their own.
FIELDS: dict[Need, Callable[[], forms.Field]] = {
    Need.HANDLING: _handling,
    Need.OPINION: lambda: _words(_("意见"), Need.OPINION),
    Need.REASON: lambda: _words(_("理由"), Need.REASON),
    Need.RESULT: lambda: _words(_("办理结果"), Need.RESULT),
}


def fields_for(needs: tuple[Need, ...]) -> dict[str, forms.Field]:
    """By their names, in the order of the table."""
    return {need.value: FIELDS[need]() for need in needs if need in FIELDS}


class MoveForm(forms.Form):
    """What one move of one item asks; nothing but a button where it asks nothing."""

    def __init__(
        self,
        move: Move,
        data: Any = None,
        *,
        needs: tuple[Need, ...] | None = None,
        result: str = "",
        **options: Any,
    ) -> None:
        """`result` is what the case file says already, such as a body's written answer."""
        super().__init__(data, auto_id=f"id_{move.to}_%s", label_suffix="", **options)
        self.move = move
        self.fields.update(fields_for(move.needs if needs is None else needs))
        if "opinion" in self.fields and move.before != Status.TO_ASSESS:
            self.fields["opinion"].initial = AGREED
        if "result" in self.fields:
            self.fields["result"].initial = result

    def given(self) -> dict[str, Any]:
        """The fields of a valid form, for `moving.move`."""
        return {name: str(self.cleaned_data[name]) for name in self.fields}

    def add_missing(self, missing: Missing) -> None:
        """Each sentence at its field, or above all where there is no such field."""
        for name, sentence in missing.sentences.items():
            self.add_error(name if name in self.fields else None, sentence)


def typed_of(data: Any) -> Given:
    """What came with a form, whether or not it is one."""
    return Given(
        **{name: str(data.get(name, "")) for name in ("handling", "opinion", "reason", "result")}
    )
