"""Brings invented items into every status, by the same use cases as the clerks' pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from inspection.models import Round
from inspection.schedule import ONE_DAY
from intake.casework import case_files, registering
from intake.casework.case_files import Seen
from intake.casework.ending import appraising
from intake.casework.ending.appraising import Judged as Judgement
from intake.casework.moving import moving
from intake.casework.moving.allowing import allowed_move
from intake.casework.moving.judging import Judged, judge
from intake.casework.moving.move_table import APPROVED_TO, Need, Through
from intake.casework.together import linking, recusing
from intake.choices import (
    APPRAISED_STATUSES,
    DeskKind,
    Handling,
    Nature,
    NotKeptReason,
    PoliticalStatus,
    Rank,
    Scope,
    Signature,
    Status,
)
from intake.demo import agenda
from intake.demo.actors import Actor, Actors, Pair
from intake.demo.agenda import in_turn
from intake.demo.invented_reports import file_one_more
from intake.demo.invented_texts import AGAIN, MARK
from intake.models import Desk, Problem, RetentionClass, Submission
from intake.report.case_words import Accused, CaseWords

S = Status
FONDS = "0001"
_SAID = {
    Need.OPINION: f"情况具体，可以办理{MARK}",
    Need.REASON: f"材料里说的是另一个单位{MARK}",
    Need.RESULT: f"看了台账，谈话三人，反映部分属实，已督促公示{MARK}",
}


@dataclass(frozen=True, slots=True)
class Course:
    """How far one item has come: what was proposed for it, and what followed the approval."""

    handling: Handling | None = None
    is_approved: bool = True
    then: tuple[Status, ...] = ()

    @property
    def nature(self) -> Nature:
        """What a list or a notice takes up must be no accusation."""
        is_for_others = self.handling in (Handling.FIX, Handling.TRANSFER)
        return Nature.APPEAL if is_for_others else Nature.ACCUSATION


# For the other teams the office works, because opening somebody's keys takes a while.
TEAMS_AT_WORK = 2
# The transferred ones stay 待移交 until `invented_lists` takes them up.
TRANSFERRED_LATER = 7
COURSES = (
    Course(then=(S.RETURNED,)),
    Course(Handling.INQUIRE, is_approved=False),
    Course(Handling.INQUIRE),
    Course(Handling.FIX),
    Course(Handling.INQUIRE, then=(S.CLOSED,)),
    *[Course(Handling.TRANSFER)] * TRANSFERRED_LATER,
    Course(Handling.KEEP),
    Course(Handling.INQUIRE, then=(S.CLOSED, S.ARCHIVED)),
    Course(Handling.KEEP, then=(S.CLOSED, S.NOT_ARCHIVED)),
    Course(then=(S.VOIDED, S.VOIDED)),
    Course(Handling.INQUIRE),
    Course(Handling.FIX, is_approved=False),
)


def work_on_items(round_: Round, actors: Actors, *, at: datetime) -> None:
    """Each course for one of the registered items of the teams, as far as there are any."""
    office = actors.at(Desk.objects.of_offices().get(round=round_))
    at_work: set[int] = set()
    courses = []
    for number, (item, course) in enumerate(zip(_waiting(round_), COURSES, strict=False)):
        if len(at_work) < TEAMS_AT_WORK:
            at_work.add(item.desk_id)
        pair = actors.at(item.desk) if item.desk_id in at_work else office
        courses.append(_worked_on(item, course, number, pair, office))
    in_turn(courses, until=at)


def _worked_on(
    item: Submission, course: Course, number: int, pair: Pair, office: Pair
) -> agenda.Course:
    """Judged within hours, proposed a day later, then a deed a day."""
    at = yield (item.registered_at or item.received_at) + timedelta(hours=2)
    _judge(item, course, number, pair.clerk, at)
    _write_case(item, course, pair.clerk, at)
    if course.handling:
        at = yield at + ONE_DAY
        _go(item, S.TO_APPROVE, pair.clerk, at, handling=course.handling.value)
        if course.is_approved:
            at = yield at + timedelta(hours=5)
            _go(item, APPROVED_TO[course.handling], pair.head, at)
    for step, to in enumerate(course.then):
        at = yield at + ONE_DAY
        # What is voided is asked for by one and confirmed by the other; the office archives.
        is_confirmed = to == S.VOIDED and step > 0
        if to in APPRAISED_STATUSES:
            _appraise(item, to, office, at)
        else:
            _go(item, to, pair.head if is_confirmed else pair.clerk, at)


def keep_one_out(round_: Round, actors: Actors, *, at: datetime) -> None:
    """The office draws an item from a clerk who is related to somebody in it."""
    office = actors.at(Desk.objects.of_offices().get(round=round_)).clerk
    items = Submission.objects.filter(
        round=round_, status=S.TO_ASSESS, desk__kind=DeskKind.TEAM
    ).order_by("number")
    for item in items.select_related("desk"):
        may = recusing.may_be_recused(item, office.user)
        if clerk := may.filter(accesses__desk=item.desk_id, may_approve=False).first():
            reason = f"经办人和被反映人是亲戚{MARK}"
            recusing.order(item, clerk, reason=reason, by=office.user, at=at)
            return


def decide_at_the_heads_desk(round_: Round, actors: Actors, *, at: datetime) -> None:
    """What is about inspectors passes nobody but the head of the office."""
    head = actors.at(Desk.objects.of_offices().get(round=round_)).head
    items = Submission.objects.filter(round=round_, desk__kind=DeskKind.HEAD)
    item = items.select_related("desk", "round").order_by("received_at", "pk").first()
    if item is not None:
        registering.register_several([item], head.keyring, by=head.user, at=at)
        _judge(item, Course(Handling.INQUIRE), 0, head, at)
        _go(item, S.INQUIRING, head, at)


def link_a_repeat(round_: Round, actors: Actors, *, at: datetime) -> None:
    """Somebody writes once more about what the team looks into already."""
    inquiring = Submission.objects.filter(
        round=round_, status=S.INQUIRING, desk__kind=DeskKind.TEAM, target__isnull=False
    ).select_related("desk", "target")
    lead = inquiring.order_by("desk__team__order", "number").first()
    if lead is not None:
        item, clerk = file_one_more(round_, AGAIN, lead.target), actors.at(lead.desk).clerk
        registering.register_several([item], clerk.keyring, by=clerk.user, at=at)
        linking.link(
            item.pk,
            lead.pk,
            version=_now(item).version,
            by=clerk.user,
            at=at,
            keyring=clerk.keyring,
        )


def _waiting(round_: Round) -> Iterator[Submission]:
    """Registered ones of the teams, the oldest first; each team keeps its newest."""
    items = Submission.objects.filter(
        round=round_, desk__kind=DeskKind.TEAM, status=S.TO_ASSESS
    ).select_related("desk", "round", "target")
    oldest_first = list(items.order_by("number"))
    newest = {item.desk_id: item.pk for item in oldest_first}
    yield from (item for item in oldest_first if newest[item.desk_id] != item.pk)


def _judge(item: Submission, course: Course, number: int, by: Actor, at: datetime) -> None:
    is_accusation = course.nature == Nature.ACCUSATION
    problems = list(Problem.objects.filter(parent=None).order_by("order"))
    judged = Judged(
        scope=Scope.IN if is_accusation else Scope.OUT,
        nature=course.nature,
        main_problem=problems[number % len(problems)] if is_accusation else None,
        signature=item.signature or Signature.NAMED_UNCHECKED,
        rank=Rank.VILLAGE if is_accusation else "",
    )
    judge(item.pk, judged, version=_now(item).version, by=by.user, at=at)


def _write_case(item: Submission, course: Course, by: Actor, at: datetime) -> None:
    """An accusation names somebody; of anything else there is only what it says."""
    accused = (
        Accused(
            name="钱某某（演示）",
            post="负责人",
            body=item.target.name if item.target else "",
            rank=Rank.VILLAGE,
            political=PoliticalStatus.PARTY,
        ),
    )
    words = CaseWords(
        accused=accused if course.nature == Nature.ACCUSATION else (),
        abstract=f"反映办事不公开，问了几次没有答复{MARK}",
    )
    case_files.save(item, by.keyring, words=words, seen=Seen(0), by=by.user, at=at)


def _go(item: Submission, to: Status, by: Actor, at: datetime, handling: str = "") -> None:
    """With the words that this row of the table asks for."""
    stands = _now(item)
    needs = allowed_move(stands, to, by.user, Through.PAGE).needs
    said: dict[str, Any] = {need.value: _SAID[need] for need in needs if need in _SAID}
    moving.move(
        item.pk,
        to,
        version=stands.version,
        by=by.user,
        at=at,
        keyring=by.keyring,
        handling=handling,
        **said,
    )


def _appraise(item: Submission, to: Status, office: Pair, at: datetime) -> None:
    """A list of this item alone, which the office's two members sign."""
    judged = Judgement(reason=NotKeptReason.EMPTY)
    if to == S.ARCHIVED:
        RetentionClass.objects.update(fonds=FONDS)
        retention = RetentionClass.objects.order_by("pk").first()
        judged = Judgement(retention=retention)
    row = appraising.make(
        Desk.objects.of_offices().get(round=item.round_id),
        [item.pk],
        judged,
        by=office.clerk.user,
        at=at,
    )
    for one in (office.clerk, office.head):
        appraising.sign(row.pk, one.keyring, by=one.user, at=at)


def _now(item: Submission) -> Submission:
    return Submission.objects.select_related("desk", "round").get(pk=item.pk)
