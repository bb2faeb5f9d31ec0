"""The fields of the case file, and the rows of its accused."""

from typing import Any

from django import forms
from django.http.request import QueryDict
from django.utils.translation import gettext_lazy as _

from intake.admin.bare_text import BareText
from intake.choices import PoliticalStatus, Rank
from intake.report.case_words import ACCUSED_FIELDS, CASE_FIELDS, Accused

MOST_ACCUSED, EMPTY_ROWS = 20, 2
MORE_ROWS = "_more_rows"
_LONG, _SHORT = 4000, 300


def _paragraphs(name: str, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=CASE_FIELDS[name], required=False, max_length=_LONG, widget=area)


def _line(name: str) -> BareText:
    return BareText(label=CASE_FIELDS[name], required=False, max_length=_SHORT)


class WordsForm(forms.Form):
    """All but the accused. The approval's opinion is written by whoever approves."""

    abstract = _paragraphs("abstract", 4)
    materials = _line("materials")
    origin_detail = _line("origin_detail")
    original_number = _line("original_number")
    proposal = _paragraphs("proposal", 2)
    result = _paragraphs("result", 2)
    note = forms.CharField(
        label=_("添一条备注"),
        required=False,
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("备注写上就不改，带上时间和姓名。"),
    )


class AccusedForm(forms.Form):
    """One of the accused; a row that is left empty is nobody."""

    name = BareText(label=ACCUSED_FIELDS["name"], required=False, max_length=50)
    post = BareText(label=ACCUSED_FIELDS["post"], required=False, max_length=100)
    body = BareText(label=ACCUSED_FIELDS["body"], required=False, max_length=100)
    rank = forms.ChoiceField(
        label=ACCUSED_FIELDS["rank"], required=False, choices=[("", _("没有选")), *Rank.choices]
    )
    political = forms.ChoiceField(
        label=ACCUSED_FIELDS["political"],
        required=False,
        choices=[("", _("没有选")), *PoliticalStatus.choices],
    )

    def accused(self) -> Accused:
        """Of a valid row."""
        return Accused(**{name: self.cleaned_data.get(name, "") for name in ACCUSED_FIELDS})


AccusedRows = forms.formset_factory(
    AccusedForm, extra=0, can_delete=True, max_num=MOST_ACCUSED, absolute_max=MOST_ACCUSED * 2
)
INCOMPLETE: dict[str, Any] = {
    "missing_management_form": _("这一页不完整，没有保存。请回到信访件，再填一次。")
}


def rows_of(data: Any = None, initial: Any = None) -> Any:
    """The rows of accused, as typed, or with a few empty ones below those that are known."""
    rows = AccusedRows(
        data,
        initial=initial,
        prefix="accused",
        form_kwargs={"label_suffix": ""},
        error_messages=INCOMPLETE,
    )
    rows.extra = EMPTY_ROWS
    return rows


def accused_in(rows: Any, main: int) -> tuple[Accused, ...]:
    """Of valid rows: the main one first, the others in their order."""
    people = [
        (number != main, row.accused())
        for number, row in enumerate(rows.forms)
        if not row.cleaned_data.get("DELETE")
    ]
    return tuple(one for _is_other, one in sorted(people, key=lambda pair: pair[0]))


def are_different_people(rows: Any) -> bool:
    """Whether nobody stands there twice; the error stands at the name.

    The same name in two bodies is two people; without a body it is anybody of that name.
    """
    seen: dict[str, set[str]] = {}
    is_right = True
    for row in rows.forms:
        name, body = row.cleaned_data.get("name", ""), row.cleaned_data.get("body", "")
        if row.cleaned_data.get("DELETE") or not name:
            continue
        before = seen.setdefault(name, set())
        if before and (not body or body in before or "" in before):
            row.add_error("name", _("这个人前面已经写过一次。是同名的两个人，请都写明单位。"))
            is_right = False
        before.add(body)
    return is_right


def with_more_rows(data: QueryDict) -> QueryDict:
    """The same form with further empty rows for accused; nothing is saved by it."""
    more = data.copy()
    there = number_in(data.get("accused-TOTAL_FORMS", ""))
    more["accused-TOTAL_FORMS"] = str(min(there + EMPTY_ROWS, MOST_ACCUSED))
    return more


def case_fields() -> dict[str, Any]:
    """Every field with its name, for whoever gives typed words back."""
    rows = {
        f"accused-{number}-{name}": field
        for number in range(MOST_ACCUSED)
        for name, field in AccusedForm.base_fields.items()
    }
    return {**WordsForm.base_fields, **rows}


def number_in(typed: str) -> int:
    """A small number that a page brought along; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
