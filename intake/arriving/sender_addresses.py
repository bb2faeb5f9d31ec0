"""Where a request comes from, as far as it counts as one sender. Nothing here is kept."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

# As proxies write one: '203.0.113.7', '203.0.113.7:4711', '[2001:db8::1]:4711', 'for="[…]"'.
_WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d+)?|([\d.]+):\d+")
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
# Most are of this kind and need no further look.
_PLAIN = re.compile(rf"(?:{_BYTE}\.){{3}}{_BYTE}", re.ASCII)


def network_of(
    meta: Mapping[str, Any], *, trusted: Collection[str], header: str = "X-Forwarded-For"
) -> str:
    """The peer's address; behind trusted proxies the one that the first saw; '' if none is known.

    Whoever has an IPv6 address has all of its /64, so that counts as one.
    """
    peer = str(meta.get("REMOTE_ADDR", ""))
    passed_on = [part for part in str(meta.get(meta_name(header), "")).split(",") if part.strip()]
    # Each proxy adds whom it saw at the end; what stands further left anybody can have written.
    while passed_on and peer in trusted:
        peer = _bare(passed_on.pop())
    if _PLAIN.fullmatch(peer):
        return peer
    address = _address(peer)
    if not isinstance(address, IPv6Address):
        return str(address or "")
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))


@lru_cache(maxsize=16)
def meta_name(header: str) -> str:
    """Under which name a server hands a header on; 'X_Y' and 'X-Y' become the same."""
    return f"HTTP_{header.upper().replace('-', '_')}"


def _bare(typed: str) -> str:
    """An address without what a proxy wrote around it."""
    words = typed.strip()
    if _PLAIN.fullmatch(words):
        return words
    if words.lower().startswith("for="):
        words = words[4:].split(";", 1)[0]
    words = words.strip('" ')
    found = _WITH_PORT.fullmatch(words)
    return (found[1] or found[2]) if found else words


def _address(words: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(words)
    except ValueError:
        return None
