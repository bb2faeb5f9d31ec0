"""Where a request comes from, by the site's settings about the proxies before it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from intake.arriving.sender_addresses import network_of


def network_in(meta: Mapping[str, Any]) -> str:
    """The network that counts as one sender; '' if none is known."""
    return network_of(meta, trusted=settings.TRUSTED_PROXIES, header=settings.ADDRESS_HEADER)
