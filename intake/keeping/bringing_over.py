"""Brings the sealed files of an older installation into the database, one after the other.

Each is inserted whole in one transaction and read back before its file is removed, so that the work
may break off anywhere, and goes on where it is begun again. The site may run meanwhile.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef

from intake.keeping import older_files, sealed_files
from intake.keeping.namers import COLUMN, naming_models
from intake.models import DestroyedSeal, SealedPart
from intake.sealing import private_files

# A process of the older version may still be about to name a file that is younger than this.
_GRACE = timedelta(hours=1)
_DIGEST = "sealed_sha256"


class Outcome(Enum):
    """What became of a file in the folder."""

    BROUGHT_OVER = auto()
    NAMELESS = auto()
    TOO_YOUNG = auto()
    DAMAGED = auto()


class _Damaged(ValueError):
    """It is not the file that its row was stored with."""


def bring_over(at: datetime) -> Iterator[tuple[str, Outcome]]:
    """Each file's name with what became of it; what nobody names is removed, unless it is young.

    A damaged one stays where it is.
    """
    for path in sorted(older_files.left()):
        # The site may have removed it meanwhile, with its row.
        with suppress(FileNotFoundError):
            yield path.name, _bring(path, at)
    _remove_empty_folders()


def missing() -> Iterator[Model]:
    """The rows whose file lies neither in the database nor in the folder, though it should."""
    for model in naming_models():
        kind = str(model._meta.model_name)
        destroyed = set(DestroyedSeal.objects.filter(kind=kind).values_list("row_key", flat=True))
        parts = SealedPart.objects.filter(file=OuterRef(COLUMN), number=0)
        for row in model._default_manager.filter(~Exists(parts)).order_by("pk"):
            if str(row.pk) not in destroyed and not _lies_in_the_folder(getattr(row, COLUMN)):
                yield row


def _bring(path: Path, at: datetime) -> Outcome:
    digests = _digests_of(path.name)
    if digests is None:
        if path.stat().st_mtime > (at - _GRACE).timestamp():
            return Outcome.TOO_YOUNG
        path.unlink()
        return Outcome.NAMELESS
    try:
        _insert(path, digests)
    except _Damaged:
        return Outcome.DAMAGED
    except IntegrityError:
        # Somebody else runs this too, and was quicker.
        pass
    with path.open("rb") as file:
        is_same = hashlib.file_digest(file, "sha256").hexdigest() == sealed_files.fingerprint(
            path.name
        )
    if not is_same:
        return Outcome.DAMAGED
    path.unlink(missing_ok=True)
    private_files.flush_folder(path.parent)
    return Outcome.BROUGHT_OVER


def _digests_of(name: str) -> set[str] | None:
    """What rows that name the file say of it, if they say anything; None if no row names it."""
    found: set[str] | None = None
    for model in naming_models():
        for row in model._default_manager.filter(**{COLUMN: name}):
            found = (found or set()) | {getattr(row, _DIGEST, "")}
    return None if found is None else found - {""}


def _insert(path: Path, digests: set[str]) -> None:
    """All parts or none; nothing where they are already."""
    if SealedPart.objects.filter(file=path.name).exists():
        return
    with transaction.atomic(), path.open("rb") as file:
        digest = hashlib.sha256()
        with sealed_files.writing_as(path.name) as parts:
            while piece := file.read(sealed_files.BUFFER):
                digest.update(piece)
                parts.write(piece)
        if digests - {digest.hexdigest()}:
            raise _Damaged


def _lies_in_the_folder(name: str) -> bool:
    try:
        return older_files.path_of(name).is_file()
    except FileNotFoundError:
        return False


def _remove_empty_folders() -> None:
    root = Path(settings.MEDIA_ROOT)
    for folder in (*root.glob("??"), root):
        with suppress(OSError):
            folder.rmdir()
