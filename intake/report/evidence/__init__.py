"""Attachments: what is taken, what a file is by its content, and what to say of one that is not."""

from intake.report.evidence.choosable import CHOOSING
from intake.report.evidence.describing import Kind, Sort
from intake.report.evidence.file_kinds import HEIC_ROOM, KINDS, OF_CODE, OF_ENDING
from intake.report.evidence.file_names import (
    bare_name,
    clean_name,
    download_name,
    is_cut,
    numbers_of,
)
from intake.report.evidence.media.sound import has_sound, promises_sound
from intake.report.evidence.refusing import (
    ACCEPTED,
    LIMITS,
    LONG_RECORDING,
    NOT_TAKEN,
    Looked,
    Offered,
    check,
    is_too_much,
    look_at,
    problems_with,
    without_advice,
)
from intake.report.evidence.seeing import kind_of, see
from intake.report.evidence.seen import MARK_WORDS, Mark, Seen

__all__ = [
    "ACCEPTED",
    "CHOOSING",
    "HEIC_ROOM",
    "KINDS",
    "LIMITS",
    "LONG_RECORDING",
    "MARK_WORDS",
    "NOT_TAKEN",
    "OF_CODE",
    "OF_ENDING",
    "Kind",
    "Looked",
    "Mark",
    "Offered",
    "Seen",
    "Sort",
    "bare_name",
    "check",
    "clean_name",
    "download_name",
    "has_sound",
    "is_cut",
    "is_too_much",
    "kind_of",
    "look_at",
    "numbers_of",
    "problems_with",
    "promises_sound",
    "see",
    "without_advice",
]
