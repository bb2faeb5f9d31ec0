"""Desks, staff, sealed items and the audit chain."""

from intake.models.audit import AuditEvent
from intake.models.counter import Counter
from intake.models.desk import Desk
from intake.models.material import Attachment, Supplement
from intake.models.second_factor import Authenticator
from intake.models.staff import DeskAccess, StaffKey, StaffUser
from intake.models.submission import Submission

__all__ = [
    "Attachment",
    "AuditEvent",
    "Authenticator",
    "Counter",
    "Desk",
    "DeskAccess",
    "StaffKey",
    "StaffUser",
    "Submission",
    "Supplement",
]
