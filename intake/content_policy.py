"""A Content-Security-Policy, from its parts as the settings name them to the text of the header."""

from collections.abc import Mapping, Sequence


def policy_text(policy: Mapping[str, Sequence[str]]) -> str:
    """What the header says."""
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())
