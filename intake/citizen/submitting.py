"""A report, from draft to receipt: window, route, seal, store.

A receipt is given only for what is committed. Nothing here waits for another citizen.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError
from django.db.models import QuerySet

from inspection.current import Published
from inspection.models import Team
from inspection.schedule import Window
from intake.arriving.ahead.waiting_content import Gone
from intake.choices import Way
from intake.citizen.receipt_keys import code_of, receipt_digest, sent_key
from intake.citizen.windows import to_add_to, window_for
from intake.filing.preparing import prepare
from intake.filing.storing import store
from intake.keeping.both_hosts.confirming import settle
from intake.models import Desk, Submission
from intake.report.acceptance import refusal
from intake.report.draft import Draft


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a citizen takes home. The code is not stored anywhere and shows in no repr.

    `window` is when the report can be added to, `digest` the SHA-256 of what was sealed.
    """

    code: str = field(repr=False)
    received_at: datetime
    digest: str
    round_title: str
    window: Window
    is_repeat: bool = False


def submit(draft: Draft, *, published: Published, at: datetime) -> Receipt:
    """Stores a report received at `at`; the same sheet with the same content,
    sent again, gives the same receipt.

    Raises WindowNotOpen or WindowClosed; Gone for files that another report has; NoDesk, OSError
    or a DatabaseError when it was not stored (after a failed commit it may have been: then
    sending again finds it).
    """
    window = window_for(published, draft.target_code)
    if outside := refusal(window, at):
        # Whoever sent it in time and did not see the answer must still get the receipt.
        repeated = _repeated(draft, published)
        if repeated is None:
            raise outside
        return repeated
    code = code_of(draft.nonce, draft.content)
    submission, desk = prepare(draft, published, window=window)
    submission.way, submission.received_at = Way.WEB, at
    submission.receipt_digest = receipt_digest(code)
    try:
        store(submission, draft.attachments, desk)
    except (IntegrityError, Gone):
        repeated = _repeated(draft, published)
        if repeated is None:
            raise
        return repeated
    team = _team_of(submission, desk, published)
    window = to_add_to(submission, published.round, team)
    return Receipt(code, at, submission.received_digest, published.round.title, window)


def _repeated(draft: Draft, published: Published) -> Receipt | None:
    """The receipt of this very sheet if it was sent before with the very same content.

    What was found may be on one host alone: its first sender was told nothing. Raises OnOneHost.
    """
    content = draft.content
    key, code = sent_key(draft.nonce, content), code_of(draft.nonce, content)
    found = stored_reports().filter(receipt_digest=receipt_digest(code)).first()
    if found is None or found.idempotency_key != key:
        return None
    settle()
    window = window_of_stored(found)
    digest, title = found.received_digest, found.round.title
    return Receipt(code, found.received_at, digest, title, window, is_repeat=True)


def stored_reports() -> QuerySet[Submission]:
    """Stored reports with all that tells until when they can be added to, and no content."""
    rows = Submission.objects.select_related("round", "desk__team", "target__team")
    return rows.defer("sealed", "round__source_text", "round__source_notice")


def window_of_stored(submission: Submission) -> Window:
    """When one of `stored_reports` can be added to."""
    team = submission.target.team if submission.target else submission.desk.team
    return to_add_to(submission, submission.round, team)


def _team_of(submission: Submission, desk: Desk, published: Published) -> Team | None:
    """The team of the body that the report is about, else the one that reads it."""
    about = published.team_of_body.get(submission.target_id) if submission.target_id else None
    return about or next((team for team in published.teams if team.pk == desk.team_id), None)
