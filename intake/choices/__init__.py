"""The field's closed lists, by what they are about."""

from intake.choices.arrival_lists import Category, Identity, Origin, Way
from intake.choices.judging_lists import (
    Handling,
    Nature,
    PoliticalStatus,
    Rank,
    Scope,
    Signature,
    Status,
    Topic,
    status_choices,
)
from intake.choices.staff_lists import Action, DeskKind, Purpose, Role, action_choices

__all__ = [
    "Action",
    "Category",
    "DeskKind",
    "Handling",
    "Identity",
    "Nature",
    "Origin",
    "PoliticalStatus",
    "Purpose",
    "Rank",
    "Role",
    "Scope",
    "Signature",
    "Status",
    "Topic",
    "Way",
    "action_choices",
    "status_choices",
]
