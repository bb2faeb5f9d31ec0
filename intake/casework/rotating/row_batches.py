"""A few rows of one kind from the old seal into the new, in one transaction with its event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from intake import audit
from intake.choices import Action
from intake.filing.dropping_copies import drop_copies
from intake.filing.resealing_rows import NewFile, Resealer, columns_of
from intake.filing.sealed_table import SealedKind
from intake.keeping import sealed_files
from intake.keeping.new_files import new_files
from intake.models import CopyMaking, DeskRotation, HelpingCopy, StaffUser, Submission, Supplement

# So few that whoever waits for the end of the chain does not notice.
MOST_ROWS, MOST_FILES, MOST_BYTES = 50, 10, 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """What stands behind the place where the walk is."""

    rotation: DeskRotation
    kind: SealedKind
    secret: str
    by: StaffUser | None
    at: datetime

    def do(self) -> bool:
        """Whether there was anything left of this kind."""
        if self.kind.is_made_again:
            return self._dropped()
        return self._files() if self.kind.is_file else self._blobs()

    def _left(self) -> QuerySet[Any]:
        rows = self.kind.rows(self.rotation.desk)
        return rows.filter(pk__gt=self.rotation.last) if self.rotation.last else rows

    def _resealer(self) -> Resealer:
        return Resealer(self.secret, audit.recipient_of(self.rotation.desk))

    def _blobs(self) -> bool:
        resealer = self._resealer()
        with transaction.atomic():
            # The end of the chain comes before the rows, as everywhere.
            audit.checkpoint(at=self.at)
            held = self._held()
            if held is None:
                return True
            rows = list(self._left().select_for_update(no_key=True, of=("self",))[:MOST_ROWS])
            if not rows:
                return False
            before = {row.pk: getattr(row, "sealed_digest", "") for row in rows}
            resealer.rows(self.kind, rows)
            copies = self._copies_of(resealer.resealed, before)
            self._record_and_save(resealer, copies)
            self._move(held, rows, resealer, len(resealer.resealed))
        return True

    def _files(self) -> bool:
        """New files are kept before rows name them, and old ones go with the names they had."""
        resealer, made, rows = self._resealer(), dict[Any, NewFile](), list[Any]()
        with new_files() as files:
            for row in self._left()[:MOST_FILES]:
                rows.append(row)
                if new := resealer.file(row.sealed_file, files):
                    made[row.pk] = new
                if sum(one.size for one in made.values()) > MOST_BYTES:
                    break
            if not rows:
                return False
            with transaction.atomic():
                audit.checkpoint(at=self.at)
                held = self._held()
                if held is None:
                    return True
                self._name(made, rows, resealer)
                self._move(held, rows, resealer, len(made))
                files.are_named()
        return True

    def _dropped(self) -> bool:
        """Copies to look at: a film is made again sooner than all are carried, if anybody asks."""
        with transaction.atomic():
            audit.checkpoint(at=self.at)
            held = self._held()
            if held is None:
                return True
            rows = list(self._left().select_related("making")[:MOST_ROWS])
            if not rows:
                return False
            newest = self.rotation.desk.recipient
            old = {row.making_id for row in rows if row.making.recipient != newest}
            drop_copies(CopyMaking.objects.filter(pk__in=old))
            self._move(held, rows, self._resealer(), len(old))
        return True

    def _name(self, made: dict[Any, NewFile], rows: list[Any], resealer: Resealer) -> None:
        """What was exchanged or moved away meanwhile keeps its own; the next pass looks again."""
        keys = [row.pk for row in rows]
        locked = self.kind.rows(self.rotation.desk).filter(pk__in=keys)
        for row in locked.select_for_update(no_key=True, of=("self",)):
            new = made.get(row.pk)
            if new is None or row.sealed_file != new.old:
                continue
            row.sealed_file, row.sealed_sha256 = new.name, new.sha256
            resealer.resealed.append(row)
        taken = {row.sealed_file for row in resealer.resealed}  # type: ignore[attr-defined]
        gone = [one.old if one.name in taken else one.name for one in made.values()]
        self._record_and_save(resealer, [])
        for name in gone:
            sealed_files.remove(name)

    def _held(self) -> DeskRotation | None:
        """The rotation under a lock; None where somebody else has walked on meanwhile."""
        here = {name: getattr(self.rotation, name) for name in ("passes", "kind", "last")}
        running = DeskRotation.objects.running().select_for_update()
        return running.filter(pk=self.rotation.pk, **here).first()

    def _copies_of(self, rows: list[Any], before: dict[Any, str]) -> list[HelpingCopy]:
        """What a helper has is a copy of the same words still, though their seal is another."""
        found: list[HelpingCopy] = []
        if self.kind.model not in (Submission, Supplement):
            return found
        for row in rows:
            copies = HelpingCopy.objects.filter(source_digest=before[row.pk])
            is_report = isinstance(row, Submission)
            for copy in copies.filter(
                **{"helping__submission": row, "supplement": None}
                if is_report
                else {"supplement": row}
            ):
                copy.source_digest = row.sealed_digest
                found.append(copy)
        return found

    def _record_and_save(self, resealer: Resealer, copies: list[HelpingCopy]) -> None:
        rows = resealer.resealed
        if not rows:
            return
        desk = self.rotation.desk
        is_chained = any(self.kind.columns.values()) or self.kind.model is type(desk)
        audit.record(
            Action.RESEAL,
            by=self.by,
            at=self.at,
            obj=desk,
            desk=desk,
            changed=[*(rows if is_chained else []), *copies],
            rows=len(rows),
        )
        for row in rows:
            row.save(update_fields=columns_of(self.kind))
        for copy in copies:
            copy.save(update_fields=["source_digest"])

    def _move(self, held: DeskRotation, rows: list[Any], resealer: Resealer, found: int) -> None:
        held.kind, held.last = self.kind.name, str(rows[-1].pk)
        held.seen += len(rows)
        held.found += found
        held.resealed += len(resealer.resealed)
        held.damaged += resealer.damaged
        held.save()
