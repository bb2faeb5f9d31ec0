"""What was typed or scanned and never saved, and what was kept only to find repeats."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from inspection.models import Round
from intake.keeping import sealed_files
from intake.models import (
    BoxOpening,
    DraftScan,
    ItemDigest,
    Presence,
    Submission,
    TransferList,
    WrittenDraft,
)

# A form that stands beside no row: its place has at most the digest of its sheet.
_NO_ROW = re.compile(r"[a-z_]+(:[0-9a-f]{32})?")


def remove_unsaved(round_: Round) -> None:
    """Of a round that is over; nothing of it is chained, and none of it is anybody's any more."""
    ItemDigest.objects.filter(submission__round=round_).delete()
    Presence.objects.filter(submission__round=round_).delete()
    _drafts(round_)
    _scans(round_)


def _drafts(round_: Round) -> None:
    """Beside a row of the round, or beside none while the round went on."""
    keys = set(map(str, _keys(round_)))
    ends = round_.running().closes
    drafts = WrittenDraft.objects.values_list("pk", "place", "saved_at")
    gone = [
        pk
        for pk, place, at in drafts
        if keys & set(place.split(":")[1:]) or (_NO_ROW.fullmatch(place) and at < ends)
    ]
    WrittenDraft.objects.filter(pk__in=gone).delete()


def _keys(round_: Round) -> Iterator[Any]:
    for model in (Submission, TransferList, BoxOpening):
        yield from model._default_manager.filter(round=round_).values_list("pk", flat=True)


def _scans(round_: Round) -> None:
    for scan in DraftScan.objects.filter(created_at__lt=round_.running().closes):
        with transaction.atomic():
            sealed_files.remove(scan.sealed_file)
            scan.delete()
