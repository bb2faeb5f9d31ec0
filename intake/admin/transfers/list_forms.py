"""The forms of a list: what a deed asks, what an abstract says, and where items are put."""

from collections.abc import Sequence
from typing import Any

from django import forms

from inspection.admin.notice_admin import DATE_INPUT
from intake.casework.transfers.list_faults import BACK_TO, Given, NotFilled, asks_of
from intake.casework.transfers.list_table import DAYS, Asked, ListDeed, Step
from intake.choices import ListKind, ListState
from intake.models import Receiver, StaffUser, TransferEntry, TransferList
from intake.report.transfer_words import ENTRY_FIELDS, EntryWords

_ROWS = {"abstract": 8, "accused": 2, "reason": 2}
LABELS = {
    Asked.NUMBER: "文号",
    Asked.SENT_ON: "送出日期",
    Asked.SIGNED_ON: "签收日期",
    Asked.SIGNER: "签收人",
    Asked.OBJECTION_ON: "提出异议的日期",
    Asked.ENTRIES: "对哪几件有异议",
    Asked.RETURNED_ON: "退回日期",
    Asked.BACK_TO: "退回以后",
    Asked.FEEDBACK_ON: "反馈日期",
    Asked.REMINDED_ON: "督办日期",
    Asked.REASON: "理由",
    Asked.RESULT: "反馈的结果",
}


class DeedForm(forms.Form):
    """The fields of one deed; the use case says what is missing, so that it is said once."""

    def __init__(
        self,
        deed: ListDeed,
        row: TransferList,
        entries: Sequence[TransferEntry],
        data: Any = None,
    ) -> None:
        super().__init__(data, label_suffix="", auto_id=f"id_{deed.step}_%s")
        self.deed = deed
        still_open = [entry for entry in entries if entry.is_open]
        for asked in asks_of(deed, row):
            self.fields[asked.value] = field_of(asked, still_open)
        if deed.step == Step.ANSWER:
            self.fields[Asked.ENTRIES.value].label = "反馈的是哪几件（不选就是下面全部）"

    def given(self) -> Given:
        """For `list_moves.do`; a date that is none is missing."""
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        if "entries" in values:
            values["entries"] = tuple(int(key) for key in values["entries"])
        return Given(**values)

    def add_missing(self, missing: NotFilled) -> None:
        """Each sentence at its field, or above all where there is no such field."""
        for name, sentence in missing.sentences.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, sentence)


def field_of(asked: Asked, entries: Sequence[TransferEntry] = ()) -> forms.Field:
    """The field that asks for it."""
    common: dict[str, Any] = {"label": LABELS[asked], "required": False}
    if asked in DAYS:
        return forms.DateField(widget=DATE_INPUT, **common)
    if asked is Asked.ENTRIES:
        choices = [(str(entry.pk), str(entry.submission)) for entry in entries]
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, **common)
    if asked is Asked.BACK_TO:
        words = [("", "请选"), *((status.value, str(status.label)) for status in BACK_TO)]
        return forms.ChoiceField(choices=words, **common)
    if asked in (Asked.REASON, Asked.RESULT):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
    return forms.CharField(**common)


class AbstractForm(forms.Form):
    """What the receiver will read of one item."""

    def __init__(self, words: EntryWords | None = None, data: Any = None) -> None:
        initial = {name: getattr(words, name) for name in ENTRY_FIELDS} if words else None
        super().__init__(data, initial=initial, label_suffix="")
        for name, label in ENTRY_FIELDS.items():
            widget = (
                forms.Textarea(attrs={"rows": _ROWS[name]}) if name in _ROWS else forms.TextInput()
            )
            self.fields[name] = forms.CharField(label=label, required=False, widget=widget)

    def words(self) -> EntryWords:
        """For `abstracts.write`."""
        return EntryWords(**self.cleaned_data)

    def add_faults(self, sentences: dict[str, str]) -> None:
        for name, sentence in sentences.items():
            self.add_error(name or None, sentence)


class DraftField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Offers drafts, which have no number yet, by their receiver."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.receiver}（{obj.made_at.astimezone(obj.round.zone):%m-%d %H:%M} 起草）"


class GatherForm(forms.Form):
    """A new list for a receiver, or a draft that there is."""

    receiver = forms.ModelChoiceField(
        Receiver.objects.none(), label="接收单位", required=False, empty_label="请选"
    )
    draft = DraftField(
        TransferList.objects.none(),
        label="放进已有的草稿",
        required=False,
        empty_label="不放，新起一份",
    )

    def __init__(self, kind: ListKind, round_id: int, by: StaffUser, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        drafts = TransferList.objects.visible_to(by).filter(round=round_id, kind=kind)
        drafts = drafts.filter(state=ListState.DRAFT).select_related("receiver", "round")
        self._choose_from("draft", drafts)
        if kind == ListKind.FIX:
            del self.fields["receiver"]
        else:
            self._choose_from("receiver", Receiver.objects.choosable(round_id))

    def _choose_from(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows
