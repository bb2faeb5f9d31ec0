"""Desks, staff, sealed items and the audit chain."""

from intake.models.audit_event import AuditCheck, AuditEvent, CheckedRow
from intake.models.authenticator import Authenticator
from intake.models.counter import Counter
from intake.models.deadline import DeadlineExtension, DeadlinePause, DeadlineRule
from intake.models.desk import Desk
from intake.models.ending.appraisal import Appraisal, AppraisalEntry
from intake.models.ending.holding import Hold
from intake.models.ending.retention_class import RetentionClass
from intake.models.ending.round_archive import ArchivePart, RoundArchive
from intake.models.ending.round_purge import DestroyedSeal, RoundPurge
from intake.models.evidence.sealed_part import SealedPart
from intake.models.finding.own_filters import OwnFilters
from intake.models.finding.running_search import RunningSearch
from intake.models.keys.desk_rotation import DeskRotation
from intake.models.keys.succession import Succession
from intake.models.material import Attachment, Supplement
from intake.models.problem import Problem
from intake.models.staff_user import DeskAccess, StaffKey, StaffUser
from intake.models.submission import Submission
from intake.models.together.helping_desk import (
    HelpingCopy,
    HelpingDesk,
    HelpingFile,
    HelpingOpinion,
)
from intake.models.together.item_digest import ItemDigest
from intake.models.together.recusal import Recusal
from intake.models.together.repeat_link import RepeatLink
from intake.models.waiting.waiting_part import TakenFile, WaitingPart
from intake.models.work.box_opening import BoxOpening
from intake.models.work.case_file import CaseFile
from intake.models.work.draft_scan import DraftScan
from intake.models.work.ledger_run import LedgerRun
from intake.models.work.presence import Presence
from intake.models.work.receiver import Receiver
from intake.models.work.sealed_matter import SealedMatter
from intake.models.work.transfer_list import TransferList
from intake.models.work.transfer_rows import TransferEntry, TransferReminder
from intake.models.work.viewing_copy import CopyMaking, ViewingCopy
from intake.models.work.voiding import Voiding
from intake.models.work.written_draft import WrittenDraft

__all__ = [
    "Appraisal",
    "AppraisalEntry",
    "ArchivePart",
    "Attachment",
    "AuditCheck",
    "AuditEvent",
    "Authenticator",
    "BoxOpening",
    "CaseFile",
    "CheckedRow",
    "CopyMaking",
    "Counter",
    "DeadlineExtension",
    "DeadlinePause",
    "DeadlineRule",
    "Desk",
    "DeskAccess",
    "DeskRotation",
    "DestroyedSeal",
    "DraftScan",
    "HelpingCopy",
    "HelpingDesk",
    "HelpingFile",
    "HelpingOpinion",
    "Hold",
    "ItemDigest",
    "LedgerRun",
    "OwnFilters",
    "Presence",
    "Problem",
    "Receiver",
    "Recusal",
    "RepeatLink",
    "RetentionClass",
    "RoundArchive",
    "RoundPurge",
    "RunningSearch",
    "SealedMatter",
    "SealedPart",
    "StaffKey",
    "StaffUser",
    "Submission",
    "Succession",
    "Supplement",
    "TakenFile",
    "TransferEntry",
    "TransferList",
    "TransferReminder",
    "ViewingCopy",
    "Voiding",
    "WaitingPart",
    "WrittenDraft",
]
