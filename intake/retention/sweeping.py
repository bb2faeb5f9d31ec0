"""Removes the sealed files that a crash between file and commit left, and scans nobody saved."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from intake.models import Attachment, DraftScan, HelpingFile, ViewingCopy

# A row may still be about to name a file that is younger than this.
_GRACE = timedelta(hours=1)
# A letter that was begun may be gone on with the next day.
_SCANS_WAIT = timedelta(days=2)


def sweep(at: datetime) -> int:
    """Removes what no row names and what was never finished; gives how many files went."""
    DraftScan.objects.filter(created_at__lt=at - _SCANS_WAIT).delete()
    root = Path(settings.MEDIA_ROOT)
    old = [path for path in root.glob("??/*") if path.stat().st_mtime < (at - _GRACE).timestamp()]
    names = [path.name for path in old]
    named: set[str] = set()
    for start in range(0, len(names), 500):
        for rows in (
            Attachment.objects,
            DraftScan.objects,
            HelpingFile.objects,
            ViewingCopy.objects,
        ):
            batch = rows.filter(sealed_file__in=names[start : start + 500])
            named.update(batch.values_list("sealed_file", flat=True))
    orphans = [path for path in old if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
