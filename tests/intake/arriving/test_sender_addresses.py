"""One sender is an IPv4 address or an IPv6 /64; only trusted proxies are believed."""

import pytest

from intake.arriving.sender_addresses import network_of

PROXY = "10.0.0.1"


def network(peer: str, forwarded: str = "") -> str:
    meta = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    return network_of(meta, trusted=[PROXY])


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unix:", ""),
    ],
    ids=["ipv4", "ipv6", "its neighbour", "ipv4 in ipv6", "none", "no address"],
)
def test_what_counts_as_one_sender(peer: str, expected: str):
    assert network(peer) == expected


def test_a_trusted_proxy_tells_whom_it_saw():
    assert network(PROXY, "198.51.100.1, 2001:db8::1") == "2001:db8::/64"


def test_nobody_else_is_believed():
    assert network("203.0.113.7", "198.51.100.1") == "203.0.113.7"


def test_a_proxy_that_tells_nonsense_is_no_sender():
    assert network(PROXY, "unknown") == ""


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("198.51.100.1:4711", "198.51.100.1"),
        ("[2001:db8::1]:4711", "2001:db8::/64"),
        ("[2001:db8::1]", "2001:db8::/64"),
        ('for="[2001:db8::1]:4711";proto=https', "2001:db8::/64"),
        ("198.51.100.1, 203.0.113.9:1", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, ", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        ("10.0.0.1", PROXY),
        ("198.51.100.1, unknown", ""),
        ("198.51.100.1, _hidden", ""),
        ("198.51.100.1:", ""),
        ("::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_however_a_proxy_writes_it(forwarded: str, expected: str):
    assert network(PROXY, forwarded) == expected


def test_a_header_without_a_dash_cannot_be_imitated_by_underscores():
    meta = {
        "REMOTE_ADDR": PROXY,
        "HTTP_FORWARDEDFOR": "203.0.113.9",
        "HTTP_X_FORWARDED_FOR": "198.51.100.1",
    }
    assert network_of(meta, trusted=[PROXY], header="Forwardedfor") == "203.0.113.9"
