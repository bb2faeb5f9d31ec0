"""The receipt to keep, signed by this site: as a file, and as text to copy beside it."""

from datetime import datetime, tzinfo

from django.conf import settings

from intake.citizen.adding import Found
from intake.report import receipt_files


def signed_text(*, round_title: str, received_at: datetime, zone: tzinfo, digest: str) -> str:
    """The text that proves when something was received, under the site's key."""
    return receipt_files.make(
        round_title=round_title,
        received_at=received_at,
        zone=zone,
        digest=digest,
        seed=settings.RECEIPT_SIGNING_KEY,
    )


def text_of(found: Found) -> str:
    """The same of a report that was looked up."""
    return signed_text(
        round_title=found.round.title,
        received_at=found.received_at,
        zone=found.round.zone,
        digest=found.digest,
    )


def public_key() -> str:
    """The public half of the site's key."""
    return receipt_files.public_key(settings.RECEIPT_SIGNING_KEY)
