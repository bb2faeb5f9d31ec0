"""A web report gets its number, and with it what the clerk makes of it: all in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from inspection.current import Published
from inspection.models import FocusTopic, Target
from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.correcting.correcting import Correction, correct
from intake.casework.correcting.registered import Registered
from intake.casework.moving.judging import Judged, judge
from intake.casework.numbering import hold_numbers
from intake.casework.proposing import FocusText, Found, Proposals, Written, find_proposals
from intake.casework.registering.giving_numbers import register
from intake.casework.rerouting import Rerouting
from intake.casework.together import keeping_digests
from intake.casework.versions import hold
from intake.choices import Rank
from intake.filing.files_anew import FilesAnew, files_anew
from intake.models import Desk, Problem, StaffUser, Submission
from intake.report.case_words import Accused
from intake.report.draft import Report
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
    several["category"] = (found.category,) if found.category else ()
    for field, proposals in several.items():
        for offered in proposals:
            yield Offer(field, offered.code, offered.label, offered.found)


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """What the clerk makes of a report; the report itself stays as the reporter wrote it.

    `desk` is where it goes on to, if it does not stay, and `why` the clerk's own words for that.
    """

    judged: Judged
    category: str
    target: Target | None
    accused: tuple[Accused, ...]
    abstract: str
    signers: int = 0
    desk: Desk | None = None
    why: str = ""


def register_web(
    item: Submission,
    checked: Checked,
    keyring: Keyring,
    *,
    version: int,
    case_version: int,
    published: Published,
    by: StaffUser,
    at: datetime,
) -> None:
    """Numbers it, unless it has a number, and stores what the clerk makes of it, or nothing.

    Raises PermissionDenied, ChangedMeanwhile, CannotMove, CannotReroute, and CannotOpen.
    """
    going = _going(item, checked, version)
    with _files_of(going, keyring, by) as anew, transaction.atomic():
        hold_numbers(item.round_id)
        hold(item.pk, by, version, at=at)
        register([item], by=by, at=at)
        _keep_words(item, checked, keyring, case_version=case_version, by=by, at=at)
        main = checked.accused[0].rank if checked.accused else ""
        judged = replace(checked.judged, rank=checked.judged.rank or main)
        judge(item.pk, judged, version=None, by=by, at=at)
        _correct(item, checked, keyring, published=published, by=by, at=at)
        if going is None:
            # Earlier items of the same matter are found from now on, as they are where it is sent.
            keeping_digests.renew(Submission.objects.get(pk=item.pk), keyring)
        else:
            # What this deed itself has changed so far is nobody else's change.
            replace(going, version=None).do(anew, keyring=keyring, by=by, at=at)
            anew.are_named()


def _going(item: Submission, checked: Checked, version: int) -> Rerouting | None:
    """Its way on to another desk, if it does not stay."""
    if checked.desk is None:
        return None
    return Rerouting(item, checked.desk, checked.target, checked.why, version)


@contextmanager
def _files_of(going: Rerouting | None, keyring: Keyring, by: StaffUser) -> Iterator[FilesAnew]:
    """Sealed to the desk that it goes to before anybody has to wait for this registration."""
    with files_anew() as anew:
        if going is not None:
            going.seal_ahead(anew, keyring=keyring, by=by)
        yield anew


def _keep_words(
    item: Submission,
    checked: Checked,
    keyring: Keyring,
    *,
    case_version: int,
    by: StaffUser,
    at: datetime,
) -> None:
    """Into the case file; what else stands there stays."""
    stands = case_files.open(item, keyring)
    words = replace(stands.words, accused=checked.accused, abstract=checked.abstract)
    if words != stands.words:
        case_files.save(item, keyring, words=words, seen=Seen(case_version), by=by, at=at)


def _correct(
    item: Submission,
    checked: Checked,
    keyring: Keyring,
    *,
    published: Published,
    by: StaffUser,
    at: datetime,
) -> None:
    """The body of another desk comes with the item when it is sent there."""
    stands = Registered.of(item)
    target = stands.target if checked.desk is not None else checked.target
    to_be = replace(stands, category=checked.category, target=target, signers=checked.signers)
    if to_be != stands:
        correct(
            item.pk,
            Correction(to_be),
            keyring,
            published=published,
            version=None,
            by=by,
            at=at,
        )
