"""The receipt's code and what is stored instead of it, under the site's receipt key."""

from django.conf import settings

from intake import receipts


def receipt_key() -> bytes:
    """The key of all receipts."""
    key: bytes = settings.RECEIPT_KEY
    return key


def code_of(nonce: str) -> str:
    """The code that the form with this nonce leads to."""
    return receipts.code_for(nonce, receipt_key())


def receipt_digest(code: str) -> str:
    """What is stored of a code."""
    return receipts.digest(code, receipt_key())
