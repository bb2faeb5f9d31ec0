"""The kinds of events about what clerks work on beside items, and what they make of items."""

from collections.abc import Iterator

from django.db.models import Model

from intake.audit.event_shape import Detail, EventKind, count, one_of, several_of, text
from intake.choices import (
    Action,
    Category,
    CorrectionReason,
    DeedSort,
    Handling,
    Nature,
    Origin,
    Rank,
    ReporterPurpose,
    Scope,
    Signature,
    Status,
    ToldBy,
    Topic,
    Way,
)
from intake.choices.deadline_lists import rule_choices
from intake.models import CaseFile, DeadlineExtension, DeadlinePause, Submission, Voiding
from intake.report.case_words import CASE_FIELDS, REPORTER_FIELDS
from intake.report.on_paper.told_facts import TOLD_FIELDS

_WRITTEN = {
    **CASE_FIELDS,
    **{f"reporter_{name}": words for name, words in REPORTER_FIELDS.items()},
    "notes": "办理记录",
}
_RULE = one_of("rule", "期限", dict(rule_choices()))
_CASE = ("version", "sealed_digest", "reporter_digest", "saved_by", "saved_at")
_ITEM = (Submission,)
_VERSION: dict[type[Model], tuple[str, ...]] = {Submission: ("version",)}
_CLOCK = ("deadline_rule", "deadline_from")
_GIVEN = {"opinion": "意见", "reason": "理由", "result": "结果"}


def _old_and_new(*details: Detail) -> Iterator[Detail]:
    for one in details:
        yield Detail(f"from_{one.name}", f"原{one.words}", one.fits, one.say)
        yield one


STATUSES = (one_of("from_status", "原状态", Status), one_of("to_status", "状态", Status))
_RANK = one_of("rank", "职级", Rank)
_IS_SO = {"yes": "是", "no": "否"}
# Names of problems and focuses stand in tables that everybody may read; the rest are codes.
_JUDGED = tuple(
    _old_and_new(
        one_of("scope", "受理范围", Scope),
        one_of("nature", "信访件性质", Nature),
        text("main_problem", "主要问题"),
        text("other_problems", "其他问题"),
        text("focus", "四个聚焦"),
        several_of("topics", "专题", {topic.value: str(topic.label) for topic in Topic}),
        one_of("signature", "署名", Signature),
        _RANK,
        one_of("is_important", "重要件", _IS_SO),
    )
)
# Days and codes alone: of a body its code, of a box what the notice calls it.
_REGISTERED = tuple(
    _old_and_new(
        one_of("way", "信访方式", Way),
        one_of("origin", "信访来源", Origin),
        text("received", "收件时间"),
        text("postmarked_on", "邮戳日期"),
        text("drop_box", "举报箱"),
        text("opening", "开箱时间"),
        text("box_number", "开箱编号"),
        text("signers", "联名人数"),
        text("people", "来访人次"),
        text("target", "巡察对象（代码）"),
        one_of("category", "类别", Category),
        one_of("is_late", "截止后来件", _IS_SO),
    )
)

WORK_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        action=Action.SAVE_CASE,
        about=(Submission,),
        at_desk=True,
        must=(several_of("fields", "改了", _WRITTEN),),
        may=tuple(_old_and_new(_RANK)),
        makes=(CaseFile,),
        changes={CaseFile: _CASE, Submission: ("version", "rank")},
    ),
    EventKind(
        action=Action.SHOW_REPORTER,
        sort=DeedSort.READ,
        about=(Submission,),
        at_desk=True,
        must=(one_of("asked_for", "为了", ReporterPurpose),),
    ),
    EventKind(
        action=Action.PAUSE_CLOCK,
        about=(Submission,),
        at_desk=True,
        must=(_RULE,),
        makes=(DeadlinePause,),
    ),
    EventKind(
        action=Action.EXTEND_CLOCK,
        about=(Submission,),
        at_desk=True,
        must=(_RULE, count("extra", "延长")),
        makes=(DeadlineExtension,),
    ),
    EventKind(
        action=Action.RESUME_CLOCK,
        about=(Submission,),
        at_desk=True,
        must=(_RULE,),
        changes={DeadlinePause: ("until", "resumed_by")},
    ),
    EventKind(
        action=Action.TELL_REPORTER,
        about=_ITEM,
        at_desk=True,
        must=(_RULE, one_of("told_by", "怎么告知", ToldBy), text("happened_on", "日期")),
        may=(several_of("given", "写了", {"note": "说明"}),),
        changes=_VERSION,
    ),
    EventKind(
        action=Action.JUDGE,
        about=_ITEM,
        at_desk=True,
        may=_JUDGED,
        changes={
            Submission: (
                "scope",
                "nature",
                "main_problem",
                "other_problems",
                "focus",
                "topics",
                "signature",
                "rank",
                "is_important",
                "version",
                *_CLOCK,
            )
        },
    ),
    EventKind(
        action=Action.CORRECT_ITEM,
        about=_ITEM,
        at_desk=True,
        must=(one_of("reason", "理由", CorrectionReason),),
        may=(*_REGISTERED, several_of("fields", "改了", TOLD_FIELDS)),
        changes={
            Submission: (
                *("way", "origin", "received_at", "postmarked_on", "drop_box", "opening"),
                *("box_number", "signers", "people", "target", "category"),
                *("window_opens", "window_closes", "is_late"),
                *("sealed_digest", "version", *_CLOCK),
            )
        },
    ),
    EventKind(
        action=Action.MOVE,
        about=_ITEM,
        at_desk=True,
        must=STATUSES,
        may=(
            one_of("handling", "处理方式", Handling),
            several_of("given", "写了", _GIVEN),
            text("happened_on", "日期"),
        ),
        changes={
            Submission: (
                "status",
                "status_since",
                "proposed",
                "proposed_by",
                "proposed_at",
                "approved_by",
                "approved_at",
                "handled_as",
                "closed_at",
                "version",
                *_CLOCK,
            ),
            Voiding: ("end", "settled_by", "settled_at"),
        },
    ),
    EventKind(
        action=Action.ASK_VOIDING, about=_ITEM, at_desk=True, makes=(Voiding,), changes=_VERSION
    ),
    EventKind(
        action=Action.DROP_VOIDING,
        about=_ITEM,
        at_desk=True,
        changes={**_VERSION, Voiding: ("end", "settled_by", "settled_at")},
    ),
)
