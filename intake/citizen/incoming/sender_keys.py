"""Where a request comes from, only as the key of a short-lived counter; it is never kept."""

from datetime import datetime

from django.http import HttpRequest

from intake.arriving.arrivals import arrival_of
from intake.arriving.senders import network_in


def sender_of(request: HttpRequest) -> str:
    """The network that counts as one sender; '' when nobody can tell.

    Without an address all would share one counter, and one person could stop all others.
    """
    known = arrival_of(request.META).network
    return known or network_in(request.META)


def sender_today(request: HttpRequest, at: datetime) -> str:
    """The key of this sender's counter of wrong codes, another one each day; '' for none."""
    network = sender_of(request)
    return f"wrong-code {at:%Y-%m-%d} {network}" if network else ""
