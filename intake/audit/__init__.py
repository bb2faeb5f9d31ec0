"""操作留痕: an append-only, hash-chained record of who did what, when."""

from intake.audit.chain import RESEALED, RESEALED_PARTS, checkpoint, fingerprint, record
from intake.audit.rows import count_words
from intake.audit.verification import Verification, verify

__all__ = [
    "RESEALED",
    "RESEALED_PARTS",
    "Verification",
    "checkpoint",
    "count_words",
    "fingerprint",
    "record",
    "verify",
]
