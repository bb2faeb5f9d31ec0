"""A check from a page: begun, done slice by slice, and what it found in the command's own words."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from intake.audit.chain import hold_the_end_of_the_chain, record
from intake.audit.checking.check_stages import STAGES, Batch, look_again_at_suspects
from intake.audit.checking.course import Course, Told, course_of, keep_course
from intake.audit.checking.known_rows import keep
from intake.audit.covered import COVERED
from intake.audit.history import LAST_NUMBER, last_closing
from intake.audit.seals import SEALS
from intake.audit.verification import NOT_SEEN, forged_words
from intake.choices import Action
from intake.models import AuditCheck, AuditEvent, StaffUser
from intake.models.stored_values import UNREADABLE
from intake.stepping.slices import Progress


@dataclass(frozen=True, slots=True)
class Result:
    """As `Verification`, of a check that has ended; `count` problems, of which these are told."""

    events: int
    head: str
    closed: int
    problems: tuple[str, ...]
    count: int


def begin(*, by: StaffUser, noted: str, at: datetime) -> AuditCheck:
    """A new check; one that was left in the middle is given up. `noted` is a head from paper."""
    last = AuditEvent.objects.filter(sequence__lte=LAST_NUMBER).order_by("-sequence").first()
    until = last.sequence if last else 0
    rows = sum(covered.rows().count() for covered in COVERED)
    seals = sum(kind.model._default_manager.count() for kind in SEALS)
    # Each row is looked at, and looked for by what events say of it.
    course = Course(until, noted, stage="events", closed=last_closing())
    course.total = until + 2 * rows + seals
    with transaction.atomic():
        AuditCheck.objects.filter(ended_at=None).delete()
        check = AuditCheck.objects.create(begun_by=by, begun_at=at, state={}, code="")
        keep_course(check, course)
    return AuditCheck.objects.get(pk=check.pk)


def current() -> AuditCheck | None:
    """The check that goes on."""
    return AuditCheck.objects.filter(ended_at=None).order_by("-pk").first()


def last_ended() -> AuditCheck | None:
    """The check whose result counts."""
    return AuditCheck.objects.exclude(ended_at=None).order_by("-pk").first()


def progress_of(check: AuditCheck) -> Progress:
    """How far it is. Raises CourseAltered."""
    return _progress(course_of(check), is_over=check.ended_at is not None)


def step(key: int, *, by: StaffUser, at: datetime) -> Progress:
    """Compares one batch and keeps how far it is. Raises CourseAltered."""
    check = AuditCheck.objects.get(pk=key)
    if check.ended_at is not None:
        return progress_of(check)
    batch = Batch(check, course_of(check))
    if batch.course.stage:
        STAGES[batch.course.stage][1](batch)
    with transaction.atomic():
        if batch.suspects:
            hold_the_end_of_the_chain()
            look_again_at_suspects(batch)
        is_over = not batch.course.stage
        if keep_course(check, batch.course, ended_at=at if is_over else None):
            keep(check, batch.kept, {key: one for key, one in batch.kept.items() if one})
            if is_over:
                _record(batch.course, by, at)
    return _progress(batch.course, is_over=is_over)


def result_of(check: AuditCheck) -> Result:
    """Raises CourseAltered."""
    course = course_of(check)
    told = _problems(course)
    return Result(course.events, course.head, course.closed, tuple(told.words), told.count)


def _problems(course: Course) -> Told:
    """In the order of the command: events, codes, the noted head, rows, seals."""
    told = Told()
    forged = list(forged_words(list(course.forged_numbers()), knows_no_key=course.knows_no_key))
    noted = [NOT_SEEN] if course.noted and not course.noted_seen else []
    for words, count in (
        (course.chain.words, course.chain.count),
        (forged, len(forged)),
        (noted, len(noted)),
        (course.rows.words, course.rows.count),
        (course.seals.words, course.seals.count),
    ):
        told.add(words)
        told.count += count - len(words)
    return told


def _record(course: Course, by: StaffUser, at: datetime) -> None:
    """Where the end of the chain itself was altered no event can follow it: the result says so."""
    differing = _problems(course).count
    with suppress(*UNREADABLE), transaction.atomic():
        record(Action.CHECK_EVENTS, by=by, at=at, checked=course.events, differing=differing)


def _progress(course: Course, *, is_over: bool) -> Progress:
    words = "" if is_over else STAGES.get(course.stage, ("正在收尾", None))[0]
    total = max(course.total, course.done, 1)
    return Progress(total if is_over else course.done, total, is_over, words)
