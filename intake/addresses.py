"""Where a request comes from, as far as it counts as one sender. Nothing here is kept."""

from collections.abc import Collection, Mapping
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any


def network_of(meta: Mapping[str, Any], *, trusted: Collection[str]) -> str:
    """The peer's address; behind a trusted proxy the one that the proxy saw; '' if none is known.

    Whoever has an IPv6 address has all of its /64, so that counts as one.
    """
    peer = str(meta.get("REMOTE_ADDR", ""))
    forwarded = str(meta.get("HTTP_X_FORWARDED_FOR", ""))
    if forwarded and peer in trusted:
        peer = forwarded.rsplit(",", 1)[-1].strip()
    try:
        address = ip_address(peer)
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))
