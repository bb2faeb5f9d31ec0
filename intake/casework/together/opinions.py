"""协办意见: what a desk that helps tells the lead. Audited.

It is sealed to the item's desk, so that the lead reads it, and goes with the item; what the helper
said stays also in the helper's own case file, which the lead does not open.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed
from intake.casework import case_files
from intake.casework.together.helping import CannotHelp
from intake.casework.together.item_reader import Reader
from intake.casework.versions import hold
from intake.choices import Action, NoteKind
from intake.models import HelpingOpinion, StaffUser, Submission
from intake.sealing.sealing import seal
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import Keyring

UNREADABLE = _("（意见打不开，可能已经损坏）")


@dataclass(frozen=True, slots=True, repr=False)
class OpenedOpinion:
    """One opinion, opened for the lead."""

    row: HelpingOpinion
    words: str


def give(
    item: Submission, keyring: Keyring, *, words: str, by: StaffUser, at: datetime
) -> HelpingOpinion:
    """Hands the words to the lead's desk, whose clerks are told by the item's version.

    Raises PermissionDenied, NoDeskAccess, Submission.DoesNotExist, and CannotHelp for whoever is
    the lead.
    """
    if not by.may(Deed.WRITE_CASE):
        raise PermissionDenied
    helping = Reader(item, keyring).helping
    if helping is None:
        raise CannotHelp(_("只有协办的组交协办意见。主办的意见写在办理卷里。"))
    with transaction.atomic():
        held = hold(item.pk, by, None, at=at, as_helper=True)
        sealed = seal(words.encode(), audit.recipient_of(held.desk))
        row = HelpingOpinion.objects.create(
            helping=helping,
            given_by=by,
            given_at=at,
            sealed=sealed,
            sealed_digest=audit.fingerprint(sealed),
        )
        audit.record(
            Action.GIVE_OPINION,
            by=by,
            at=at,
            obj=held,
            desk=held.desk,
            made=[row],
            changed=[held],
            helper=str(helping.desk),
        )
        held.save(update_fields=["version"])
        case_files.add_note(held, keyring, kind=NoteKind.HELPING, words=words, by=by, at=at)
    return row


def opinions_of(item: Submission, keyring: Keyring) -> list[OpenedOpinion]:
    """All that was told to the lead, also by desks that help no more. Raises NoDeskAccess."""
    rows = HelpingOpinion.objects.filter(helping__submission=item)
    found = list(rows.select_related("helping__desk__team", "given_by"))
    secret = keyring.desk_secret(item.desk) if found else ""
    return [OpenedOpinion(row, _opened(row, secret)) for row in found]


def _opened(row: HelpingOpinion, secret: str) -> str:
    try:
        return open_sealed(bytes(row.sealed), secret).decode()
    except CannotOpen:
        return str(UNREADABLE)
