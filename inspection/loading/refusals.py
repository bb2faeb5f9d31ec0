"""Why a notice is refused, in words for a clerk."""


class CannotLoad(Exception):
    """The notice contradicts itself or does not fit what is stored; the message is Chinese."""


class StillInUse(Exception):
    """The text drops something to which reports belong; the message is Chinese."""
