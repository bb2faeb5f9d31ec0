"""The receipt's code and what is stored instead of it, under the site's receipt key."""

from django.conf import settings

from intake.report import receipts


def receipt_key() -> bytes:
    """The key of all receipts."""
    key: bytes = settings.RECEIPT_KEY
    return key


def code_of(nonce: str, content: str) -> str:
    """The code that this content on the sheet with this nonce leads to."""
    return receipts.code_for(nonce, content, receipt_key())


def sent_key(nonce: str, content: str) -> str:
    """What makes this content on this sheet one report or one supplement."""
    return receipts.idempotency_key(nonce, content, receipt_key())


def receipt_digest(code: str) -> str:
    """What is stored of a code."""
    return receipts.digest(code, receipt_key())
