"""The filters of the audit's list: days, sort of deed, round or desk, and one row by its id.

A day or a row is typed or linked and no list of choices: such a filter offers what is asked of
it and fits, so that the guard of the list refuses all else.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake import audit
from intake.admin.items.list_filters import Choice, TableFilter
from intake.admin.traces.event_objects import About, is_named, names_of_rows
from intake.admin.who import once, round_of, today_of, zone_of
from intake.audit.watching.days_asked import between
from intake.audit.watching.patterns import LOOKED
from intake.choices import DeedSort
from intake.models import Desk

SINCE, UNTIL, SORT, PLACE, ABOUT = "since", "until", "sort", "place", "about"
# As Django's own filters are asked.
ACTOR, COMMAND, ACTION = "actor__id__exact", "actor__isnull", "action__exact"
# The choice of all sorts by which somebody looks at something.
LOOKED_AT = "looked_at"
# What is about no row.
NO_ROW = "none"
_RECENT = {_("今天"): 1, _("七天内"): 7, _("三十天内"): 30}


class SortFilter(TableFilter):
    """What was read, taken out, looked for, or worked on."""

    title = _("哪一类")
    parameter_name = SORT

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        sorts = {
            sort.value: Choice(sort.label, partial(Q, action__in=audit.actions_of(sort)))
            for sort in DeedSort
        }
        return {**sorts, LOOKED_AT: Choice(_("打开、取出和查找"), partial(Q, action__in=LOOKED))}


class SinceFilter(TableFilter):
    """From the beginning of a day on."""

    title = _("从哪天起")
    parameter_name = SINCE

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        zone, today = zone_of(request), today_of(request)
        shown = {str(words): today - timedelta(days=n - 1) for words, n in _RECENT.items() if today}
        asked = read_day(request.GET.get(SINCE, ""))
        if asked and asked not in shown.values():
            shown[f"{asked} 起"] = asked
        return {
            day.isoformat(): Choice(words, partial(between, day, None, zone))
            for words, day in shown.items()
        }


class UntilFilter(TableFilter):
    """To the end of a day."""

    title = _("到哪天止")
    parameter_name = UNTIL

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        asked = read_day(request.GET.get(UNTIL, ""))
        if asked is None:
            return {}
        finds = partial(between, None, asked, zone_of(request))
        return {asked.isoformat(): Choice(f"到 {asked} 止", finds)}


class PlaceFilter(TableFilter):
    """A round's desks, or one of them; the desks of the round that is on, or that is asked for."""

    title = _("轮次和受理席")
    parameter_name = PLACE

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        asked = request.GET.get(PLACE, "")
        on = round_of(request)
        choices = {}
        for round_, desks in desks_by_round(request).items():
            keys = [desk.pk for desk in desks]
            choices[f"round-{round_.pk}"] = Choice(round_.title, partial(Q, desk__in=keys))
            of_round = {f"desk-{desk.pk}": desk for desk in desks}
            if round_ == on or asked == f"round-{round_.pk}" or asked in of_round:
                for value, desk in of_round.items():
                    words = f"{desk}" if round_ == on else f"{round_.title} {desk}"
                    choices[value] = Choice(words, partial(Q, desk=desk.pk))
        return choices


class AboutFilter(TableFilter):
    """One row: 'submission.<id>'. Other pages lead here."""

    title = _("对象")
    parameter_name = ABOUT

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        asked = request.GET.get(ABOUT, "")
        if asked == NO_ROW:
            return {NO_ROW: Choice(_("不是某一件"), partial(Q, object_type=""))}
        about = read_about(asked)
        if about is None:
            return {}
        words = names_of_rows([about])[about]
        kind, key = about
        return {about_value(about): Choice(words, partial(Q, object_type=kind, object_id=key))}


def desks_by_round(request: HttpRequest) -> dict[Round, list[Desk]]:
    """All desks, the newest round first."""

    def find() -> dict[Round, list[Desk]]:
        desks = Desk.objects.select_related("round", "team").defer("round__source_text")
        found: dict[Round, list[Desk]] = {}
        for desk in desks.order_by("-round__accepts_until", "-round", "kind", "team__order"):
            found.setdefault(desk.round, []).append(desk)
        return found

    return once(request, "desks_by_round", find)


def read_day(typed: str) -> date | None:
    """'2025-04-15', and nothing else."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    # Also Python's '20250415' is a day, and the last of all has no day after it.
    return day if day.isoformat() == typed and day < date.max else None


def about_value(about: About) -> str:
    """How an address names a row."""
    return ".".join(about) if about[0] else NO_ROW


def read_about(typed: str) -> About | None:
    """The row that an address names; None for what no event can be about."""
    kind, _dot, key = typed.partition(".")
    return (kind, key) if is_named(kind, key) else None
