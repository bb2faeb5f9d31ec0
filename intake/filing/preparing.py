"""From a draft to its row: routed and sealed, not stored yet. Web and paper go the same way."""

from django.conf import settings

from inspection.current import Published
from inspection.schedule import Window
from intake import audit
from intake.choices import Signature
from intake.filing.desks_now import desks_of
from intake.models import Desk, Submission
from intake.report import receipts
from intake.report.draft import Draft
from intake.routing import route
from intake.sealing.sealing import seal


def prepare(
    draft: Draft,
    published: Published,
    *,
    window: Window | None = None,
    sending: tuple[Desk, str] | None = None,
) -> tuple[Submission, Desk]:
    """The row as far as the draft decides it, and the desk that can open it.

    Way and dates are the caller's to set. Without a `window` that the citizen's own choice
    decided, the routed body's holds; without `sending`, a desk and why it is that one, the route.
    """
    desks = desks_of(published)
    chosen = route(draft, desks.route_map)
    desk, reason = sending or (desks.desk(chosen), desks.reason(chosen))
    target = published.target(chosen.target_code) if chosen.target_code else None
    window = window or published.window_of(target)
    sealed = seal(draft.to_report(), audit.recipient_of(desk))
    fingerprint = audit.fingerprint(sealed)
    is_named = draft.identity == "named"
    item = Submission(
        round_id=published.round.pk,
        desk_id=desk.pk,
        target_id=target.pk if target else None,
        idempotency_key=receipts.idempotency_key(draft.nonce, draft.content, settings.RECEIPT_KEY),
        route_reason=reason[:200],
        window_opens=window.opens,
        window_closes=window.closes,
        # For the superior it stays sealed too what the matter is about.
        category="" if chosen.kind == "superior" else draft.category,
        signature=Signature.NAMED_UNCHECKED if is_named else Signature.ANONYMOUS,
        scope=chosen.scope,
        attachment_count=len(draft.attachments),
        sealed=sealed,
        received_digest=fingerprint,
        sealed_digest=fingerprint,
    )
    return item, desk
