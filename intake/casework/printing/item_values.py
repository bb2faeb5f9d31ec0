"""An opened item as its papers write it: every code as its word, every moment as a date."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from inspection.wording import day_words
from intake import audit
from intake.casework.case_files import OpenedCase
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.opening import Opened
from intake.casework.printing.pages_known import NOT_ASKED, Which
from intake.choices import NoteKind, PoliticalStatus, Rank, Topic, Way
from intake.choices.deadline_lists import HANDLING
from intake.models import AuditEvent, Desk, Problem, RepeatLink, StaffUser, Submission
from intake.models.codes_field import codes_in
from intake.papers.item_on_paper import (
    AccusedOnPaper,
    CallOnPaper,
    ItemOnPaper,
    MaterialOnPaper,
    ReporterOnPaper,
    StepOnPaper,
    VisitOnPaper,
)
from intake.papers.writing_on_paper import NOTHING
from intake.report.case_words import CaseWords
from intake.report.draft import AttachmentNote
from intake.report.evidence.describing import Sort
from intake.report.evidence.file_kinds import OF_CODE, RECORDINGS
from intake.report.on_paper.known_reporter import KnownReporter
from intake.report.on_paper.materials import materials_in_words
from intake.report.on_paper.paper_facts import PaperFacts

# What a clerk did is printed; how often the item was looked at is the auditor's.
MOST_STEPS = 200
_RECORDED = {"yes": "是", "no": "否"}
WITHHELD = "（打印时没有附）"
REFUSED, NOT_NOTED = "来电人未同意记录", "没有记录"


def item_on_paper(
    item: Submission,
    opened: Opened,
    case: OpenedCase,
    *,
    with_reporter: bool,
    pages: Mapping[Which, int] = NOT_ASKED,
    by: StaffUser,
    at: datetime,
) -> ItemOnPaper:
    """Everything in words; the reporter only where somebody said what for."""
    known = KnownReporter.of(opened.report, case.reporter)
    return ItemOnPaper(
        number=item.display_number,
        round_title=item.round.title,
        team=str(item.desk),
        reporter=_reporter(known, with_reporter=with_reporter),
        materials=tuple(_materials(opened, pages)),
        materials_told=_materials_told(item, opened, case.words),
        steps=tuple(_steps(item, case.words, by)),
        **_arrival(item, opened.report.paper, case.words),
        **_matter(item, opened, case.words),
        **_judging(item),
        **_handling(item, case.words, at),
        **_meeting(item, opened.report.paper, known, with_reporter=with_reporter),
    )


def _arrival(item: Submission, paper: PaperFacts, words: CaseWords) -> dict[str, Any]:
    """How, from where and when it came."""
    zone = item.round.zone
    return {
        "way": item.get_way_display(),
        "origin": item.get_origin_display(),
        "origin_detail": words.origin_detail or paper.origin_detail,
        "original_number": words.original_number or paper.original_number,
        "received": day_in_words(item.received_at.astimezone(zone).date()),
        "postmarked": day_in_words(item.postmarked_on),
        "registered": moment_in_words(item.registered_at, zone),
        "registered_by": str(item.registered_by or ""),
        "signature": item.get_signature_display(),
        "signers": str(item.signers or ""),
        "is_late": "截止后来件" if item.is_late else "",
    }


def _matter(item: Submission, opened: Opened, words: CaseWords) -> dict[str, Any]:
    """What it says, as it was written and as the clerk put it."""
    report, zone = opened.report, item.round.zone
    return {
        "target": str(item.target or ""),
        "place": report.place,
        "subject": report.subject,
        "happened": report.happened,
        "narrative": report.told,
        "supplements": tuple(
            StepOnPaper(moment_in_words(one.received_at, zone), "", "", one.report.told)
            for one in opened.supplements
        ),
        "accused": tuple(_accused(words)),
        "abstract": words.abstract,
        "materials_noted": words.materials,
    }


def _judging(item: Submission) -> dict[str, Any]:
    repeat = RepeatLink.objects.live().filter(repeat=item).select_related("lead__round").first()
    return {
        "nature": item.get_nature_display() if item.nature else "",
        "main_problem": str(item.main_problem or ""),
        "other_problems": _problems(item),
        "focus": str(item.focus or ""),
        "topics": "、".join(str(Topic(code).label) for code in codes_in(item.topics)),
        "scope": item.get_scope_display(),
        "repeat": f"重件，初件 {repeat.lead.display_number}" if repeat else "初件",
        "is_important": "是" if item.is_important else "否",
    }


def _handling(item: Submission, words: CaseWords, at: datetime) -> dict[str, Any]:
    """What was proposed, approved and done, and until when it was due."""
    zone = item.round.zone
    clock = next((one for one in lines_for(item, at) if one.rule in HANDLING), None)
    return {
        "proposal": words.proposal,
        "proposed_by": _signed(item.proposed_by, item.proposed_at, zone),
        "approval": words.approval,
        "approved_by": _signed(item.approved_by, item.approved_at, zone),
        "handled_as": item.get_handled_as_display() if item.handled_as else "",
        "due": day_in_words(clock.due) if clock else "",
        "result": words.result,
        "closed": moment_in_words(item.closed_at, zone),
    }


def _meeting(
    item: Submission, paper: PaperFacts, known: KnownReporter, *, with_reporter: bool
) -> dict[str, Any]:
    """A call or a visit; what was refused, withheld and never noted is said apart."""
    recorded = _RECORDED.get(paper.recorded, "")
    number = _shown(known.phones, with_reporter=with_reporter) or NOT_NOTED
    if paper.number_refused:
        number = REFUSED
    people = _shown(known.representatives, with_reporter=with_reporter)
    return {
        "call": CallOnPaper(paper.started, paper.ended, recorded, number),
        "visit": VisitOnPaper(item.people, people, paper.receivers),
    }


def day_in_words(day: date | None) -> str:
    """'2025年4月5日', as official papers write it; '' for none."""
    return day_words(day) if day else ""


def moment_in_words(at: datetime | None, zone: ZoneInfo) -> str:
    """'2025年4月5日 9:05'."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    return f"{day_in_words(local.date())} {local.hour}:{local.minute:02d}"


def _signed(who: StaffUser | None, at: datetime | None, zone: ZoneInfo) -> str:
    return f"{who}　{day_in_words(at.astimezone(zone).date())}" if who and at else ""


def _reporter(known: KnownReporter, *, with_reporter: bool) -> ReporterOnPaper:
    words = known.names, known.phones, known.addresses, known.signers
    return ReporterOnPaper(*(_shown(one, with_reporter=with_reporter) for one in words))


def _shown(words: tuple[str, ...], *, with_reporter: bool) -> str:
    """'' where there is nothing; what is known and does not stand there is said to be left out."""
    if words and not with_reporter:
        return WITHHELD
    return "、".join(words)


def _accused(words: CaseWords) -> Iterator[AccusedOnPaper]:
    for one in words.accused:
        yield AccusedOnPaper(
            one.name,
            one.post,
            one.body,
            str(Rank(one.rank).label) if one.rank else "",
            str(PoliticalStatus(one.political).label) if one.political else "",
        )


def _problems(item: Submission) -> str:
    codes = codes_in(item.other_problems)
    found = {str(one.code): str(one) for one in Problem.objects.select_related("parent")}
    return "、".join(found.get(code, code) for code in codes)


def _materials(opened: Opened, pages: Mapping[Which, int]) -> Iterator[MaterialOnPaper]:
    """A picture is one sheet and a recording none; of a document as far as they are known."""
    for which, note in _which_notes(opened):
        sort = OF_CODE[note.kind].sort if note.kind in OF_CODE else None
        known = str(pages.get(which, ""))
        told = "1" if sort is Sort.PICTURE else NOTHING if sort in RECORDINGS else known
        yield MaterialOnPaper(note.name, sort.value if sort else note.kind, told)


def _materials_told(item: Submission, opened: Opened, words: CaseWords) -> str:
    files = len(opened.report.attachments)
    return materials_in_words(
        words.materials,
        files=files,
        is_web=item.way == Way.WEB,
        added=len(list(_which_notes(opened))) - files,
    )


def _which_notes(opened: Opened) -> Iterator[tuple[Which, AttachmentNote]]:
    for place, note in enumerate(opened.report.attachments, start=1):
        yield (None, place), note
    for added in opened.supplements:
        for place, note in enumerate(added.report.attachments, start=1):
            yield (added.pk, place), note


def _steps(item: Submission, words: CaseWords, by: StaffUser) -> Iterator[StepOnPaper]:
    """What was done with it, oldest first, each with what was said at it.

    Of very many the newest stand there, and how many there were before them.
    """
    seen = Desk.objects.visible_to(by)
    about = AuditEvent.objects.filter(object_type="submission", object_id=str(item.pk))
    deeds = about.filter(desk__in=seen).exclude(action__in=audit.ONLY_LOOKED)
    said = {note.at: note for note in words.notes if note.kind != NoteKind.REMARK}
    zone = item.round.zone
    newest = list(deeds.select_related("actor").defer("covers").order_by("-sequence")[:MOST_STEPS])
    if earlier := deeds.count() - len(newest):
        yield StepOnPaper("", "", f"更早的 {earlier} 步", "没有打印，在操作留痕里")
    for event in reversed(newest):
        details = "，".join(f"{word} {value}" for word, value in audit.details_of(event))
        note = said.get(event.at)
        spoken = "；".join(one for one in (details, note.words if note else "") if one)
        deed = str(event.get_action_display())
        yield StepOnPaper(moment_in_words(event.at, zone), str(event.actor or ""), deed, spoken)
