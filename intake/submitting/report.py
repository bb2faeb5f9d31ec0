"""A report, from draft to receipt: window, route, seal, store.

A receipt is given only for what is committed. Nothing here waits for another citizen.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError

from inspection.current import Published
from inspection.schedule import Window
from intake import receipts
from intake.choices import Signature, Source
from intake.current_desks import desks_of
from intake.draft import Draft
from intake.models import Desk, Submission
from intake.routing import route
from intake.sealing import seal
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
    submission, desk = _prepare(draft, round, window, at)
    try:
        store(submission, draft.attachments, desk)
    except IntegrityError:
        repeated = _repeated(draft, round)
        if repeated is None:
            raise
        return repeated
    return Receipt(code_of(draft.nonce), at, round.round.title)


def _refuse(window: Window, at: datetime) -> Receipt:
    raise WindowNotOpen(window) if at < window.opens else WindowClosed(window)


def _prepare(
    draft: Draft, round: Published, window: Window, at: datetime
) -> tuple[Submission, Desk]:
    """The row of a report, routed and sealed, not stored yet; and the desk that can open it."""
    desks = desks_of(round)
    chosen = route(draft, desks.route_map)
    desk = desks.desk(chosen.team)
    target = round.target(chosen.target_code) if chosen.target_code else None
    sealed = seal(draft.to_report(), desk.recipient)
    fingerprint = hashlib.sha256(sealed).hexdigest()
    is_named = draft.identity == "named"
    submission = Submission(
        round_id=round.round.pk,
        receipt_digest=receipt_digest(code_of(draft.nonce)),
        idempotency_key=receipts.idempotency_key(draft.nonce, receipt_key()),
        desk_id=desk.pk,
        target_id=target.pk if target else None,
        route_reason=chosen.reason[:200],
        source=Source.WEB,
        received_at=at,
        window_opens=window.opens,
        window_closes=window.closes,
        category=draft.category,
        signature=Signature.NAMED_UNCHECKED if is_named else Signature.ANONYMOUS,
        scope=chosen.scope,
        attachment_count=len(draft.attachments),
        sealed=sealed,
        received_digest=fingerprint,
        sealed_digest=fingerprint,
    )
    return submission, desk


def _repeated(draft: Draft, round: Published) -> Receipt | None:
    """The receipt of this very form if it was sent before."""
    key = receipts.idempotency_key(draft.nonce, receipt_key())
    earlier = Submission.objects.filter(receipt_digest=receipt_digest(code_of(draft.nonce)))
    found = earlier.values_list("received_at", "idempotency_key", "round__title").first()
    if found is None or found[1] != key:
        return None
    return Receipt(code_of(draft.nonce), found[0], found[2], is_repeat=True)
