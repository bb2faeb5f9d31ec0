"""The filter of the transfer lists for what waits for this very member."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intake.access import Deed
from intake.admin.items.list_filters import Choice, TableFilter
from intake.admin.items.waiting_filters import due_lists_of
from intake.admin.who import desks_of, member, once, today_of
from intake.casework.transfers.waiting_lists import Waits, waiting_lists

WORDS: dict[Waits, Any] = {
    Waits.DRAFT: _("起草中，等送审"),
    Waits.APPROVE: _("等我审批"),
    Waits.SEND: _("等送出"),
    Waits.SIGN: _("等签收"),
    Waits.OBJECTED: _("有异议，等答复"),
    Waits.OVERDUE: _("反馈超期"),
    Waits.REMIND: _("超期以后还没有督办"),
    Waits.DUE: _("十五天内要反馈"),
}


class WaitingFilter(TableFilter):
    """What the member has to do about a list."""

    title = _("等办的")
    parameter_name = "waits"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        may_approve = member(request).may(Deed.APPROVE)
        return {
            waits.value: Choice(words, partial(_found, request, waits))
            for waits, words in WORDS.items()
            if may_approve or waits is not Waits.APPROVE
        }


def lists_that_wait(request: HttpRequest) -> Mapping[Waits, list[UUID]]:
    """Asked for once a request; by the clocks of the round."""

    def find() -> Mapping[Waits, list[UUID]]:
        today, desks = today_of(request), desks_of(request)
        if today is None or not desks:
            return {waits: [] for waits in Waits}
        return waiting_lists(member(request), desks, today, due_lists_of(request))

    return once(request, "lists_that_wait", find)


def _found(request: HttpRequest, waits: Waits) -> Q:
    return Q(pk__in=lists_that_wait(request)[waits])
