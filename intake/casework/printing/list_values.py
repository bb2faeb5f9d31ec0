"""Lists, openings and registers as their papers write them."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from inspection.models import Round
from intake.casework import case_files
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.printing.item_values import WITHHELD, day_in_words, moment_in_words
from intake.casework.transfers.answer_days import days_by_events, of_the_list
from intake.casework.transfers.list_clocks import feedback_due
from intake.casework.transfers.reading_lists import OpenedEntry, OpenedList
from intake.choices import ReceiverKind, Status
from intake.choices.deadline_lists import RuleCode
from intake.models import (
    AppraisalEntry,
    BoxOpening,
    SealedMatter,
    StaffUser,
    Submission,
    TransferList,
)
from intake.papers.letters.fix_notice import FixNotice
from intake.papers.letters.opening_record import OpeningOnPaper
from intake.papers.letters.sheet_of_items import WITHOUT_NAME, ListLine, ListOnPaper
from intake.papers.letters.transfer_letter import TransferLetter
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import KnownReporter
from intake.report.opening_words import OpeningWords
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

# As the office numbers them, where no rule of its own stands in the table.
OBJECTION_DAYS = 5
# Of a letter whose items have different last days.
AS_LISTED = "移交清单写明的反馈时限前"


def organ_of(round_: Round) -> str:
    """'聊城市委巡察工作领导小组办公室'; where the notice names no committee, who signed it."""
    if round_.committee:
        return f"{round_.committee}{round_.word}工作领导小组办公室"
    return str(round_.issuer or f"{round_.word}工作领导小组办公室")


def letter_of(row: TransferList, opened: OpenedList, book: RuleBook) -> TransferLetter:
    """移交函 of an approved list; days count from the day of sending, once it is sent."""
    rule = book.in_force.get(RuleCode.OBJECTION)
    feedback = set(_feedback_of_each(row, opened, book).values())
    return TransferLetter(
        organ=organ_of(row.round),
        document_number=row.document_number,
        receiver=row.receiver.name,
        count=len(opened.entries),
        matter="信访问题线索" if row.receiver.kind == ReceiverKind.DISCIPLINE else "信访事项",
        sent_on=day_in_words(row.sent_on),
        feedback=feedback.pop() if len(feedback) == 1 else AS_LISTED,
        objection_days=rule.number if rule else OBJECTION_DAYS,
        names_withheld=sum(one.entry.without_identity for one in opened.entries),
    )


def _feedback_of_each(row: TransferList, opened: OpenedList, book: RuleBook) -> dict[UUID, str]:
    """By when an answer is due: a day once it is known, before that how it will be counted.

    '' where a clock stands still, or the office has put the rule out of use.
    """
    days = days_by_events(row, [one.entry.submission for one in opened.entries])
    rule = book.in_force.get(RuleCode.FEEDBACK)
    counted = f"签收之日起 {rule.number} {rule.unit.facts}内" if rule else ""
    said = {}
    for key, own in days.items():
        day = of_the_list(row, own, book)
        waits = own is None and not isinstance(day, date)
        said[key] = f"{day_in_words(day)}前" if isinstance(day, date) else counted if waits else ""
    return said


def notice_of_list(row: TransferList, opened: OpenedList, book: RuleBook) -> FixNotice:
    """立行立改通知书: the clerks' abstracts alone; nobody's name."""
    days = days_by_events(row, [one.entry.submission for one in opened.entries])
    return FixNotice(
        receiver=row.receiver.name,
        document_number=row.document_number,
        team=str(row.desk),
        sent_on=day_in_words(row.sent_on),
        due_on=day_in_words(feedback_due(row, book, days.values())),
        matters=[one.words.abstract for one in opened.entries],
    )


def list_on_paper(
    row: TransferList,
    opened: OpenedList,
    book: RuleBook,
    keyring: Keyring,
    *,
    with_reporter: bool,
) -> ListOnPaper:
    """移交清单; a name stands only where the reporter let it go along, and somebody asked."""
    feedback = _feedback_of_each(row, opened, book)
    return ListOnPaper(
        organ=organ_of(row.round),
        document_number=row.document_number,
        receiver=row.receiver.name,
        sent_on=day_in_words(row.sent_on),
        sender=str(row.sent_by or ""),
        lines=[
            _line(one, feedback[one.entry.submission_id], keyring, with_reporter=with_reporter)
            for one in opened.entries
        ],
    )


def _line(one: OpenedEntry, feedback: str, keyring: Keyring, *, with_reporter: bool) -> ListLine:
    item, words = one.entry.submission, one.words
    zone = item.round.zone
    reporter = WITHOUT_NAME
    if not one.entry.without_identity:
        reporter = _reporter(item, keyring) if with_reporter else WITHHELD
    return ListLine(
        number=item.display_number,
        origin=item.get_origin_display(),
        received=f"{item.received_at.astimezone(zone):%Y-%m-%d}",
        reporter=reporter,
        accused=words.accused,
        abstract=words.abstract,
        nature=item.get_nature_display() if item.nature else "",
        materials=words.materials,
        reason=words.reason,
        feedback=feedback,
        remark=words.remark,
    )


def _reporter(item: Submission, keyring: Keyring) -> str:
    """Who it is and how they can be answered: who wrote a letter often has an address alone."""
    secret = keyring.desk_secret(item.desk)
    report = Report.from_bytes(open_sealed(bytes(item.sealed), secret))
    known = KnownReporter.of(report, case_files.open(item, keyring).reporter)
    told = (known.people, known.phones, known.addresses)
    return "\n".join("、".join(one) for one in told if one) or "匿名"


def opening_on_paper(opening: BoxOpening, words: OpeningWords) -> OpeningOnPaper:
    """开箱记录, as both confirmed it."""
    numbers = ""
    if opening.first_number is not None:
        numbers = f"{opening.first_number} 至 {opening.last_number}"
    return OpeningOnPaper(
        round_title=opening.round.title,
        box=str(opening.drop_box),
        location=opening.drop_box.location,
        opened=moment_in_words(opening.opened_at, opening.round.zone),
        count=f"{opening.count} 件",
        numbers=numbers,
        damage=words.damage,
        recorded_by=str(opening.recorded_by),
        confirmed_by=str(opening.confirmed_by or ""),
        registered=f"{opening.letters_that_count().count()} 件",
        explanation=words.explanation,
        explained_by=str(opening.explained_by or ""),
        agreed_by=str(opening.agreed_by or ""),
    )


def sealed_rows(round_: Round, by: StaffUser) -> list[list[str]]:
    """密封件登记: number, dates and people."""
    matters = SealedMatter.objects.visible_to(by).filter(round=round_).order_by("number")
    people = ("keeper", "first_signed_by", "second_signed_by")
    return [
        [
            str(one),
            day_in_words(one.received_on),
            str(one.keeper),
            day_in_words(one.sent_on),
            str(one.first_signed_by or ""),
            str(one.second_signed_by or ""),
        ]
        for one in matters.select_related(*people)
    ]


def not_archived_rows(round_: Round, by: StaffUser) -> Iterator[list[str]]:
    """不归档: why each is not, and who signed for it. Further words stay sealed with the list."""
    items = Submission.objects.visible_to(by).filter(round=round_, status=Status.NOT_ARCHIVED)
    entries = AppraisalEntry.objects.filter(submission__in=items.values("pk"), is_live=True)
    signers = "appraisal__first_signed_by", "appraisal__second_signed_by"
    signed = {one.submission_id: one for one in entries.select_related(*signers)}
    for item in (
        items.select_related("round").defer("sealed").order_by("number_series", "number", "pk")
    ):
        received = item.received_at.astimezone(round_.zone).date()
        entry = signed.get(item.pk)
        why = entry.get_reason_display() if entry else ""
        both = entry.appraisal.signers if entry else ""
        yield [item.display_number, day_in_words(received), item.get_way_display(), why, "", both]
