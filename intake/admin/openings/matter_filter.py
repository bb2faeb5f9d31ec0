"""The filter of the sealed matters: whether one still lies here, how pressing, and how signed."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspection.schedule import ONE_DAY
from intake.admin.items.list_filters import Choice, TableFilter
from intake.admin.openings.matter_lines import SOON, due_days
from intake.admin.who import today_of
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.sealed.due_matters import by_day, known


class SentFilter(TableFilter):
    """Whether it still lies here; what presses and what has no day yet are told apart."""

    title = _("上送")
    parameter_name = "sent"
    HERE, OVERDUE, NEAR, UNSIGNED = "here", "overdue", "near", "unsigned"
    WORDS = {
        HERE: _("还没有上送"),
        OVERDUE: _("超期没有上送"),
        NEAR: _("马上到期，或者期限未知"),
        UNSIGNED: _("等见证人签名"),
    }

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {
            value: Choice(words, partial(_chosen, request, value))
            for value, words in self.WORDS.items()
        }


def found_by(value: str, today: date, book: RuleBook) -> Q:
    """What a choice finds; the start page counts by the same."""
    if value == SentFilter.UNSIGNED:
        return Q(sent_on__isnull=False, second_signed_by=None)
    over, near = by_day(book, today - ONE_DAY), by_day(book, today + SOON) | ~known(book)
    pressing = {SentFilter.OVERDUE: over, SentFilter.NEAR: near & ~over}
    return Q(sent_on=None) & pressing.get(value, Q())


def _chosen(request: HttpRequest, value: str) -> Q:
    today = today_of(request)
    return found_by(value, today, due_days(request).book) if today else Q(pk__in=())
