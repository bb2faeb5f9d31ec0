"""One sheet of the registering page is one item, however often it is sent."""

from django.conf import settings

from inspection.current import Published
from intake.models import Submission
from intake.report import receipts
from intake.report.draft import Draft

# Follows every hex digit, in every order of characters.
_BEYOND = "g"


class SheetUsed(Exception):
    """The sheet was registered before, as `item`, with other content."""

    def __init__(self, item: Submission) -> None:
        super().__init__("this sheet was registered with other content")
        self.item = item


def registered_on(draft: Draft, published: Published) -> Submission | None:
    """The item that this very sheet became before; None for a fresh one. Raises SheetUsed."""
    key = receipts.idempotency_key(draft.nonce, draft.content, settings.RECEIPT_KEY)
    sheet = key[: receipts.SHEET]
    of_round = Submission.objects.filter(round=published.round)
    same = of_round.filter(idempotency_key__gte=sheet, idempotency_key__lt=sheet + _BEYOND)
    found = same.select_related("round", "desk__team").defer("sealed").first()
    if found is not None and found.idempotency_key != key:
        raise SheetUsed(found)
    return found
