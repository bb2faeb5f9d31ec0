"""Registering: numbers for what waits, and paper items taken in beside the web's reports."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.current import Published
from inspection.models import DropBox, Round
from inspection.schedule import Window
from intake import audit
from intake.access import Deed
from intake.casework.deadlines import clock_facts
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.numbering import next_number
from intake.choices import Action, NumberSeries, Origin, Status, Way
from intake.filing.preparing import prepare
from intake.filing.storing import store
from intake.models import StaffUser, Submission
from intake.models.submission import SubmissionQuerySet
from intake.report.acceptance import is_late
from intake.report.draft import Draft

_CHANGED = ("number", "number_series", "status", "registered_by", "registered_at")


class NotFromABox(ValueError):
    """A drop box stands only with what came out of one."""


class NotOnPaper(ValueError):
    """What comes over the web is submitted, not taken in."""


def register(submissions: Iterable[Submission], *, by: StaffUser, at: datetime) -> list[int]:
    """Numbers the items that wait, in the order in which they came in; gives their numbers.

    Numbers of a series of a round have no gaps: whoever registers holds the round until the
    commit, with a lock that no citizen's report waits for. What is registered already keeps its
    number. Raises PermissionDenied for a role that does not register.
    """
    if not by.may(Deed.REGISTER):
        raise PermissionDenied
    keys = [submission.pk for submission in submissions]
    numbers: list[int] = []
    with transaction.atomic():
        mine = Submission.objects.visible_to(by).filter(pk__in=keys)
        rounds = Round.objects.select_for_update(no_key=True).order_by("pk")
        for round_ in rounds.filter(pk__in=set(mine.values_list("round", flat=True))):
            for series in NumberSeries:
                numbers += _register_in(round_, mine, series, by=by, at=at)
    return numbers


def _register_in(
    round_: Round,
    mine: SubmissionQuerySet,
    series: NumberSeries,
    *,
    by: StaffUser,
    at: datetime,
) -> list[int]:
    waiting = mine.unregistered().filter(round=round_).select_related("desk", "round")
    rows = waiting.defer("sealed").order_by("received_at", "pk")
    items = [item for item in rows if item.desk.number_series is series]
    if not items:
        return []
    book = RuleBook.read()
    for number, item in enumerate(items, start=next_number(round_, series)):
        item.number, item.number_series, item.status = number, series, Status.TO_ASSESS
        item.registered_by, item.registered_at = by, at
        clock_facts.registered(item, at=at, book=book)
        # The event comes before the row changes: the audit locks rows only after its own lock.
        audit.record(
            Action.REGISTER, by=by, at=at, obj=item, desk=item.desk, changed=[item], number=number
        )
    Submission.objects.bulk_update(items, (*_CHANGED, *clock_facts.FIELDS))
    return [item.number for item in items if item.number]


def take_in(
    draft: Draft,
    *,
    published: Published,
    way: Way,
    received_at: datetime,
    origin: Origin = Origin.OWN,
    drop_box: DropBox | None = None,
    postmarked_on: date | None = None,
    by: StaffUser | None = None,
) -> Submission:
    """Seals and stores what came by letter, box, phone or visit; late items are marked, not lost.

    With `by`, the clerk who took it in, it is registered at once; else it waits for its number.
    """
    if way == Way.WEB:
        raise NotOnPaper("a web report is submitted by the citizen")
    if drop_box is not None and way != Way.BOX:
        raise NotFromABox("only what came out of a box names one")
    item, desk = prepare(draft, published)
    # What others pass on bears the postmark of a letter to them.
    decisive = (way, origin) == (Way.LETTER, Origin.OWN) and published.round.letters_by_postmark
    window = Window(item.window_opens, item.window_closes, published.round.zone)
    item.way, item.origin, item.drop_box = way, origin, drop_box
    item.received_at, item.postmarked_on = received_at, postmarked_on
    item.is_late = is_late(window, received_at, postmarked_on if decisive else None)
    with transaction.atomic():
        store(item, draft.attachments, desk)
        if by is not None:
            register([item], by=by, at=received_at)
            item.refresh_from_db()
    return item
