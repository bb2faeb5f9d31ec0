"""A report, from draft to receipt: window, route, seal, store.

A receipt is given only for what is committed. Nothing here waits for another citizen.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError

from inspection.current import Published
from inspection.schedule import Window
from intake import receipts
from intake.choices import Source
from intake.draft import Draft
from intake.models import Submission
from intake.preparing import prepare
from intake.storing import store
from intake.submitting.keys import code_of, receipt_digest, receipt_key


class OutsideWindow(Exception):
    """The round does not take this report now; `window` is when it does."""

    def __init__(self, window: Window) -> None:
        super().__init__("outside the window of acceptance")
        self.window = window


class WindowNotOpen(OutsideWindow):
    """Reports are not accepted yet."""


class WindowClosed(OutsideWindow):
    """Reports are not accepted any more."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a citizen takes home. The code is not stored anywhere and shows in no repr."""

    code: str = field(repr=False)
    received_at: datetime
    round_title: str
    is_repeat: bool = False


def window_for(published: Published, target_code: str | None) -> Window:
    """The window of the chosen body's team; without a body, the latest of all."""
    target = published.target(target_code) if target_code else None
    return target.team.window() if target else published.window


def submit(draft: Draft, *, round: Published, at: datetime) -> Receipt:
    """Stores a report received at `at`; the same form sent again gives the same receipt.

    Raises WindowNotOpen or WindowClosed; NoDesk, OSError or a DatabaseError when it was not
    stored (after a failed commit it may have been: then sending again finds it).
    """
    window = window_for(round, draft.target_code)
    if not window.contains(at):
        # Whoever sent it in time and did not see the answer must still get the receipt.
        return _repeated(draft, round) or _refuse(window, at)
    code = code_of(draft.nonce)
    submission, desk = prepare(draft, round, window=window)
    submission.source, submission.received_at = Source.WEB, at
    submission.receipt_digest = receipt_digest(code)
    try:
        store(submission, draft.attachments, desk)
    except IntegrityError:
        repeated = _repeated(draft, round)
        if repeated is None:
            raise
        return repeated
    return Receipt(code, at, round.round.title)


def _refuse(window: Window, at: datetime) -> Receipt:
    raise WindowNotOpen(window) if at < window.opens else WindowClosed(window)


def _repeated(draft: Draft, round: Published) -> Receipt | None:
    """The receipt of this very form if it was sent before."""
    key = receipts.idempotency_key(draft.nonce, receipt_key())
    earlier = Submission.objects.filter(receipt_digest=receipt_digest(code_of(draft.nonce)))
    found = earlier.values_list("received_at", "idempotency_key", "round__title").first()
    if found is None or found[1] != key:
        return None
    return Receipt(code_of(draft.nonce), found[0], found[2], is_repeat=True)
