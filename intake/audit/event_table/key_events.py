"""The kinds of events about the identities of desks: a new one, and what is sealed anew for it."""

from inspection.models import Round
from intake.audit.event_shape import EventKind, count, one_of, text
from intake.choices import Action, DeedSort, RecoveryCopy
from intake.models import (
    AppraisalEntry,
    Attachment,
    BoxOpening,
    CaseFile,
    Desk,
    DeskAccess,
    HelpingCopy,
    HelpingFile,
    HelpingOpinion,
    StaffUser,
    Submission,
    Succession,
    Supplement,
    TransferEntry,
    TransferList,
)

_DESK = (Desk,)
_KEPT = count("kept", "换封的授权")
_DROPPED = count("dropped", "收回的授权")
_COUNT = count("rows", "换封的份数")
_REHEARSED = ("rehearsed_at", "second_rehearsed_at")

KEY_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        action=Action.BEGIN_ROTATION,
        about=_DESK,
        at_desk=True,
        must=(_KEPT, _DROPPED),
        changes={
            Desk: ("recipient", "recipient_code", "sealed_identity", *_REHEARSED),
            DeskAccess: ("sealed_identity",),
        },
        removes=(DeskAccess,),
    ),
    EventKind(
        action=Action.RESEAL,
        about=_DESK,
        at_desk=True,
        must=(_COUNT,),
        changes={
            Desk: ("sealed_identity",),
            Submission: ("sealed_digest",),
            Supplement: ("sealed_digest",),
            CaseFile: ("sealed_digest", "reporter_digest"),
            HelpingOpinion: ("sealed_digest",),
            HelpingCopy: ("sealed_digest", "source_digest"),
            BoxOpening: ("sealed_digest",),
            TransferList: ("sealed_digest",),
            TransferEntry: ("sealed_digest",),
            AppraisalEntry: ("sealed_digest",),
            Attachment: ("sealed_sha256",),
            HelpingFile: ("sealed_sha256",),
        },
    ),
    EventKind(
        action=Action.END_ROTATION,
        about=_DESK,
        at_desk=True,
        must=(_COUNT, count("damaged", "打不开的份数"), _KEPT, _DROPPED),
        changes={Desk: ("sealed_identity",), DeskAccess: ("sealed_identity",)},
        removes=(DeskAccess,),
    ),
    EventKind(
        action=Action.REHEARSE,
        about=(Round,),
        must=(count("opened_desks", "打开的受理席"),),
        may=(one_of("copy", "哪一份", RecoveryCopy),),
        changes={Desk: _REHEARSED},
    ),
    EventKind(
        action=Action.LEAVE,
        about=(StaffUser,),
        sort=DeedSort.WORK,
        must=(_DROPPED, count("drafts", "删掉的没有保存的内容")),
        may=(text("successor", "接着办的人"),),
        makes=(Succession,),
    ),
)
