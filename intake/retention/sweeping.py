"""Removes sealed files that a crash left without a row, scans nobody saved, files nobody sent."""

from datetime import datetime, timedelta

from intake.arriving.ahead import waiting_files
from intake.keeping import sealed_files
from intake.keeping.namers import named_by_rows
from intake.models import DraftScan, SealedPart

# A row may still be about to name a file that is younger than this.
_GRACE = timedelta(days=1)
# A letter that was begun may be gone on with the next day.
_SCANS_WAIT = timedelta(days=2)


def sweep(at: datetime) -> int:
    """Removes what no row names; gives how many files went."""
    DraftScan.objects.filter(created_at__lt=at - _SCANS_WAIT).delete()
    while waiting_files.sweep(at):
        pass
    old = SealedPart.objects.filter(number=0, kept_at__lt=at - _GRACE)
    nameless = list(old.exclude(named_by_rows("file")).values_list("file", flat=True))
    for name in nameless:
        sealed_files.remove(name)
    return len(nameless)
