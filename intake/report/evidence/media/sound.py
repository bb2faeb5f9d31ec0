"""Whether somebody spoke instead of writing: is there a sound among the files?"""

from collections.abc import Iterable

from intake.report.evidence.describing import Sort
from intake.report.evidence.file_kinds import KINDS
from intake.report.evidence.file_names import promised_by

# What the page's own recorder takes at once; at its 24 kbit/s that is less than 2 MB.
LONGEST_MINUTES = 10

_SOUNDS = [kind for kind in KINDS if kind.sort == Sort.SOUND]
_CODES = {kind.code for kind in _SOUNDS}
_ENDINGS = {ending for kind in _SOUNDS for ending in (*kind.endings, *kind.also)}


def has_sound(kinds: Iterable[str]) -> bool:
    """Of files whose content was looked at."""
    return not _CODES.isdisjoint(kinds)


def promises_sound(names: Iterable[str]) -> bool:
    """Of files that could not be taken: whoever sent them may have spoken."""
    return any(promised_by(name) in _ENDINGS for name in names)
