"""What the desks of a member help with, and what of it waits for them."""

from django.db.models import Exists, OuterRef, QuerySet

from intake.choices import HELPED_WITH_IN
from intake.models import Desk, HelpingCopy, HelpingDesk, HelpingOpinion, StaffUser, Submission
from intake.models.submission import SubmissionQuerySet
from intake.models.together.helping_desk import HelpingDeskQuerySet


def own_helping(user: StaffUser) -> HelpingDeskQuerySet:
    """By what the member's desks help now."""
    return HelpingDesk.objects.live().filter(desk__in=Desk.objects.visible_to(user))


def live_helpers_of(item: Submission) -> "QuerySet[HelpingDesk]":
    """The desks that help now, in the order in which they began."""
    found = HelpingDesk.objects.live().filter(submission=item).order_by("added_at", "pk")
    return found.select_related("desk__team", "added_by")


def has_helpers() -> Exists:
    """Of items: whether any desk helps with one."""
    return Exists(HelpingDesk.objects.live().filter(submission=OuterRef("pk")))


def waiting_for_opinion(user: StaffUser) -> SubmissionQuerySet:
    """Items under way whose lead has not heard from the member's desk yet."""
    told = HelpingOpinion.objects.filter(helping=OuterRef("pk"))
    silent = own_helping(user).exclude(Exists(told)).order_by().values("submission")
    return Submission.objects.helped_by(user).filter(pk__in=silent, status__in=HELPED_WITH_IN)


def with_new_copies(user: StaffUser) -> SubmissionQuerySet:
    """Items with a supplement that was passed on and nobody at the member's desk has opened."""
    added = HelpingCopy.objects.unopened().filter(supplement__isnull=False)
    new = added.filter(helping__in=own_helping(user).values("pk"))
    return Submission.objects.helped_by(user).filter(
        pk__in=new.order_by().values("helping__submission")
    )
