"""Whether what is sealed is still what came in, or what the last re-routing sealed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from intake import sealed_files
from intake.audit.chain import (
    RESEALED,
    RESEALED_PARTS,
    fingerprint,
    hold_the_end_of_the_chain,
)
from intake.choices import Action
from intake.models import Attachment, AuditEvent, Submission, Supplement

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Sealed:
    """A kind of sealed thing: where its seal stands, and how to take its fingerprint."""

    model: type[Model]
    digest_field: str
    sealed_field: str
    fingerprint: Callable[[Any], str | None]
    submission_field: str

    def rows(self) -> QuerySet[Any, Any]:
        """Key, the two fingerprints that are stored, and the seal."""
        rows = self.model._default_manager.order_by("pk")
        return rows.values_list("pk", "received_digest", self.digest_field, self.sealed_field)

    def about(self, pk: UUID) -> str:
        """'补充材料 3f2a…'."""
        return f"{self.model._meta.verbose_name} {pk}"


def resealed_by(event: AuditEvent) -> dict[str, str]:
    """The fingerprints that a REROUTE event recorded, by the ids of what it sealed anew."""
    detail = details_of(event)
    parts = detail.get(RESEALED_PARTS, {})
    return {event.object_id: detail.get(RESEALED, ""), **(parts if isinstance(parts, dict) else {})}


def details_of(event: AuditEvent) -> dict[str, Any]:
    """An event's details, even if somebody put something else in their place."""
    return event.detail if isinstance(event.detail, dict) else {}


def seal_problems(resealed: Mapping[str, str]) -> Iterator[str]:
    """Reads every seal and every file; `resealed` is what the chain says of those sealed anew."""
    for kind in _KINDS:
        for pk, received, digest, sealed in kind.rows().iterator(chunk_size=_CHUNK):
            is_as_recorded = digest == resealed.get(str(pk), received)
            if not is_as_recorded or kind.fingerprint(sealed) != digest:
                yield from _look_again(kind, pk)


def _look_again(kind: Sealed, pk: UUID) -> Iterator[str]:
    """The item may have been re-routed while we read: now nobody can."""
    with transaction.atomic():
        hold_the_end_of_the_chain()
        row = kind.rows().filter(pk=pk).first()
        if row is None:
            yield f"{kind.about(pk)} 在检查时被删除。"
            return
        _, received, digest, sealed = row
        owner = kind.model._default_manager.values_list(kind.submission_field, flat=True).get(pk=pk)
        expected = _resealed_now(owner).get(str(pk), received)
        actual = kind.fingerprint(sealed)
    if actual is None:
        yield f"{kind.about(pk)} 的封存文件不见了。"
    elif actual != digest:
        yield f"{kind.about(pk)} 封存的内容被改过。"
    if digest != expected:
        yield f"{kind.about(pk)} 换过封存，但没有对应的改派记录。"


def _resealed_now(submission: UUID) -> dict[str, str]:
    events = AuditEvent.objects.filter(action=Action.REROUTE, object_id=str(submission))
    resealed: dict[str, str] = {}
    for event in events.order_by("sequence"):
        resealed |= resealed_by(event)
    return resealed


def _of_bytes(sealed: Any) -> str:
    return fingerprint(bytes(sealed))


def _of_file(name: str) -> str | None:
    try:
        return sealed_files.fingerprint(name)
    except FileNotFoundError:
        return None


_KINDS = (
    Sealed(Submission, "sealed_digest", "sealed", _of_bytes, "pk"),
    Sealed(Supplement, "sealed_digest", "sealed", _of_bytes, "submission_id"),
    Sealed(Attachment, "sealed_sha256", "sealed_file", _of_file, "submission_id"),
)
