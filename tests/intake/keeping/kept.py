"""The sealed files that lie in the database, by their names."""

from pathlib import Path

from django.conf import settings

from intake.keeping import sealed_files
from intake.models import SealedPart


def kept_names() -> set[str]:
    """Of every file, whether a row names it or not."""
    return set(SealedPart.objects.values_list("file", flat=True))


def kept_contents() -> list[bytes]:
    """What was sealed, of every file."""
    return [sealed_files.read(name) for name in sorted(kept_names())]


def files_in_the_folder() -> list[Path]:
    """Of an older installation; nothing is written there."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
