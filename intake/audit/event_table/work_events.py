"""The kinds of events about what clerks work on beside items."""

from intake.audit.event_shape import EventKind, one_of, several_of
from intake.choices import Action, ReporterPurpose
from intake.choices.deadline_lists import rule_choices
from intake.models import CaseFile, DeadlinePause, Submission
from intake.report.case_words import CASE_FIELDS, REPORTER_FIELDS

_WRITTEN = {
    **CASE_FIELDS,
    **{f"reporter_{name}": words for name, words in REPORTER_FIELDS.items()},
    "notes": "办理记录",
}
_RULE = one_of("rule", "期限", dict(rule_choices()))
_CASE = ("version", "sealed_digest", "reporter_digest", "saved_by", "saved_at")

WORK_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        action=Action.SAVE_CASE,
        about=(Submission,),
        at_desk=True,
        must=(several_of("fields", "改了", _WRITTEN),),
        makes=(CaseFile,),
        changes={CaseFile: _CASE, Submission: ("version", "rank")},
    ),
    EventKind(
        action=Action.SHOW_REPORTER,
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
        action=Action.RESUME_CLOCK,
        about=(Submission,),
        at_desk=True,
        must=(_RULE,),
        changes={DeadlinePause: ("until", "resumed_by")},
    ),
)
