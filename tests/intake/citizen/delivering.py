"""Delivers drafts as a citizen would, and opens what came of them as the desk would."""

from datetime import datetime, timedelta

from inspection.current import read
from intake.citizen.adding import supplement
from intake.citizen.submitting import Receipt, submit
from intake.models import Submission, Supplement
from intake.report.draft import Attachment as File
from intake.report.draft import Draft, SupplementDraft
from intake.sealing import unsealing
from tests.making import (
    INSIDE,
    Intake,
    make_draft,
)
from tests.sending import JPEG

OPENS = datetime.fromisoformat("2025-03-28T00:00:00+08:00")
CLOSES = datetime.fromisoformat("2025-06-21T00:00:00+08:00")
INSTANT = timedelta(microseconds=1)
PHOTO = File.of_bytes(name="照片.jpg", kind="jpeg", content=JPEG)


def send(intake: Intake, draft: Draft | None = None, *, at: datetime = INSIDE) -> Receipt:
    return submit(draft or make_draft(), published=read(intake.round), at=at)


def opened(intake: Intake, item: Submission | Supplement, desk_id: int) -> bytes:
    return unsealing.open_sealed(bytes(item.sealed), intake.secrets[desk_id])


def add(code: str, nonce: str = "n" * 22, *, at: datetime = INSIDE, **changes: object):
    draft = SupplementDraft(**{"narrative": "（演示）补充", **changes})  # type: ignore[arg-type]
    return supplement(code, draft, nonce=nonce, at=at)
