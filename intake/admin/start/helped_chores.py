"""What waits for a member of items that other teams lead: lines of their own on the start page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from intake.access import Desks
from intake.admin.start.chore import Chore
from intake.casework.together.helped_items import waiting_for_opinion, with_new_copies
from intake.models import StaffUser
from intake.models.submission import SubmissionQuerySet


@dataclass(frozen=True, slots=True)
class HelpedWait:
    """A line; `words` stand behind the number of the items that are found."""

    tag: str
    tone: str
    words: str
    finds: Callable[[StaffUser], SubmissionQuerySet]


HELPED_WAITS: tuple[HelpedWait, ...] = (
    HelpedWait("协办", "soon", "件请您的组协办，主办在等协办意见。", waiting_for_opinion),
    HelpedWait("协办新补充", "late", "件协办的有转来的补充，您的组还没有打开过。", with_new_copies),
)


def helped_by_tag(user: StaffUser) -> "dict[Any, QuerySet[Any]]":
    """The items of each line; the start page counts them together with its other numbers."""
    if user.rules.desks is not Desks.A_TEAMS:
        return {}
    return {wait.tag: wait.finds(user) for wait in HELPED_WAITS}


def helped_that_wait(counts: Mapping[str, int]) -> Iterator[Chore]:
    """By the counts of `helped_by_tag`."""
    for wait in HELPED_WAITS:
        if count := counts.get(wait.tag, 0):
            url = reverse("admin:intake_submission_helped")
            yield Chore(wait.tag, wait.tone, f"{count} {wait.words}", url, "去看")
