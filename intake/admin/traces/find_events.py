"""查找操作: what the auditor looks for, as a form; what it finds is the list with its filters."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.views.main import SEARCH_VAR
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from inspection.admin.offered import LONGEST_SEARCH, refuse_what_is_no_text
from intake.admin.traces.days_form import DaysForm
from intake.admin.traces.event_filters import (
    ACTION,
    ACTOR,
    PLACE,
    SINCE,
    SORT,
    UNTIL,
    desks_by_round,
)
from intake.choices import Action, DeedSort
from intake.models import StaffUser

TEMPLATE = "admin/intake/auditevent/find.html"
_ANY = ("", "不限")


class FindForm(DaysForm):
    """Who, what, when, where, and about which row."""

    q = forms.CharField(
        label="对象",
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="信访件编号（8-0157）或它的标识、举报箱号、单位、工作人员",
    )
    actor = forms.ChoiceField(label="谁做的", required=False)
    sort = forms.ChoiceField(label="哪一类", required=False, choices=[_ANY, *DeedSort.choices])
    action = forms.ChoiceField(label="哪种操作", required=False, choices=[_ANY, *Action.choices])
    place = forms.ChoiceField(label="轮次和受理席", required=False)

    field_order = ("q", "actor", "since", "until", "sort", "action", "place")

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        members = StaffUser.objects.order_by("username")
        known = [(str(one.pk), one.told_apart) for one in members]
        self._choose("actor", known)
        places = []
        for round_, desks in desks_by_round(request).items():
            places.append((f"round-{round_.pk}", round_.title))
            places += [(f"desk-{desk.pk}", f"{round_.title} {desk}") for desk in desks]
        self._choose(PLACE, places)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=self.fields[name].label, required=False, choices=[_ANY, *choices]
        )

    @property
    def address(self) -> str:
        """The list of what was asked for."""
        chosen = self.cleaned_data
        asked = {SEARCH_VAR: chosen["q"], SORT: chosen[SORT], PLACE: chosen[PLACE]}
        asked |= {ACTOR: chosen["actor"], ACTION: chosen["action"]}
        asked |= {name: chosen[name].isoformat() for name in (SINCE, UNTIL) if chosen[name]}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('admin:intake_auditevent_changelist')}?{query}"


def find_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET the empty form, or with its fields: leads to the list, or says what does not fit."""
    refuse_what_is_no_text(request.GET)
    form = FindForm(request, request.GET or None)
    if form.is_valid():
        return redirect(form.address)
    shown = {"title": "查找操作", "form": form}
    return TemplateResponse(request, TEMPLATE, context | shown, status=422 if form.errors else 200)
