"""甄别: one form for what an item is, of closed lists and of tables that the office edits."""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.models import FocusTopic
from intake.admin.who import member
from intake.casework.moving.judging import Judged, facts_of, put_in
from intake.choices import Nature, Rank, Scope, Signature, Topic
from intake.models import Problem, Submission
from intake.models.codes_field import as_codes, codes_in

# Every page of the form carries this, beside whatever else it had shown.
SHOWN = "initial-scope"
NOT_CHOSEN = ("", "还没有选")
_LONGEST = Submission._meta.get_field("other_problems").max_length or 0
TOO_MANY = _("其他问题选得太多了，请只留主要的几项。")
# The audit's words for each field are those of the form; a page that shows both has one table.
LABELS = {
    "scope": _("受理范围"),
    "nature": _("信访件性质"),
    "main_problem": _("主要问题"),
    "other_problems": _("其他问题"),
    "focus": _("四个聚焦"),
    "topics": _("专题"),
    "signature": _("署名"),
    "rank": _("职级"),
    "is_important": _("重要件"),
}


class JudgingForm(forms.Form):
    """Everything that is judged, as it stands with the item."""

    scope = forms.ChoiceField(
        label=LABELS["scope"], choices=Scope.choices, widget=forms.RadioSelect
    )
    nature = forms.ChoiceField(
        label=LABELS["nature"], choices=[NOT_CHOSEN, *Nature.choices], required=False
    )
    main_problem = forms.ModelChoiceField(
        Problem.objects.none(),
        label=LABELS["main_problem"],
        required=False,
        empty_label=NOT_CHOSEN[1],
    )
    other_problems = forms.MultipleChoiceField(
        label=LABELS["other_problems"], required=False, widget=forms.CheckboxSelectMultiple
    )
    focus = forms.ModelChoiceField(
        FocusTopic.objects.none(), label=LABELS["focus"], required=False, empty_label="都不是"
    )
    topics = forms.MultipleChoiceField(
        label=LABELS["topics"],
        required=False,
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    signature = forms.ChoiceField(label=LABELS["signature"], choices=Signature.choices)
    rank = forms.ChoiceField(
        label=LABELS["rank"], choices=[NOT_CHOSEN, *Rank.choices], required=False
    )
    is_important = forms.BooleanField(label=LABELS["is_important"], required=False)

    def __init__(
        self, item: Submission, data: Any = None, *, auto_id: str = "id_judge_%s", **more: Any
    ) -> None:
        """`more` is what further fields of a form of this kind start with."""
        super().__init__(
            _with_what_was_empty(data),
            initial={**initial_of(item), **more},
            auto_id=auto_id,
            label_suffix="",
        )
        for field in self.fields.values():
            field.show_hidden_initial = True
        problems = list(_problems(item))
        self._choose("main_problem", Problem.objects.filter(pk__in=[one.pk for one in problems]))
        self._choose("focus", FocusTopic.objects.filter(round=item.round_id))
        others: Any = self.fields["other_problems"]
        others.choices = [(one.code, str(one)) for one in problems]

    def clean_other_problems(self) -> list[str]:
        codes: list[str] = self.cleaned_data["other_problems"]
        if len(as_codes(codes)) > _LONGEST:
            raise forms.ValidationError(TOO_MANY)
        return codes

    def over(self, now: Submission) -> "JudgingForm":
        """Over what others stored meanwhile: only what was touched here stays as it was sent."""
        return JudgingForm(now, data_over(self, initial_of(now), is_whole=SHOWN in self.data))

    def judged(self) -> Judged:
        """Of a valid form."""
        found = self.cleaned_data
        several = {name: tuple(found[name]) for name in ("other_problems", "topics")}
        return Judged(**{**found, **several})

    def _choose(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows.select_related("parent") if name == "main_problem" else rows


def data_over(form: forms.Form, stands: Mapping[str, Any], *, is_whole: bool = True) -> Any:
    """What was sent of a form over what stands now; a `whole` one says what its fields had been."""
    untouched = set(form.changed_data) ^ set(form.fields) if is_whole else set()
    data: Any = copy(form.data)
    for name, value in stands.items():
        sent = as_sent(value)
        data.setlist(f"initial-{name}", sent)
        if name in untouched:
            data.setlist(name, sent)
    return data


def judging_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks; nothing of an item that is not the member's."""
    found = Submission.objects.visible_to(member(request)).filter(pk=item_id).first()
    return JudgingForm(found).fields if found else {}


def in_words(facts: dict[str, str]) -> list[tuple[str, str]]:
    """What `judging.facts_of` says, as staff read it: label and words."""
    lists: dict[str, dict[str, Any]] = {
        "scope": dict(Scope.choices),
        "nature": dict(Nature.choices),
        "signature": dict(Signature.choices),
        "rank": dict(Rank.choices),
        "topics": dict(Topic.choices),
        "is_important": {"yes": "是", "no": "否"},
    }
    said = []
    for name, value in facts.items():
        known = lists.get(name, {})
        words = "、".join(str(known.get(code, code)) for code in value.split(",") if code)
        said.append((str(LABELS[name]), words or NOT_CHOSEN[1]))
    return said


def facts_in_words(item: Submission) -> list[tuple[str, str]]:
    """The same of an item as it stands."""
    return in_words(facts_of(item))


def differing(now: Submission, judged: Judged) -> Iterator[tuple[str, str, str]]:
    """Label, what stands with the item now, and what this would make of it."""
    mine = copy(now)
    put_in(mine, judged)
    pairs = zip(facts_in_words(now), facts_in_words(mine), strict=True)
    yield from ((label, theirs, own) for (label, theirs), (_, own) in pairs if theirs != own)


def initial_of(item: Submission) -> dict[str, Any]:
    return {
        "scope": item.scope,
        "nature": item.nature,
        "main_problem": item.main_problem_id,
        "other_problems": codes_in(item.other_problems),
        "focus": item.focus_id,
        "topics": codes_in(item.topics),
        "signature": item.signature,
        "rank": item.rank,
        "is_important": item.is_important,
    }


def as_sent(value: Any) -> list[str]:
    """As a browser sends it; what is empty it does not send."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(value)] if value else []


def _with_what_was_empty(data: Any) -> Any:
    """What was sent, with the lists that were empty when the page was made."""
    if data is None or SHOWN not in data:
        return data
    whole = data.copy()
    for name in LABELS:
        whole.setlistdefault(f"initial-{name}")
    return whole


def _problems(item: Submission) -> list[Problem]:
    """Those that may be chosen, and what the item has already though the office took it out.

    The first level stands before its second, in the order of the table.
    """
    kept = codes_in(item.other_problems)
    rows = [
        one
        for one in Problem.objects.select_related("parent")
        if _is_offered(one) or one.pk == item.main_problem_id or one.code in kept
    ]
    return sorted(rows, key=_place)


def _is_offered(one: Problem) -> bool:
    return one.is_active and (one.parent is None or one.parent.is_active)


def _place(one: Problem) -> tuple[int, str, int, str]:
    top = one.parent or one
    return (top.order, top.code, one.order if one.parent_id else -1, one.code)
