"""What a page and its script must know so that only what is taken is chosen."""

from intake.report.evidence.describing import Sort
from intake.report.evidence.file_kinds import KINDS, RECORDINGS
from intake.report.evidence.media.sound import LONGEST_MINUTES
from intake.report.evidence.refusing import (
    LIMITS,
    LONG_RECORDING,
    NOT_TAKEN,
)
from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES

_ENDINGS = [f".{ending}" for kind in KINDS for ending in kind.endings]
# Choosers on telephones go by these; the script goes by the endings.
_TYPES = dict.fromkeys(type_ for kind in KINDS for type_ in kind.types)
_RECORDINGS = [f".{e}" for kind in KINDS if kind.sort in RECORDINGS for e in kind.endings]

CHOOSING: dict[str, object] = {
    "accept": ",".join([*_ENDINGS, *_TYPES]),
    "endings": ",".join(_ENDINGS),
    "recordings": ",".join(_RECORDINGS),
    "hint": f"{'、'.join(Sort)}都可以，{LIMITS}。",
    "not_taken": NOT_TAKEN,
    "long_recording": LONG_RECORDING,
    "longest_minutes": LONGEST_MINUTES,
    "longest_seconds": LONGEST_MINUTES * 60,
    "max_files": MAX_FILES,
    # Where only one can be chosen at a time, the others have places of their own.
    "further": range(2, MAX_FILES + 1),
    "max_file_bytes": MAX_FILE_BYTES,
    "max_total_bytes": MAX_TOTAL_BYTES,
}
