"""Whether what is sealed is still what the row's digest says; the chain covers the digest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from intake.audit.chain import fingerprint, hold_the_end_of_the_chain
from intake.keeping import sealed_files
from intake.models import (
    AppraisalEntry,
    Attachment,
    BoxOpening,
    CaseFile,
    DestroyedSeal,
    HelpingCopy,
    HelpingFile,
    HelpingOpinion,
    Submission,
    Supplement,
    TransferEntry,
    TransferList,
)
from intake.models.stored_values import UNREADABLE, stored_values

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Sealed:
    """A kind of sealed thing: where its seal stands, and how to take its fingerprint."""

    model: type[Model]
    digest_field: str
    sealed_field: str
    fingerprint: Callable[[Any], str | None]

    def stored(self, *, limit: int | None = None, **which: Any) -> Iterator[tuple[Any, ...]]:
        """Key, the digest that is stored, and the seal, of each row or of those that are meant."""
        rows = self.model._default_manager.filter(**which).order_by("pk")[:limit]
        return stored_values(rows, "pk", self.digest_field, self.sealed_field, chunk=_CHUNK)


def seal_problems() -> Iterator[str]:
    """Reads every seal and every file; what the list of destruction names must be gone."""
    for kind in SEALS:
        yield from problems_of_seals(kind, kind.stored(), _destroyed(kind))


def problems_of_some(kind: Sealed, rows: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """The same, of some rows of one kind as `stored` gives them."""
    destroyed = _destroyed(kind, row_key__in=[str(row[0]) for row in rows])
    return problems_of_seals(kind, rows, destroyed)


def problems_of_seals(
    kind: Sealed, rows: Iterable[tuple[Any, ...]], destroyed: set[tuple[str, str]]
) -> Iterator[str]:
    """What is not as its digest says; `destroyed` are those whose content must be gone."""
    for pk, digest, sealed in rows:
        found = kind.fingerprint(sealed)
        if (str(pk), digest) in destroyed:
            if found not in _GONE:
                yield f"{kind.model._meta.verbose_name} {pk} 列在销毁清单里，内容却还在。"
        elif found != digest:
            yield from _look_again(kind, pk)


def _destroyed(kind: Sealed, **which: Any) -> set[tuple[str, str]]:
    """Key and digest of what was destroyed at the end of a round; that list is chained itself."""
    rows = DestroyedSeal.objects.filter(
        kind=str(kind.model._meta.model_name),
        column=kind.sealed_field,
        purge__finished_at__isnull=False,
        **which,
    )
    return set(rows.values_list("row_key", "digest"))


def _look_again(kind: Sealed, pk: Any) -> Iterator[str]:
    """The item may have been re-routed while we read: now nobody can."""
    about = f"{kind.model._meta.verbose_name} {pk}"
    with transaction.atomic():
        hold_the_end_of_the_chain()
        try:
            row = next(kind.stored(pk=pk), None)
        except UNREADABLE:
            # Its key is no key: the comparison with the events says so.
            return
        actual = kind.fingerprint(row[2]) if row else None
    if row is None:
        yield f"{about} 在检查时被删除。"
    elif actual in _GONE and _is_listed(kind, row[0], row[1]):
        return
    elif actual is None:
        yield f"{about} 的封存文件不见了。"
    elif actual != row[1]:
        yield f"{about} 封存的内容被改过。"


def _is_listed(kind: Sealed, pk: Any, digest: str) -> bool:
    """Whether a purge that goes on has destroyed it."""
    rows = DestroyedSeal.objects.filter(kind=str(kind.model._meta.model_name), row_key=str(pk))
    return rows.filter(column=kind.sealed_field, digest=digest).exists()


def _of_bytes(sealed: Any) -> str:
    return "" if isinstance(sealed, str) else fingerprint(bytes(sealed))


def _of_file(name: str) -> str | None:
    try:
        return sealed_files.fingerprint(name)
    except (FileNotFoundError, ValueError, TypeError):
        return None


# The fingerprint of nothing, and of a file that is not there.
_GONE = (fingerprint(b""), None)
SEALS = (
    Sealed(Submission, "sealed_digest", "sealed", _of_bytes),
    Sealed(Supplement, "sealed_digest", "sealed", _of_bytes),
    Sealed(BoxOpening, "sealed_digest", "sealed", _of_bytes),
    Sealed(CaseFile, "sealed_digest", "sealed", _of_bytes),
    Sealed(CaseFile, "reporter_digest", "sealed_reporter", _of_bytes),
    Sealed(TransferList, "sealed_digest", "sealed", _of_bytes),
    Sealed(TransferEntry, "sealed_digest", "sealed", _of_bytes),
    Sealed(AppraisalEntry, "sealed_digest", "sealed", _of_bytes),
    Sealed(HelpingCopy, "sealed_digest", "sealed", _of_bytes),
    Sealed(HelpingOpinion, "sealed_digest", "sealed", _of_bytes),
    Sealed(HelpingFile, "sealed_sha256", "sealed_file", _of_file),
    Sealed(Attachment, "sealed_sha256", "sealed_file", _of_file),
)
