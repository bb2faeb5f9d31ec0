"""The moment from which the old identity opens nothing more and stands in no row."""

from datetime import datetime

from django.db import transaction

from intake import audit
from intake.casework.rotating import holders
from intake.choices import Action
from intake.models import Desk, DeskRotation, StaffUser
from intake.sealing.unsealing import identities_in


def end(rotation: DeskRotation, secret: str, *, by: StaffUser | None, at: datetime) -> None:
    """Once a whole pass has found nothing that only the old one opens; twice does nothing."""
    newest = identities_in(secret)[0]
    with transaction.atomic():
        holders.hold_keys(rotation.desk)
        audit.checkpoint(at=at)
        desk = Desk.objects.select_for_update(of=("self",)).get(pk=rotation.desk_id)
        held = DeskRotation.objects.running().select_for_update().filter(pk=rotation.pk).first()
        if held is None:
            return
        holders.seal_to_office(desk, newest)
        let_in = holders.sealed_to_holders(desk, newest, at=at)
        audit.record(
            Action.END_ROTATION,
            by=by,
            at=at,
            obj=desk,
            desk=desk,
            changed=[*([desk] if desk.is_teams else []), *let_in.kept],
            removed=let_in.dropped,
            rows=held.resealed,
            damaged=held.damaged,
            kept=len(let_in.kept),
            dropped=len(let_in.dropped),
        )
        desk.save(update_fields=["sealed_identity"])
        holders.save(let_in)
        held.ended_at = at
        held.save(update_fields=["ended_at"])
