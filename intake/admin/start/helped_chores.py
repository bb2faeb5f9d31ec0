"""What waits for a member of items that other teams lead: lines of their own on the start page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from intake.access import Desks
from intake.admin.start.chore import Chore
from intake.admin.together.helped_list import HELPED_WAITS, helped_address
from intake.models import StaffUser


def helped_by_choice(user: StaffUser) -> "dict[Any, QuerySet[Any]]":
    """By the choice of their list; the start page counts them together with its other numbers."""
    if user.rules.desks is not Desks.A_TEAMS:
        return {}
    return {chosen: wait.finds(user) for chosen, wait in HELPED_WAITS.items()}


def helped_that_wait(counts: Mapping[str, int]) -> Iterator[Chore]:
    """By the counts of `helped_by_choice`."""
    for chosen, wait in HELPED_WAITS.items():
        if count := counts.get(chosen, 0):
            words, url = f"{count} {wait.words}", helped_address(chosen)
            yield Chore(wait.tag, wait.mark.tone, words, url, "去看")
