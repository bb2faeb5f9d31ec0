"""Desks, staff, sealed items and the audit chain."""

from intake.models.audit_event import AuditEvent
from intake.models.authenticator import Authenticator
from intake.models.counter import Counter
from intake.models.desk import Desk
from intake.models.material import Attachment, Supplement
from intake.models.problem import Problem
from intake.models.staff_user import DeskAccess, StaffKey, StaffUser
from intake.models.submission import Submission

__all__ = [
    "Attachment",
    "AuditEvent",
    "Authenticator",
    "Counter",
    "Desk",
    "DeskAccess",
    "Problem",
    "StaffKey",
    "StaffUser",
    "Submission",
    "Supplement",
]
