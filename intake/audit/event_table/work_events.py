"""The kinds of events about what clerks work on beside items."""

from intake.audit.event_shape import EventKind

WORK_EVENTS: tuple[EventKind, ...] = ()
