"""A round whose items have all that a ledger can say, and one whose lot is small."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from inspection.models import FocusTopic
from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.ledger import exporting
from intake.casework.ledger.exporting import Export, Wanted
from intake.choices import (
    Edition,
    PoliticalStatus,
    Rank,
    ReporterPurpose,
    Scope,
    Signature,
    Status,
    Topic,
    Way,
)
from intake.models import (
    Appraisal,
    AppraisalEntry,
    Attachment,
    CaseFile,
    Problem,
    RetentionClass,
    StaffUser,
    Submission,
    Supplement,
)
from intake.models.codes_field import as_codes
from intake.report.case_words import Accused, CaseWords, Reporter
from intake.sealing.sealing import seal
from tests.intake.casework.transfers.list_world import World as ListWorld
from tests.intake.casework.transfers.list_world import make_world as make_list_world
from tests.making import INSIDE, make_clerk, make_head
from tests.staff_work import keyring_for

PURPOSE = ReporterPurpose.FILLING_IN
ADDRESS = "岚东县西街九号（演示）"
ABSTRACT, PROPOSAL, RESULT = "=摘要（演示）", "拟了解（演示）", "已退还（演示）"
APPROVAL, SERIES = "同意（演示）", "L032-XF·2025-永久-BGS"
REMARK, SUBJECT, PLACE = "当面补充过（演示）", "村支书（演示）", "东山村"
WALL = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@dataclass
class World:
    lists: ListWorld
    team: StaffUser
    other_team: StaffUser
    head: StaffUser
    item: Submission

    @property
    def office(self) -> StaffUser:
        return self.lists.clerk


def make_world() -> World:
    """One item with everything, of the first team; the office's clerk gave it out on a list."""
    lists = make_list_world()
    intake = lists.intake
    team = make_clerk(intake, intake.desks[0], full_name="李（演示）")
    told = {"place": PLACE, "subject": SUBJECT}
    item = lists.item(
        told=told,
        noted={"address": ADDRESS, "origin_detail": "市长热线（演示）", "original_number": "热-7"},
        way=Way.LETTER,
        is_late=True,
        is_important=True,
        signers=6,
        people=0,
        scope=Scope.OUT,
        signature=Signature.NAMED_CHECKED,
        registered_by=team,
        registered_at=INSIDE,
        approved_by=team,
        approved_at=INSIDE,
        postmarked_on="2025-04-12",
        rank=Rank.VILLAGE,
        topics=as_codes([Topic.PERSONNEL]),
        main_problem=Problem.objects.exclude(parent=None).earliest("pk"),
        other_problems=as_codes([str(Problem.objects.exclude(parent=None).latest("pk").code)]),
        focus=FocusTopic.objects.create(
            round=intake.round, order=1, kind="town", heading="聚焦一（演示）"
        ),
    )
    write_case(item, team)
    row = lists.sent(item)
    row.refresh_from_db()
    other = make_clerk(intake, intake.desks[1])
    return World(lists, team, other, make_head(intake), item)


def write_case(item: Submission, by: StaffUser, **changes: Any) -> None:
    """A case file with two accused, the reporter and a remark."""
    words: dict[str, Any] = {
        "accused": (
            Accused("钱演示", "支书", "东山村", Rank.VILLAGE, PoliticalStatus.PARTY),
            Accused("孙演示", "", "", "", ""),
        ),
        "abstract": ABSTRACT,
        "proposal": PROPOSAL,
        "result": RESULT,
        "materials": "收据2页（演示）",
    }
    keyring, seen = keyring_for(by), Seen(0)
    case_files.save(
        item,
        keyring,
        words=CaseWords(**{**words, **changes}),
        reporter=Reporter(address=ADDRESS, signers=("周演示",)),
        note=REMARK,
        seen=seen,
        by=by,
        at=INSIDE,
    )


def archive(world: World) -> None:
    """As its end leaves the item: approved with words, closed, filed; with files of both kinds."""
    item, office = world.item, world.lists.intake.office
    words = replace(case_files.open(item, keyring_for(world.team)).words, approval=APPROVAL)
    sealed = seal(words.to_bytes(), item.desk.recipient)
    CaseFile.objects.filter(submission=item).update(sealed=sealed)
    added = Supplement.objects.create(
        submission=item, received_at=INSIDE, idempotency_key="added", sealed=b""
    )
    Attachment.objects.create(
        submission=item, supplement=added, position=1, sealed_file="added", size=1, kind="jpeg"
    )
    made = {"round": item.round, "desk": office, "made_by": world.office, "made_at": INSIDE}
    AppraisalEntry.objects.create(
        appraisal=Appraisal.objects.create(**made, is_kept=True),
        submission=item,
        retention=RetentionClass.objects.earliest("pk"),
        series=SERIES,
        piece=1,
        sealed=b"",
    )
    closed = datetime(2025, 4, 30, 2, 0, tzinfo=UTC)
    ended = {"status": Status.ARCHIVED, "closed_at": closed, "attachment_count": 1}
    Submission.objects.filter(pk=item.pk).update(**ended)


def wanted(edition: Edition = Edition.DEFAULT) -> Wanted:
    purpose = PURPOSE if edition is Edition.COMPLETE else None
    return Wanted(edition, purpose, "状态")


def items_of(user: StaffUser) -> "QuerySet[Submission]":
    return Submission.objects.visible_to(user).order_by("number")


def began(user: StaffUser, edition: Edition = Edition.DEFAULT, **more: Any) -> Export:
    return exporting.begin(
        more.pop("items", items_of(user)),
        more.pop("wanted", wanted(edition)),
        keyring_for(user),
        **{"goes_on": lambda: True, "real_now": lambda: WALL, "by": user, "at": INSIDE, **more},
    )


def exported(user: StaffUser, edition: Edition = Edition.DEFAULT, **more: Any) -> bytes:
    return b"".join(began(user, edition, **more).pieces())
