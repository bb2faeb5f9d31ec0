"""操作留痕: an append-only record of who did what, when, chained and under a key."""

from intake.audit.chain import checkpoint, count_words, fingerprint, record
from intake.audit.closing import CannotClose, close_lost
from intake.audit.event_shape import WrongEvent
from intake.audit.event_table import OBJECTS, ONLY_LOOKED, actions_of, details_of
from intake.audit.recipients import (
    NotGenuine,
    desk_code,
    is_genuine_desk,
    key_code,
    recipient_of,
    recipient_of_member,
    superseded_desks,
)
from intake.audit.verification import Verification, verify

__all__ = [
    "OBJECTS",
    "ONLY_LOOKED",
    "CannotClose",
    "NotGenuine",
    "Verification",
    "WrongEvent",
    "actions_of",
    "checkpoint",
    "close_lost",
    "count_words",
    "desk_code",
    "details_of",
    "fingerprint",
    "is_genuine_desk",
    "key_code",
    "recipient_of",
    "recipient_of_member",
    "record",
    "superseded_desks",
    "verify",
]
