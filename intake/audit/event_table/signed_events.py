"""The kinds of events about what is signed or leaves: boxes, sealed matters, papers, ledgers."""

from inspection.models import Round
from intake.audit.event_shape import EventKind, count, fingerprint, one_of, text
from intake.choices import (
    Action,
    DeedSort,
    Edition,
    LedgerForm,
    PaperCode,
    ReporterPurpose,
    WorkingLedger,
)
from intake.models import BoxOpening, SealedMatter, StaffUser, Submission, TransferList

# How statistics leave the site.
FIGURE_FORMS = {"xlsx": "xlsx", "print": "打印"}
_OPENING = (BoxOpening,)
_FOUND = count("found", "取出件数")
_MATTER = (SealedMatter,)
_NUMBER = (count("number", "编号"),)

SIGNED_EVENTS: tuple[EventKind, ...] = (
    EventKind(action=Action.OPEN_BOX, about=_OPENING, at_desk=True, must=(_FOUND,), makes=_OPENING),
    EventKind(
        action=Action.CORRECT_BOX,
        about=_OPENING,
        at_desk=True,
        must=(_FOUND,),
        changes={
            BoxOpening: (
                "drop_box",
                "opened_at",
                "count",
                "first_number",
                "last_number",
                "is_damaged",
                "sealed_digest",
            )
        },
    ),
    EventKind(
        action=Action.CONFIRM_BOX,
        about=_OPENING,
        at_desk=True,
        changes={BoxOpening: ("confirmed_by", "confirmed_at")},
    ),
    EventKind(action=Action.READ_BOX, sort=DeedSort.READ, about=_OPENING, at_desk=True),
    EventKind(
        action=Action.EXPLAIN_BOX,
        about=_OPENING,
        at_desk=True,
        must=(_FOUND, count("letters", "登记件数")),
        changes={
            BoxOpening: (
                "explained_by",
                "explained_at",
                "explained_count",
                "agreed_by",
                "agreed_at",
                "sealed_digest",
            )
        },
    ),
    EventKind(
        action=Action.AGREE_BOX,
        about=_OPENING,
        at_desk=True,
        changes={BoxOpening: ("agreed_by", "agreed_at")},
    ),
    EventKind(
        action=Action.NOT_SIGNED,
        sort=DeedSort.ENTER,
        about=(StaffUser,),
        must=(count("attempt", "第几次"),),
    ),
    EventKind(action=Action.KEEP_SEALED, about=_MATTER, at_desk=True, must=_NUMBER, makes=_MATTER),
    EventKind(
        action=Action.CORRECT_SEALED,
        about=_MATTER,
        at_desk=True,
        must=_NUMBER,
        may=(
            text("from_received_on", "原收件日期"),
            text("received_on", "收件日期"),
            one_of("keeper", "保管人", {"changed": "换了"}),
        ),
        changes={SealedMatter: ("received_on", "keeper")},
    ),
    EventKind(
        action=Action.SEND_SEALED,
        about=_MATTER,
        at_desk=True,
        must=_NUMBER,
        changes={SealedMatter: ("sent_on", "first_signed_by")},
    ),
    EventKind(
        action=Action.SIGN_SEALED,
        about=_MATTER,
        at_desk=True,
        must=_NUMBER,
        changes={SealedMatter: ("second_signed_by",)},
    ),
    EventKind(
        action=Action.TAKE_SEALED, sort=DeedSort.TAKE, about=_MATTER, at_desk=True, must=_NUMBER
    ),
    EventKind(
        action=Action.PRINT_PAPER,
        sort=DeedSort.TAKE,
        about=(Submission, TransferList, BoxOpening, Round),
        at_desk=True,
        must=(
            one_of("paper", "文书", PaperCode),
            text("paper_number", "文书编号"),
            fingerprint("paper_digest", "文书核对码"),
            one_of("reporter", "反映人", {"with": "附", "without": "不附"}),
        ),
    ),
    EventKind(
        action=Action.EXPORT_LEDGER,
        sort=DeedSort.TAKE,
        # One a round, of nothing one without; which items it were say the filters, by their names.
        about=(Round, None),
        must=(
            one_of("edition", "版本", Edition),
            one_of("form", "形式", LedgerForm),
            count("count", "件数"),
        ),
        may=(
            text("where", "受理席"),
            one_of("ledger", "台账", WorkingLedger),
            one_of("asked_for", "为了", ReporterPurpose),
            text("filters", "筛选"),
        ),
    ),
    EventKind(
        action=Action.TAKE_STATISTICS,
        sort=DeedSort.TAKE,
        about=(Round,),
        at_desk=True,
        must=(
            one_of("form", "形式", FIGURE_FORMS),
            text("days", "收件日期"),
            count("times", "件次"),
            text("where", "受理席"),
            text("made_for", "给谁"),
        ),
    ),
)
