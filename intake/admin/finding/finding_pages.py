"""The search of the list, the way to an item by its number, and back to its row."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from inspection.admin.offered import NotOffered, refuse_what_is_no_text
from intake.admin.finding.list_around import Around, Rows, list_around
from intake.admin.items.list_search import found_by, numbered
from intake.admin.traces.audited import OwnOnly
from intake.admin.who import desks_of, member, round_of, targets_of, today_of
from intake.casework.search.search_terms import read_item_number
from intake.models import Submission

NUMBER = "n"
NOT_THERE = "没有找到这个编号的信访件。"


class FindsItems(OwnOnly):
    """What the list finds, and how one item leads back to it."""

    def get_urls(self) -> list[URLPattern]:
        jump = self.admin_site.admin_view(self.jump_view)
        return [path("number/", jump, name="intake_submission_jump"), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        round_, today = round_of(request), today_of(request)
        if not search_term.strip() or round_ is None or today is None:
            return queryset, False
        rounds = {desk.round_id: desk.round for desk in desks_of(request)}
        found = found_by(
            search_term,
            rounds=list(rounds.values()),
            bodies=lambda: targets_of(request),
            today=today,
            zone=round_.zone,
        )
        return queryset.filter(found), False

    @method_decorator(require_safe)
    def jump_view(self, request: HttpRequest) -> HttpResponse:
        """GET `n`: to the item of that number. What is not the member's is not there either."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        refuse_what_is_no_text(request.GET)
        if set(request.GET) - {NUMBER}:
            raise NotOffered("beside a number")
        typed = request.GET.get(NUMBER, "")
        rounds = {desk.round_id: desk.round for desk in desks_of(request)}
        found = numbered(read_item_number(typed), list(rounds.values()))
        user = member(request)
        items = list(Submission.objects.visible_to(user).filter(found).only("pk")[:2])
        items = items or list(Submission.objects.helped_by(user).filter(found).only("pk")[:1])
        if len(items) == 1:
            return redirect(items[0])
        if items:
            # The same number in two rounds, or at the head's desk too.
            query = QueryDict(mutable=True)
            query["q"] = typed
            return redirect(f"{reverse('admin:intake_submission_changelist')}?{query.urlencode()}")
        messages.warning(request, NOT_THERE)
        return redirect("admin:index")

    def around(self, request: HttpRequest, item: Submission) -> Around:
        """The list as it was, at the item's own row, and the rows beside it. Raises NotOffered."""
        wanted, shown = self.list_behind(request)
        if shown is None:
            rows = Rows(self.get_queryset(request), self.list_per_page)
        else:
            rows = Rows(shown.queryset, self.list_per_page, shown.paginator.num_pages)
        return list_around(item, rows, wanted)
