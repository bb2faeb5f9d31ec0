"""A web report gets its number, and with it what a clerk accepted of what its words propose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from inspection.models import FocusTopic
from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.moving.judging import Judged, judge
from intake.casework.proposing import FocusText, Found, Proposals, Written, find_proposals
from intake.casework.registering.giving_numbers import register
from intake.casework.together import keeping_digests
from intake.choices import Rank
from intake.models import Problem, StaffUser, Submission
from intake.models.codes_field import codes_in
from intake.report.case_words import Accused, CaseWords
from intake.report.draft import Report
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

MOST_ACCUSED = 3


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """One thing to accept with one key: for which field, what, and where it was found."""

    field: str
    code: str
    words: str
    found: tuple[Found, ...]

    @property
    def key(self) -> str:
        """As the form sends it."""
        return f"{self.field}:{self.code}"


def proposals_of(item: Submission, report: Report) -> Proposals:
    """What the report's words propose; the focuses are those of the body's kind."""
    topics = FocusTopic.objects.filter(round=item.round_id)
    if item.target:
        topics = topics.filter(kind=item.target.kind)
    focuses = [FocusText(str(one.pk), one.heading, tuple(one.items)) for one in topics]
    written = Written(report.narrative, report.subject, report.place, report.happened)
    return find_proposals(written, focuses)


def offers_of(found: Proposals) -> Iterator[Offer]:
    """In the order of the page; an offer of a problem that the office took out is none."""
    for place, one in enumerate(found.accused[:MOST_ACCUSED]):
        words = " ".join(part for part in (one.name, one.post, one.body) if part)
        yield Offer("accused", str(place), words, one.found)
    main = found.main_accused
    if main and main.rank:
        yield Offer("rank", main.rank, str(Rank(main.rank).label), main.found)
    problems = [("main_problem", found.problem)] if found.problem else []
    problems += [("other_problems", one) for one in found.other_problems]
    known = set(Problem.objects.filter(is_active=True).values_list("code", flat=True))
    for field, problem in problems:
        if problem and problem.code in known:
            yield Offer(field, problem.code, problem.label, problem.found)
    several = {"focus": found.focus, "topics": found.topics}
    several["nature"] = (found.nature,) if found.nature else ()
    for field, proposals in several.items():
        for offered in proposals:
            yield Offer(field, offered.code, offered.label, offered.found)


def register_accepting(
    item: Submission, accepted: frozenset[str], keyring: Keyring, *, by: StaffUser, at: datetime
) -> list[int]:
    """Numbers it and stores what was accepted; gives the number, none if it has one already.

    What its words do not propose is not taken. Raises PermissionDenied and CannotOpen.
    """
    secret = keyring.desk_secret(item.desk)
    report = Report.from_bytes(open_sealed(bytes(item.sealed), secret))
    found = proposals_of(item, report)
    taken = [offer for offer in offers_of(found) if offer.key in accepted]
    with transaction.atomic():
        numbers = register([item], by=by, at=at)
        if numbers and taken:
            _keep_accused(item, found, taken, keyring, by=by, at=at)
            stored = Submission.objects.get(pk=item.pk)
            judged = _judged(stored, taken)
            judge(item.pk, judged, version=stored.version, by=by, at=at)
        if numbers:
            keeping_digests.renew(item, keyring, report=report)
    return numbers


def _keep_accused(
    item: Submission,
    found: Proposals,
    taken: list[Offer],
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
) -> None:
    """Into the case file, unless somebody has written of accused there already."""
    chosen = [found.accused[int(offer.code)] for offer in taken if offer.field == "accused"]
    stands = case_files.open(item, keyring)
    if not chosen or stands.words.accused:
        return
    accused = tuple(Accused(one.name, one.post, one.body, one.rank) for one in chosen)
    words = CaseWords(accused=accused)
    case_files.save(item, keyring, words=words, seen=Seen(stands.version), by=by, at=at)


def _judged(item: Submission, taken: list[Offer]) -> Judged:
    """What stands, with what was accepted; of two for one place the first."""
    first: dict[str, str] = {}
    for offer in taken:
        first.setdefault(offer.field, offer.code)
    several = {
        name: tuple(codes_in(getattr(item, name)))
        + tuple(offer.code for offer in taken if offer.field == name)
        for name in ("other_problems", "topics")
    }
    problem = Problem.objects.filter(code=first.get("main_problem", "")).first()
    focus = FocusTopic.objects.filter(pk=first["focus"]).first() if "focus" in first else None
    return Judged(
        scope=item.scope,
        nature=first.get("nature", item.nature),
        main_problem=problem or item.main_problem,
        focus=focus or item.focus,
        signature=item.signature,
        rank=first.get("rank", item.rank),
        is_important=item.is_important,
        **several,
    )
