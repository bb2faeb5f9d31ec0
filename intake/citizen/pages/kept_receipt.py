"""The receipt to keep, signed by this site: as a file, and as text to copy beside it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from django.conf import settings

from intake.citizen.adding import Found
from intake.report import receipt_files
from intake.report.draft import Attachment
from intake.report.evidence import OF_CODE
from intake.report.receipt_files import NotGenuine, ReceivedFile


def received_files(attachments: Iterable[Attachment]) -> tuple[ReceivedFile, ...]:
    """What a receipt tells of each file. Its name may give the matter away, so it is left out."""
    return tuple(
        ReceivedFile(str(OF_CODE[one.kind].sort), one.size, one.sha256) for one in attachments
    )


def signed_text(
    *,
    round_title: str,
    received_at: datetime,
    zone: tzinfo,
    digest: str,
    files: Sequence[ReceivedFile] = (),
) -> str:
    """The text that proves when something was received, under the site's key."""
    return receipt_files.make(
        round_title=round_title,
        received_at=received_at,
        zone=zone,
        digest=digest,
        files=files,
        seed=settings.RECEIPT_SIGNING_KEY,
    )


def text_of(found: Found, kept: str = "") -> str:
    """The same of a report that was looked up: nobody but its receipt knows its files any more.

    So `kept`, the text that the receipt's page sends along, is given again if it is this report's.
    """
    if kept and _is_about(found, kept):
        return "\n".join(kept.splitlines()) + "\n"
    return signed_text(
        round_title=found.round.title,
        received_at=found.received_at,
        zone=found.round.zone,
        digest=found.digest,
    )


def _is_about(found: Found, kept: str) -> bool:
    try:
        genuine = receipt_files.from_bytes(kept.encode())
        return receipt_files.verify(genuine, public_key()).digest == found.digest
    except (NotGenuine, UnicodeEncodeError):
        return False


def public_key() -> str:
    """The public half of the site's key."""
    return receipt_files.public_key(settings.RECEIPT_SIGNING_KEY)
