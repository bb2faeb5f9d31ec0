"""Items as citizens sent them, and the keys of the members who work on them."""

from datetime import datetime
from typing import Any

from django.conf import settings

from inspection.current import read
from inspection.models import Target
from intake.citizen.adding import supplement
from intake.citizen.submitting import submit
from intake.models import StaffUser, Submission
from intake.report import form_tokens, receipts
from intake.report.draft import Attachment as File
from intake.report.draft import SupplementDraft
from intake.sealing.unsealing import unwrap_identity
from intake.staff.keyring import Keyring
from tests.making import INSIDE, PASSWORD, Intake, make_draft
from tests.sending import JPEG

PHOTO = File.of_bytes(name="合同照片（演示）.jpg", kind="jpeg", content=JPEG)
ADDED = "（演示）又想起来，合同是前年签的。"


def send(
    intake: Intake, target: Target | None = None, *, at: datetime = INSIDE, **draft: Any
) -> Submission:
    """A report about a body, or about none: then it waits at the office."""
    typed = make_draft(target_code=target.code if target else None, **draft)
    submit(typed, published=read(intake.round), at=at)
    key = receipts.idempotency_key(typed.nonce, typed.content, settings.RECEIPT_KEY)
    return Submission.objects.get(idempotency_key=key)


def send_with_all(intake: Intake, target: Target | None = None, **draft: Any) -> Submission:
    """A report with a photo, and a supplement with another."""
    typed = make_draft(target_code=target.code if target else None, attachments=(PHOTO,), **draft)
    receipt = submit(typed, published=read(intake.round), at=INSIDE)
    more = SupplementDraft(narrative=ADDED, attachments=(PHOTO,))
    supplement(receipt.code, more, nonce=form_tokens.new_nonce(), at=INSIDE)
    key = receipts.idempotency_key(typed.nonce, typed.content, settings.RECEIPT_KEY)
    return Submission.objects.get(idempotency_key=key)


def keyring_for(user: StaffUser) -> Keyring:
    """What the member holds after logging in."""
    return Keyring(user, unwrap_identity(user.key.wrapped_identity, PASSWORD))
