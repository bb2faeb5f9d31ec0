"""Where a request comes from, only as the key of a short-lived counter; it is never kept."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest


def sender_today(request: HttpRequest, at: datetime) -> str:
    """The counter's key of this sender, another one each day; '' when nobody can tell.

    Without an address all would share one counter, and one person could stop all others.
    """
    address = _address(request)
    return f"wrong-code {at:%Y-%m-%d} {address}" if address else ""


def _address(request: HttpRequest) -> str:
    """The peer's address; behind a proxy that we trust, the one that the proxy saw."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if peer in settings.TRUSTED_PROXIES and forwarded:
        return str(forwarded).rsplit(",", 1)[-1].strip()
    return peer
