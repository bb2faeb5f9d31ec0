"""The filters of the list of items for what waits: by its clock, or for this very member."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intake.access import Deed
from intake.admin.items.list_filters import Choice, TableFilter
from intake.admin.who import calendar_of, desks_of, member, once, round_of, today_of
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.deadlines.telling_lists import TellingLists
from intake.casework.transfers.waiting_lists import not_gathered, without_notice
from intake.choices import Status
from intake.models import StaffUser, Voiding


class DueFilter(TableFilter):
    """Whose clock is over, ends within so many days and is not over, or nobody knows when."""

    title = _("办理期限")
    parameter_name = "due"
    OVERDUE, UNKNOWN = "overdue", "unknown"
    # By how many days, each within the next; the words of the start page begin with them too.
    WITHIN = {0: _("今天到期"), 5: _("五天内到期"), 15: _("十五天内到期")}

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        within = {
            str(days): Choice(words, partial(_due_within, request, days))
            for days, words in self.WITHIN.items()
        }
        overdue = Choice(_("已经超期"), partial(_overdue, request))
        unknown = Choice(_("算不出：缺工作日安排"), partial(_unknown, request))
        return {self.OVERDUE: overdue, **within, self.UNKNOWN: unknown}


class TellingFilter(TableFilter):
    """Which named reporters must be told; by the clock of their item that only telling ends."""

    title = _("告知反映人")
    parameter_name = "telling"
    OVERDUE, SOON = "overdue", "soon"
    WORDS = {OVERDUE: _("告知超期"), SOON: _("五天内要告知，或者算不出")}

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {
            value: Choice(words, partial(to_be_told, request, value))
            for value, words in self.WORDS.items()
        }


class MineFilter(TableFilter):
    """What another member of the desk has prepared, and this one has to decide."""

    title = _("等我定的")
    parameter_name = "mine"
    APPROVE, VOID = "approve", "void"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        user, found = member(request), {}
        if user.may(Deed.APPROVE):
            found[self.APPROVE] = Choice(_("等我审批"), partial(to_approve_by, user))
        if user.may(Deed.VOID):
            found[self.VOID] = Choice(_("等我确认作废"), partial(to_void_by, user))
        return found


class OnListFilter(TableFilter):
    """What is still to be put on a list for whoever receives it."""

    title = _("移交清单")
    parameter_name = "list"
    NONE, NO_NOTICE = "none", "no-notice"
    TABLE = {
        NONE: (_("待移交，还没有放进清单"), not_gathered),
        NO_NOTICE: (_("立行立改，还没有通知书"), without_notice),
    }

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {value: Choice(words, finds) for value, (words, finds) in self.TABLE.items()}


def to_approve_by(user: StaffUser) -> Q:
    """Nobody approves a proposal of their own; the few that are proposed have an index."""
    proposed = Q(proposed_by__isnull=False, approved_by__isnull=True)
    return proposed & Q(status=Status.TO_APPROVE) & ~Q(proposed_by=user)


def to_void_by(user: StaffUser) -> Q:
    """Nobody confirms a request of their own; it starts from the few that are pending."""
    return Q(pk__in=Voiding.objects.pending().exclude(asked_by=user).values("submission"))


def to_be_told(request: HttpRequest, value: str) -> Q:
    """What a choice of TellingFilter finds; the start page counts by the same."""
    today, tellings = today_of(request), TellingLists(due_lists_of(request))
    if today is None:
        return Q(pk__in=())
    is_over = value == TellingFilter.OVERDUE
    return tellings.overdue(today) if is_over else tellings.soon(today)


def due_lists_of(request: HttpRequest) -> DueLists:
    """For the member's own desks."""

    def read() -> DueLists:
        return DueLists.read(desks_of(request), calendar_of(request))

    return once(request, "due_lists", read)


def _overdue(request: HttpRequest) -> Q:
    today = today_of(request)
    return due_lists_of(request).overdue(today) if today else Q(pk__in=())


def _unknown(request: HttpRequest) -> Q:
    return due_lists_of(request).unknown() if round_of(request) else Q(pk__in=())


def _due_within(request: HttpRequest, days: int) -> Q:
    today, span = today_of(request), timedelta(days=days)
    return due_lists_of(request).due_within(today, span) if today else Q(pk__in=())
