"""操作留痕: an append-only, hash-chained record of who did what, when."""

from intake.audit.chain import RESEALED, checkpoint, fingerprint, record
from intake.audit.verification import Verification, verify

__all__ = ["RESEALED", "Verification", "checkpoint", "fingerprint", "record", "verify"]
