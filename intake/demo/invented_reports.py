"""Files the invented reports, through the same doors as real ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import cycle

from PIL import Image

from inspection.body_kinds import BodyKind
from inspection.current import Published, read
from inspection.models import Round, Target
from intake.casework import registering
from intake.casework.deadlines import pausing
from intake.choices import Status, Way
from intake.choices.deadline_lists import RuleCode
from intake.citizen import adding, submitting
from intake.demo.actors import Actor
from intake.demo.invented_texts import (
    FIRM_REPORTS,
    MARK,
    OTHER_REPORTS,
    TOWN_REPORTS,
    InventedReport,
)
from intake.models import StaffUser, Submission
from intake.report.draft import Attachment, Draft, SupplementDraft
from intake.report.form_tokens import new_nonce

REPORTS_PER_TARGET = 3
REPORTS_WITHOUT_TARGET = 12
# They grow more towards the end: many came today, and few more than two weeks ago.
LONGEST_AGO = timedelta(days=26)


@dataclass(frozen=True, slots=True)
class Filing:
    """One invented report, the body that it is about, and when it comes in."""

    report: InventedReport
    target: Target | None
    at: datetime
    chooses_target: bool


def file_reports(published: Published, *, until: datetime) -> int:
    """Files about sixty reports received before `until`; returns how many there are."""
    filings = list(_filings(published, until))
    for filing in filings:
        _file(filing, published)
    return len(filings)


def file_one_more(round_: Round, report: InventedReport, target: Target | None) -> Submission:
    """A minute after the last that came over the web."""
    arrived = Submission.objects.filter(round=round_, way=Way.WEB)
    at = arrived.latest("received_at").received_at + timedelta(minutes=1)
    draft = draft_of(Filing(report, target, at, chooses_target=target is not None))
    submitting.submit(draft, published=read(round_), at=at)
    return arrived.get(received_at=at)


def register_older(round_: Round, clerk: Actor, *, at: datetime) -> None:
    """Each morning what came the day before; today's wait, and one of yesterday was left."""
    by_day: dict[date, list[Submission]] = {}
    seen = Submission.objects.filter(round=round_).visible_to(clerk.user)
    for item in seen.order_by("received_at", "id"):
        by_day.setdefault(item.received_at.astimezone(round_.zone).date(), []).append(item)
    for day, items in by_day.items():
        morning = datetime.combine(day + timedelta(days=1), time(8, 30), round_.zone)
        if morning <= at:
            is_last = morning.date() == at.astimezone(round_.zone).date()
            some = items[:-1] if is_last else items
            registering.register_several(some, clerk.keyring, by=clerk.user, at=morning)


def pause_one(round_: Round, *, by: StaffUser, at: datetime) -> None:
    """One of the items waits for its reporter, so that its deadline stands still."""
    registered = Submission.objects.filter(round=round_, deadline_rule=RuleCode.PASS_ON.value)
    waiting = registered.filter(status=Status.TO_ASSESS)
    item = waiting.visible_to(by).order_by("number").last()
    if item is not None:
        pausing.pause(item, RuleCode.PASS_ON.value, f"等反映人补充材料{MARK}", by=by, at=at)


def _filings(published: Published, until: datetime) -> Iterator[Filing]:
    """The plan: three reports for each body and some for nobody, spread over the days."""
    targets = published.targets
    firms, towns, others = cycle(FIRM_REPORTS), cycle(TOWN_REPORTS), cycle(OTHER_REPORTS)
    pairs: list[tuple[InventedReport, Target | None]] = [
        (next(towns if target.kind == BodyKind.TOWN else firms), target)
        for _ in range(REPORTS_PER_TARGET)
        for target in targets
    ]
    pairs += [(next(others), None) for _ in range(REPORTS_WITHOUT_TARGET)]
    window = published.window
    last = min(until, window.closes) - timedelta(minutes=len(pairs))
    if last <= window.opens:
        return
    for index, (report, target) in enumerate(pairs):
        share = (index * 37 % len(pairs) + 0.5) / len(pairs)
        since = min(last - window.opens, LONGEST_AGO)
        at = _in_daytime(last - since * share**2, index, last)
        yield Filing(report, target, at, chooses_target=index % 2 == 0)


def _in_daytime(at: datetime, index: int, last: datetime) -> datetime:
    """The same day at an hour at which people are awake, and not after `last`."""
    daytime = at.replace(hour=8 + index * 5 % 13, minute=index * 17 % 60, second=0, microsecond=0)
    return min(daytime, last + timedelta(minutes=index))


def _file(filing: Filing, published: Published) -> None:
    draft = draft_of(filing)
    if filing.report.way == Way.WEB:
        receipt = submitting.submit(draft, published=published, at=filing.at)
        if filing.report.supplement:
            words = SupplementDraft(narrative=filing.report.supplement + MARK)
            adding.supplement(
                receipt.code, words, nonce=new_nonce(), at=filing.at + timedelta(hours=1)
            )
        return
    target = filing.target
    is_box = filing.report.way == Way.BOX and target is not None
    is_letter = filing.report.way == Way.LETTER
    registering.take_in(
        draft,
        published=published,
        way=filing.report.way,
        origin=filing.report.origin,
        received_at=filing.at,
        drop_box=target.boxes.first() if is_box and target else None,
        postmarked_on=(filing.at - timedelta(days=1)).date() if is_letter else None,
    )


def draft_of(filing: Filing) -> Draft:
    """What the form would hand over."""
    report, target = filing.report, filing.target
    body = target.name if target else "有关单位"
    # Half of the reporters choose the body from the list, the others only write where it was.
    place = report.place
    if target and not filing.chooses_target:
        place = f"{target.name}{report.place}"
    return Draft(
        narrative=report.narrative.format(body=body) + MARK,
        nonce=new_nonce(),
        target_code=target.code if target and filing.chooses_target else None,
        unlisted=target is None,
        place=place,
        about_inspectors=report.about_inspectors,
        about_office=report.about_office,
        category=report.category,
        subject=report.subject,
        happened=report.happened,
        attachments=(_picture(),) if report.has_picture else (),
        identity="named" if report.is_named else "anonymous",
        reporter_name="李某某（演示）" if report.is_named else "",
        reporter_phone="+8613800000000" if report.is_named else "",
        agree_sensitive=report.is_named,
    )


def _picture() -> Attachment:
    """A plain picture, as a phone might send one."""
    file = BytesIO()
    Image.new("RGB", (320, 240), (200, 190, 170)).save(file, "JPEG")
    return Attachment.of_bytes(name="合同照片（演示）.jpg", kind="jpeg", content=file.getvalue())
