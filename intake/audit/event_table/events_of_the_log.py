"""The kinds of events about the log itself: what the auditor took out of it, and had checked."""

from intake.audit.event_shape import EventKind, count, fingerprint
from intake.choices import Action, DeedSort

EVENTS_OF_THE_LOG: tuple[EventKind, ...] = (
    EventKind(
        action=Action.EXPORT_EVENTS,
        sort=DeedSort.TAKE,
        about=(None,),
        must=(count("exported", "条数"), fingerprint("file_digest", "文件的指纹")),
    ),
    EventKind(
        action=Action.CHECK_EVENTS,
        sort=DeedSort.WORK,
        about=(None,),
        must=(count("checked", "条数"), count("differing", "发现的问题")),
    ),
)
