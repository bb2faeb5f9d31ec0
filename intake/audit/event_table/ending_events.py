"""The kinds of events about a round's end: its archive, what was destroyed, what stops that."""

from inspection.models import Round
from intake.audit.event_shape import EventKind, check_code, count, fingerprint, text
from intake.choices import Action, DeedSort
from intake.models import (
    Appraisal,
    AppraisalEntry,
    ArchivePart,
    BoxOpening,
    Desk,
    DeskAccess,
    DestroyedSeal,
    Hold,
    RoundArchive,
    RoundPurge,
    Submission,
    TransferList,
)

_ROUND = (Round,)
_ARCHIVE = text("archive", "归档包")
_APPRAISAL = count("appraisal", "鉴定清单")
_PART = fingerprint("part_digest", "文件的指纹")

ENDING_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        action=Action.START_ARCHIVE,
        about=_ROUND,
        must=(_ARCHIVE, check_code("archive_key", "档案部门公钥的核对码")),
        makes=(RoundArchive,),
    ),
    EventKind(
        action=Action.ARCHIVE_PART,
        about=(Submission, TransferList, BoxOpening, Round),
        at_desk=True,
        must=(_ARCHIVE, count("part", "第几份"), _PART),
        makes=(ArchivePart,),
        changes={ArchivePart: ("state", "size", "sealed_sha256")},
        sort=DeedSort.TAKE,
    ),
    EventKind(
        action=Action.VERIFY_ARCHIVE,
        about=_ROUND,
        must=(_ARCHIVE, count("count", "件数"), _PART),
        changes={RoundArchive: ("verified_at", "part_count", "manifest_sha256", "proof")},
    ),
    EventKind(
        action=Action.TAKE_ARCHIVE,
        about=_ROUND,
        must=(_ARCHIVE, count("count", "件数")),
        sort=DeedSort.TAKE,
    ),
    EventKind(action=Action.START_PURGE, about=_ROUND, must=(_ARCHIVE,), makes=(RoundPurge,)),
    EventKind(
        action=Action.WRITE_SEALED,
        about=_ROUND,
        at_desk=True,
        must=(count("count", "件数"),),
        sort=DeedSort.TAKE,
    ),
    EventKind(
        action=Action.TAKE_DESTROYED,
        about=_ROUND,
        must=(count("count", "件数"),),
        sort=DeedSort.TAKE,
    ),
    EventKind(action=Action.DROP_PURGE, about=_ROUND, must=(_ARCHIVE,), removes=(RoundPurge,)),
    EventKind(
        action=Action.PURGE_KEYS,
        about=_ROUND,
        must=(count("count", "件数"),),
        makes=(DestroyedSeal,),
        changes={Desk: ("sealed_identity",), DeskAccess: ("sealed_identity",)},
    ),
    EventKind(
        action=Action.PURGE_ROWS,
        about=_ROUND,
        must=(count("count", "件数"),),
        makes=(DestroyedSeal,),
    ),
    EventKind(
        action=Action.END_PURGE,
        about=_ROUND,
        must=(_ARCHIVE, count("count", "件数")),
        changes={RoundPurge: ("finished_at",)},
    ),
    EventKind(action=Action.HOLD, about=(Round, Submission), at_desk=True, makes=(Hold,)),
    EventKind(
        action=Action.LIFT_HOLD,
        about=(Round, Submission),
        at_desk=True,
        changes={Hold: ("lifted_by", "lifted_at")},
    ),
    EventKind(
        action=Action.MAKE_APPRAISAL,
        about=_ROUND,
        at_desk=True,
        must=(_APPRAISAL, count("count", "件数")),
        makes=(Appraisal, AppraisalEntry),
    ),
    EventKind(
        action=Action.SIGN_APPRAISAL,
        about=_ROUND,
        at_desk=True,
        must=(_APPRAISAL, count("count", "件数")),
        changes={
            Appraisal: ("first_signed_by", "second_signed_by", "settled_at"),
            AppraisalEntry: ("piece",),
        },
    ),
    EventKind(
        action=Action.DROP_APPRAISAL,
        about=_ROUND,
        at_desk=True,
        must=(_APPRAISAL,),
        changes={Appraisal: ("dropped_by",), AppraisalEntry: ("is_live",)},
    ),
)
