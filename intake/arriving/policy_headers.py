"""Headers that say what a page may do: the texts of the two policies."""

from collections.abc import Mapping, Sequence

# What the pages never ask for, so that nothing slipped in could.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def policy_text(policy: Mapping[str, Sequence[str]]) -> str:
    """A Content-Security-Policy as its header says it, from its parts as the settings name them."""
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())
