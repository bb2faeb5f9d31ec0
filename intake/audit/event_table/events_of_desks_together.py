"""The kinds of events about repeats, and about who is kept out of an item."""

from inspection.models import Round
from intake.audit.event_shape import EventKind, count, text, unshown
from intake.choices import Action
from intake.models import Recusal, RepeatLink, Submission

_ITEM = (Submission,)

DESKS_TOGETHER_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        action=Action.LOOK_FOR_REPEATS,
        about=(Round,),
        must=(count("alike", "找到"),),
    ),
    EventKind(
        action=Action.COMPARE_REPEATS,
        about=_ITEM,
        at_desk=True,
        must=(count("opened", "启封比对"), count("alike", "找到")),
    ),
    EventKind(
        action=Action.LINK_REPEAT,
        about=_ITEM,
        at_desk=True,
        must=(unshown("lead"),),
        makes=(RepeatLink,),
    ),
    EventKind(
        action=Action.UNLINK_REPEAT,
        about=_ITEM,
        at_desk=True,
        must=(unshown("lead"),),
        changes={RepeatLink: ("undone_by", "undone_at")},
    ),
    # At the office's desk, so that no log of a team's desk tells of it.
    EventKind(
        action=Action.ORDER_RECUSAL,
        about=_ITEM,
        at_desk=True,
        must=(text("clerk", "回避的人"),),
        makes=(Recusal,),
    ),
    EventKind(
        action=Action.END_RECUSAL,
        about=_ITEM,
        at_desk=True,
        must=(text("clerk", "回避的人"),),
        changes={Recusal: ("ended_by", "ended_at")},
    ),
)
