"""A round that is over: items that were archived or not, with words and files of every kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.ending import appraising, archiving, starting_archive
from intake.casework.ending.appraising import Judged
from intake.casework.together import recusing
from intake.choices import Handling, Nature, NotKeptReason, RetentionPeriod, Scope, Status
from intake.models import Desk, RetentionClass, RoundArchive, StaffUser, Submission
from intake.report.case_words import Accused, CaseWords, Reporter
from intake.sealing import sealing
from intake.stepping.slices import Progress
from tests.box_work import open_box
from tests.making import (
    INSIDE,
    Intake,
    make_box,
    make_clerk,
    make_head,
    make_intake,
    record_what_was_made,
)
from tests.staff_work import keyring_for, send, send_with_all

# Every word of a person has it, so that one search finds them all.
CANARY = "金丝雀（演示）"
AFTER = INSIDE + timedelta(days=100)
SIGNED = AFTER - timedelta(hours=1)
LATER = AFTER + timedelta(days=30)


@dataclass
class World:
    """`archive_key` is the archive's own, which the site never sees."""

    intake: Intake
    head: StaffUser
    deputy: StaffUser
    office: StaffUser
    clerk: StaffUser
    named: Submission
    of_head: Submission
    dropped: Submission
    archive_key: sealing.Identity

    def start(self, folder: Path, *, at: datetime = AFTER) -> RoundArchive:
        return starting_archive.start(
            self.intake.round,
            recipient=self.archive_key.recipient,
            folder=folder,
            by=self.head,
            at=at,
        )

    def go_on(self, archive: RoundArchive, *, at: datetime = AFTER) -> list[Progress]:
        archive.refresh_from_db()
        return list(archiving.go_on(archive, keyring_for(self.head), by=self.head, at=at))

    def archived(self, folder: Path) -> RoundArchive:
        archive = self.start(folder)
        self.go_on(archive)
        archive.refresh_from_db()
        return archive


def make_world(status: Status = Status.ARCHIVED) -> World:
    intake = make_intake()
    head, deputy = make_head(intake), make_head(intake)
    office, clerk = make_clerk(intake, intake.office), make_clerk(intake, intake.desks[0])
    named = send_with_all(
        intake,
        intake.targets[0],
        narrative=f"{CANARY}机动地发包没有开会。",
        identity="named",
        reporter_name=f"{CANARY}名",
        reporter_phone="13900001234",
    )
    of_head = send(intake, about_inspectors=True, narrative=f"{CANARY}巡察干部。")
    dropped = send(intake, narrative=f"{CANARY}没有内容。")
    for number, item in enumerate((named, of_head, dropped), start=1):
        close(item, number)
    record_what_was_made()
    open_box(make_box(intake.round), office, head)
    key = sealing.new_identity()
    world = World(intake, head, deputy, office, clerk, named, of_head, dropped, key)
    _write(world)
    if status == Status.ARCHIVED:
        appraise_all(world)
    return world


def appraise_all(world: World) -> None:
    """By lists that both heads sign: one item is left out, the others get their numbers."""
    RetentionClass.objects.update(fonds="J001")
    kept = Judged(retention=RetentionClass.objects.get(period=RetentionPeriod.THIRTY))
    appraise(world, world.intake.office, world.named, kept)
    appraise(world, world.intake.head, world.of_head, kept)
    left_out = Judged(reason=NotKeptReason.EMPTY, words=f"{CANARY}空信封")
    appraise(world, world.intake.office, world.dropped, left_out)


def appraise(world: World, desk: Desk, item: Submission, judged: Judged) -> None:
    row = appraising.make(desk, [item.pk], judged, by=world.deputy, at=SIGNED)
    for user in (world.deputy, world.head):
        appraising.sign(row.pk, keyring_for(user), by=user, at=SIGNED)
    item.refresh_from_db()


def close(item: Submission, number: int) -> None:
    values = {
        "number": number,
        "number_series": item.desk.number_series,
        "status": Status.CLOSED,
        "nature": Nature.APPEAL,
        "scope": Scope.IN,
        "handled_as": Handling.KEEP,
        "closed_at": AFTER - timedelta(days=1),
    }
    Submission.objects.filter(pk=item.pk).update(**values)
    item.refresh_from_db()


def _write(world: World) -> None:
    """What clerks wrote, in every place that has words of theirs."""
    item = world.named
    words = CaseWords(abstract=f"{CANARY}摘要", accused=(Accused(name=f"{CANARY}某"),))
    keyring = keyring_for(world.clerk)
    case_files.save(
        item,
        keyring,
        words=words,
        reporter=Reporter(name=f"{CANARY}名"),
        note=f"{CANARY}备注",
        seen=Seen(0),
        by=world.clerk,
        at=INSIDE,
    )
    item.refresh_from_db()
    recusing.order(item, world.clerk, reason=f"{CANARY}回避", by=world.head, at=INSIDE)
    item.refresh_from_db()
