"""What clerks wrote for an item in other places than its case file, as sealed parts of it.

Opinions and reasons are sealed to the item's own desk; what stands on a list, to the list's, which
is looked into only where the member sees the list.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from intake.models import (
    Appraisal,
    AppraisalEntry,
    DeadlineExtension,
    DeadlinePause,
    HelpingOpinion,
    StaffUser,
    TransferEntry,
    TransferList,
)


def written_beside(
    desks: Mapping[UUID, int], by: StaffUser
) -> Iterator[tuple[UUID, str, int, Any]]:
    """Item, kind in `item_texts.READERS`, the desk that opens it, and its bytes."""
    keys = list(desks)
    at_its_desk = (
        ("opinion", HelpingOpinion.objects.filter(helping__submission__in=keys), _OF_OPINIONS),
        ("pause", DeadlinePause.objects.filter(submission__in=keys), _OF_REASONS),
        ("extension", DeadlineExtension.objects.filter(submission__in=keys), _OF_REASONS),
    )
    for kind, rows, columns in at_its_desk:
        for pk, sealed in rows.order_by("pk").values_list(*columns):
            yield pk, kind, desks[pk], sealed
    lists = TransferList.objects.visible_to(by).order_by().values("pk")
    entries = TransferEntry.objects.on_the_list().filter(submission__in=keys, list__in=lists)
    for pk, desk, sealed in entries.order_by("pk").values_list(
        "submission", "list__desk", "sealed"
    ):
        yield pk, "entry", desk, sealed
    seen = Appraisal.objects.visible_to(by).order_by().values("pk")
    appraised = AppraisalEntry.objects.filter(submission__in=keys, appraisal__in=seen, is_live=True)
    of_lists = ("submission", "appraisal__desk", "sealed")
    for pk, desk, sealed in appraised.order_by("pk").values_list(*of_lists):
        yield pk, "appraisal", desk, sealed


_OF_OPINIONS = ("helping__submission", "sealed")
_OF_REASONS = ("submission", "sealed_reason")
