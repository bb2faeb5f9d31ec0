"""Every kind of audit event: what it is about, which details it carries, which rows it touches.

One table. A new event is a member of `Action`, which has its label, and an entry here. From it
come the guard of `record`, the rows that the chain covers, and all that pages say of an event:
its label, its object, and its details as 'word：value'.
"""

from collections.abc import Iterator

from intake.audit.event_shape import EventKind, WrongEvent, name_of
from intake.audit.event_table.ending_events import ENDING_EVENTS
from intake.audit.event_table.events_of_desks_together import DESKS_TOGETHER_EVENTS
from intake.audit.event_table.events_of_the_log import EVENTS_OF_THE_LOG
from intake.audit.event_table.item_and_staff_events import ITEM_AND_STAFF_EVENTS
from intake.audit.event_table.key_events import KEY_EVENTS
from intake.audit.event_table.signed_events import SIGNED_EVENTS
from intake.audit.event_table.transfer_events import TRANSFER_EVENTS
from intake.audit.event_table.work_events import WORK_EVENTS
from intake.choices import Action, DeedSort
from intake.models import AuditEvent

EVENT_KINDS: tuple[EventKind, ...] = (
    *ITEM_AND_STAFF_EVENTS,
    *WORK_EVENTS,
    *TRANSFER_EVENTS,
    *SIGNED_EVENTS,
    *DESKS_TOGETHER_EVENTS,
    *EVENTS_OF_THE_LOG,
    *ENDING_EVENTS,
    *KEY_EVENTS,
)
# What changes no row: looking, and taking something out.
ONLY_LOOKED = [
    kind.action for kind in EVENT_KINDS if not (kind.makes or kind.changes or kind.removes)
]
_BY_ACTION = {str(kind.action): kind for kind in EVENT_KINDS}


def actions_of(*sorts: DeedSort) -> list[Action]:
    """The deeds of some sorts; what says none is work."""
    return [kind.action for kind in EVENT_KINDS if (kind.sort or DeedSort.WORK) in sorts]


def kind_of(action: Action) -> EventKind:
    """The entry of an action. Raises WrongEvent for one that has none."""
    if action not in _BY_ACTION:
        raise WrongEvent(f"{action} has no entry in the table of events")
    return _BY_ACTION[action]


def details_of(event: AuditEvent) -> Iterator[tuple[str, str]]:
    """Word and value of each detail, as staff read them; also of an event of an older version."""
    kind, detail = _BY_ACTION.get(event.action), event.detail
    if not isinstance(detail, dict):
        return
    if kind is None:
        yield from ((name, str(value)) for name, value in detail.items())
    else:
        yield from kind.said(detail)


# What an event can be about, in words: {"submission": "信访件", …}.
OBJECTS = {
    name_of(model): str(model._meta.verbose_name)
    for kind in EVENT_KINDS
    for model in kind.about
    if model
}
