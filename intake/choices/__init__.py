"""The field's closed lists, by what they are about."""

from intake.choices.arrival_lists import Category, CorrectionReason, Identity, Origin, Way
from intake.choices.judging_lists import (
    CLOSED_STATUSES,
    HANDLED_IN,
    SETTLED_BY_BODIES,
    Handling,
    Nature,
    NoteKind,
    PoliticalStatus,
    Rank,
    Scope,
    Signature,
    Status,
    Topic,
    VoidingEnd,
    status_choices,
)
from intake.choices.staff_lists import (
    Action,
    DeskKind,
    NumberSeries,
    Purpose,
    ReporterPurpose,
    Role,
    action_choices,
)
from intake.choices.together_lists import repeat_trait_choices
from intake.choices.transfer_lists import ListKind, ListState, ReceiverKind

__all__ = [
    "CLOSED_STATUSES",
    "HANDLED_IN",
    "SETTLED_BY_BODIES",
    "Action",
    "Category",
    "CorrectionReason",
    "DeskKind",
    "Handling",
    "Identity",
    "ListKind",
    "ListState",
    "Nature",
    "NoteKind",
    "NumberSeries",
    "Origin",
    "PoliticalStatus",
    "Purpose",
    "Rank",
    "ReceiverKind",
    "ReporterPurpose",
    "Role",
    "Scope",
    "Signature",
    "Status",
    "Topic",
    "VoidingEnd",
    "Way",
    "action_choices",
    "repeat_trait_choices",
    "status_choices",
]
