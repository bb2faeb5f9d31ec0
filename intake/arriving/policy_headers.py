"""Headers that say what a page may do: the texts of the two policies."""

from collections.abc import Mapping, Sequence

# What the pages never ask for, so that nothing slipped in could.
_DENIED = ("camera", "geolocation", "microphone", "payment", "usb")
PERMISSIONS_POLICY = ", ".join(f"{what}=()" for what in _DENIED)
# Of the forms, where somebody may speak instead of writing.
WITH_MICROPHONE = PERMISSIONS_POLICY.replace("microphone=()", "microphone=(self)")


def policy_text(policy: Mapping[str, Sequence[str]]) -> str:
    """A Content-Security-Policy as its header says it, from its parts as the settings name them."""
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())
