"""谁看过什么: of one item who looked at it, of one member what was looked at; never content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from inspection.admin.offered import LONGEST_SEARCH, refuse_what_is_no_text
from intake.admin.items.list_filters import NO_ACTOR
from intake.admin.link_targets import keys_in
from intake.admin.traces.days_form import TOO_LONG, DaysForm, or_seven_days
from intake.admin.traces.event_filters import (
    ABOUT,
    ACTION,
    ACTOR,
    COMMAND,
    LOOKED_AT,
    PLACE,
    SINCE,
    SORT,
    UNTIL,
    about_value,
)
from intake.admin.traces.event_objects import NAMED, names_of_rows
from intake.admin.who import zone_of
from intake.audit.watching.days_asked import MOST_DAYS, between
from intake.audit.watching.readings import (
    MOST_LINES,
    Reading,
    possible_readings,
    readings_by,
    readings_of_item,
)
from intake.choices import Action
from intake.models import Desk, StaffUser, Submission

TEMPLATE = "admin/intake/auditevent/readers.html"
NO_ITEM = "没有这个编号的信访件。"
SEVERAL = "有几件是这个编号，请连轮次一起写，例如 8-0157："
_MOST_MEANT = 10


class ReadersForm(DaysForm):
    """An item, a member, or both."""

    item = forms.CharField(
        label="哪一件",
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="编号，例如 8-0157，或者它的标识",
    )
    member = forms.ChoiceField(label="哪个人", required=False)
    field_order = ("item", "member", "since", "until")

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET or None)
        members = StaffUser.objects.order_by("username")
        choices = [("", "不限"), *((str(one.pk), one.told_apart) for one in members)]
        self.fields["member"] = forms.ChoiceField(label="哪个人", required=False, choices=choices)
        self.found: Submission | None = None
        self.meant: list[Submission] = []
        self._request = request

    def clean_item(self) -> str:
        """Notes which item is meant."""
        typed: str = self.cleaned_data["item"]
        self.meant = _meant(typed) if typed else []
        if typed and not self.meant:
            raise forms.ValidationError(NO_ITEM)
        if len(self.meant) > 1:
            raise forms.ValidationError(SEVERAL)
        self.found = self.meant[0] if self.meant else None
        return typed

    def clean(self) -> dict[str, Any]:
        """All that somebody looked at is asked of some days only."""
        found = super().clean()
        if found.get("member") and not self.found:
            since, until = or_seven_days(self._request, found.get(SINCE), found.get(UNTIL))
            found |= {SINCE: since, UNTIL: until}
            if (until - since).days >= MOST_DAYS:
                self.add_error(SINCE, TOO_LONG)
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: who or what, the deed, how often, and the events behind it."""

    name: str
    deed: str
    count: int
    first: str
    last: str
    url: str


def readers_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET `item` or `member`, perhaps `since` and `until`."""
    refuse_what_is_no_text(request.GET)
    form = ReadersForm(request)
    shown: dict[str, Any] = {"title": "谁看过什么", "form": form, "most": MOST_LINES}
    if form.is_valid():
        shown |= _tables(request, form)
    elif len(form.meant) > 1:
        shown["meant"] = [
            (NAMED["submission"].words(one), _here(item=str(one.pk))) for one in form.meant
        ]
    status = 422 if form.errors else 200
    return TemplateResponse(request, TEMPLATE, context | shown, status=status)


def _tables(request: HttpRequest, form: ReadersForm) -> dict[str, Any]:
    asked = form.cleaned_data
    within, days = _asked_days(request, asked[SINCE], asked[UNTIL])
    item, key = form.found, asked["member"]
    if item is not None:
        own = Q(actor=key) if key else Q()
        came_on = item.received_at.astimezone(zone_of(request)).date()
        since = max(asked[SINCE] or came_on, came_on)
        since_then, days_since = _asked_days(request, since, asked[UNTIL])
        return {
            "item": _called(item),
            "readers": _lines(request, readings_of_item(item, within & own), days),
            "possible": _lines(request, possible_readings(item, since_then & own), days_since),
        }
    if key:
        lines = _lines(request, readings_by(int(key), within), days, actor=key)
        reader = StaffUser.objects.get(pk=key).told_apart
        return {"reader": reader, "readings": lines, **days}
    return {}


def _asked_days(
    request: HttpRequest, since: date | None, until: date | None
) -> tuple[Q, dict[str, str]]:
    """As a condition, and as the list is asked for them."""
    days = {SINCE: since, UNTIL: until}
    asked = {name: day.isoformat() for name, day in days.items() if day}
    return between(since, until, zone_of(request)), asked


def _called(item: Submission) -> str:
    return NAMED["submission"].words(item)


def _lines(
    request: HttpRequest, readings: Iterable[Reading], days: dict[str, str], actor: str = ""
) -> list[Line]:
    some = list(readings)
    about = names_of_rows({one.about for one in some if one.about[0]})
    members = StaffUser.objects.in_bulk({one.actor for one in some if one.actor})
    desks = Desk.objects.select_related("team").in_bulk({one.desk for one in some if one.desk})
    zone = zone_of(request)
    lines = []
    for one in some:
        who = members[one.actor].told_apart if one.actor else NO_ACTOR
        what = about.get(one.about, "") or (str(desks[one.desk]) if one.desk else "")
        deed = str(Action(one.action).label) if one.action in Action.values else one.action
        lines.append(
            Line(
                name=what or "不是某一件" if actor else who,
                deed=" ".join(filter(None, (deed, "" if one.about[0] == "submission" else what))),
                count=one.count,
                first=_written(one.first, zone),
                last=_written(one.last, zone),
                url=_address(one, actor, days),
            )
        )
    return lines


def _written(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _address(one: Reading, actor: str, days: dict[str, str]) -> str:
    """The list of exactly what a line counts."""
    who = actor or str(one.actor or "")
    asked = {ACTOR: who} if who else {COMMAND: "True"}
    asked |= {ACTION: one.action} if one.action else {SORT: LOOKED_AT}
    asked |= {ABOUT: about_value(one.about)} | ({PLACE: f"desk-{one.desk}"} if one.desk else {})
    return f"{reverse('admin:intake_auditevent_changelist')}?{urlencode(asked | days)}"


def _meant(typed: str) -> list[Submission]:
    """The items that are called so, by number or by id."""
    keys = keys_in([typed])
    found = Q(pk__in=keys) if keys else NAMED["submission"].meant(typed)
    return list(NAMED["submission"].rows().filter(found)[:_MOST_MEANT]) if found else []


def _here(**asked: str) -> str:
    return f"{reverse('admin:intake_auditevent_readers')}?{urlencode(asked)}"
