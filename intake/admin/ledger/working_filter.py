"""五类工作台账 as a filter of the list of items."""

from collections.abc import Mapping
from functools import partial

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intake.admin.items.list_filters import Choice, TableFilter
from intake.casework.ledger.working_ledgers import VIEWS


class WorkingLedgerFilter(TableFilter):
    """Which of the five an item stands in; it may be several."""

    title = _("工作台账")
    parameter_name = "ledger"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        return {view.code.value: Choice(view.name, partial(Q, view.finds)) for view in VIEWS}
