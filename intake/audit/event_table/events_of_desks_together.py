"""The kinds of events about repeats, about who helps with an item, and who is kept out."""

from inspection.models import Round
from intake.audit.event_shape import EventKind, count, text, unshown
from intake.choices import Action, DeedSort
from intake.models import (
    HelpingCopy,
    HelpingDesk,
    HelpingFile,
    HelpingOpinion,
    Recusal,
    RepeatLink,
    Submission,
)

_ITEM = (Submission,)
_COPIES = (HelpingCopy, HelpingFile)
_HELPER = text("helper", "协办")

DESKS_TOGETHER_EVENTS: tuple[EventKind, ...] = (
    # What was looked for is in no event.
    EventKind(
        action=Action.SEARCH_SEALED,
        sort=DeedSort.LOOK_FOR,
        about=(Round,),
        must=(count("searched", "启封查找"), count("desks", "受理席个数")),
    ),
    EventKind(
        action=Action.LOOK_FOR_REPEATS,
        sort=DeedSort.LOOK_FOR,
        about=(Round,),
        must=(count("alike", "找到"),),
    ),
    EventKind(
        action=Action.COMPARE_REPEATS,
        sort=DeedSort.READ,
        about=_ITEM,
        at_desk=True,
        must=(count("opened", "启封比对"), count("alike", "找到")),
        opens_others=True,
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
    # All of these at the lead's desk: a desk that helps does not read the item's log.
    EventKind(
        action=Action.ADD_HELPER,
        about=_ITEM,
        at_desk=True,
        must=(_HELPER,),
        makes=(HelpingDesk, *_COPIES),
        changes={Submission: ("version",)},
    ),
    EventKind(
        action=Action.END_HELPER,
        about=_ITEM,
        at_desk=True,
        must=(_HELPER,),
        changes={Submission: ("version",), HelpingDesk: ("ended_by", "ended_at")},
        removes=_COPIES,
    ),
    EventKind(
        action=Action.PASS_ON,
        about=_ITEM,
        at_desk=True,
        must=(_HELPER, count("copies", "份数")),
        makes=_COPIES,
        changes={HelpingCopy: ("sealed_digest", "source_digest")},
    ),
    EventKind(
        action=Action.GIVE_OPINION,
        about=_ITEM,
        at_desk=True,
        must=(_HELPER,),
        makes=(HelpingOpinion,),
        changes={Submission: ("version",)},
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
