"""Everything that is sealed to desks: one table. Whoever seals something new adds its entry.

A test walks all models and names the sealed column that stands in none of the tables. What a member
seals to the own key is no desk's, and stands in `SEALED_TO_MEMBERS` with the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from intake.choices import DeskKind
from intake.models import (
    AppraisalEntry,
    Attachment,
    BoxOpening,
    CaseFile,
    DeadlineExtension,
    DeadlinePause,
    Desk,
    DeskAccess,
    DraftScan,
    HelpingCopy,
    HelpingFile,
    HelpingOpinion,
    Hold,
    OwnFilters,
    Recusal,
    SealedPart,
    StaffKey,
    Submission,
    Supplement,
    TakenFile,
    TransferEntry,
    TransferList,
    ViewingCopy,
    WaitingPart,
    WrittenDraft,
)

_NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class SealedKind:
    """Rows of one model: `columns` names each sealed one with that of its digest, '' without one.

    `of` finds the rows that are sealed to a desk. With `is_file` the column names a sealed file.
    """

    model: type[Model]
    columns: Mapping[str, str]
    of: Callable[[Desk], Q]
    is_file: bool = False
    # Made again from what is sealed beside it, whenever somebody asks: dropped, never carried.
    is_made_again: bool = False

    @property
    def name(self) -> str:
        """'submission'."""
        return str(self.model._meta.model_name)

    def rows(self, desk: Desk) -> QuerySet[Any]:
        """What is sealed to the desk, in the order of the keys."""
        return self.model._default_manager.filter(self.of(desk)).order_by("pk")


def _of_an_item(desk: Desk) -> Q:
    return Q(submission__desk=desk)


def _own(desk: Desk) -> Q:
    return Q(desk=desk)


def _reasons_of_the_round(desk: Desk) -> Q:
    return Q(submission__round=desk.round_id) if desk.is_office else _NOTHING


def _of_the_round(desk: Desk) -> Q:
    return Q(round=desk.round_id) if desk.is_office else _NOTHING


def _teams_of_the_round(desk: Desk) -> Q:
    return Q(round=desk.round_id, kind=DeskKind.TEAM) if desk.is_office else _NOTHING


SEALED_TO_DESKS: tuple[SealedKind, ...] = (
    # What opens the teams' desks comes first: through it the office reads them.
    SealedKind(Desk, {"sealed_identity": ""}, _teams_of_the_round),
    SealedKind(Submission, {"sealed": "sealed_digest"}, _own),
    SealedKind(Supplement, {"sealed": "sealed_digest"}, _of_an_item),
    SealedKind(CaseFile, {"sealed": "sealed_digest", "sealed_reporter": "reporter_digest"}, _own),
    SealedKind(
        HelpingOpinion,
        {"sealed": "sealed_digest"},
        lambda desk: Q(helping__submission__desk=desk),
    ),
    SealedKind(HelpingCopy, {"sealed": "sealed_digest"}, lambda desk: Q(helping__desk=desk)),
    SealedKind(DeadlinePause, {"sealed_reason": ""}, _of_an_item),
    SealedKind(DeadlineExtension, {"sealed_reason": ""}, _of_an_item),
    SealedKind(Recusal, {"sealed_reason": ""}, _reasons_of_the_round),
    SealedKind(Hold, {"sealed_reason": ""}, _of_the_round),
    SealedKind(BoxOpening, {"sealed": "sealed_digest"}, _own),
    SealedKind(TransferList, {"sealed": "sealed_digest"}, _own),
    SealedKind(TransferEntry, {"sealed": "sealed_digest"}, lambda desk: Q(list__desk=desk)),
    SealedKind(AppraisalEntry, {"sealed": "sealed_digest"}, lambda desk: Q(appraisal__desk=desk)),
    SealedKind(Attachment, {"sealed_file": "sealed_sha256"}, _of_an_item, is_file=True),
    SealedKind(
        HelpingFile,
        {"sealed_file": "sealed_sha256"},
        lambda desk: Q(helping__desk=desk),
        is_file=True,
    ),
    SealedKind(
        ViewingCopy,
        {"sealed_file": "sealed_sha256"},
        lambda desk: Q(making__desk=desk),
        is_file=True,
        is_made_again=True,
    ),
)
KIND_BY_NAME = {kind.name: kind for kind in SEALED_TO_DESKS}

# What a file's name leads to is sealed to whom the row that names it is.
SEALED_IN_PARTS: dict[type[Model], tuple[str, ...]] = {SealedPart: ("piece",)}

# What came ahead of its form is nobody's yet: the form's nonce opens it, and no desk has that.
SEALED_TO_FORMS: dict[type[Model], tuple[str, ...]] = {
    WaitingPart: ("piece",),
    TakenFile: ("note",),
}

# By model, which columns only their owner opens.
SEALED_TO_MEMBERS: dict[type[Model], tuple[str, ...]] = {
    DeskAccess: ("sealed_identity",),
    StaffKey: ("wrapped_identity",),
    WrittenDraft: ("sealed",),
    OwnFilters: ("sealed",),
    DraftScan: ("sealed_note", "sealed_file"),
}
