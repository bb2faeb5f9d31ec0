"""收件登记 and 办理: what is done with an item, in the order in which it is done."""

from intake.access import Deed
from intake.admin.handbook.task import Chapter, Task
from intake.choices import HANDLED_IN, Handling, ListKind, Status

_REGISTERS = frozenset({Deed.REGISTER})
_OPENS = frozenset({Deed.OPEN})
_HANDLES = frozenset({Deed.HANDLE})

REGISTERING = Chapter(
    "收件登记",
    (
        Task(
            "register-letter",
            "登记一封信",
            ("intake_submission_add", "intake_submission_label"),
            _REGISTERS,
            ("register-letter", "register-letter-desk"),
        ),
        Task(
            "register-call",
            "登记来电",
            ("intake_submission_add?way=phone",),
            _REGISTERS,
            ("register-call", "register-call-number"),
        ),
        Task(
            "register-visit",
            "登记来访",
            ("intake_submission_add?way=visit",),
            _REGISTERS,
            ("register-visit",),
        ),
        Task(
            "open-box",
            "开举报箱",
            ("intake_boxopening_*", "intake_submission_add?way=box"),
            frozenset({Deed.OPEN_BOXES}),
            ("open-box", "confirm-box"),
        ),
        Task(
            "register-web",
            "登记网上来的件",
            ("intake_submission_web",),
            _REGISTERS,
            ("register-web",),
            frozenset({Status.UNREGISTERED}),
        ),
    ),
)

HANDLING = Chapter(
    "办理",
    (
        Task(
            "open-item",
            "打开信访件和补充材料",
            ("intake_submission_*",),
            _OPENS,
            ("open-item", "new-supplement"),
        ),
        Task(
            "look-at-evidence",
            "看证明材料和取出原件",
            (
                *("intake_submission_view_copy", "intake_submission_copies"),
                *("intake_submission_copies_progress", "intake_submission_copy"),
                "intake_submission_take_original",
            ),
            _OPENS,
            ("evidence", "take-original"),
        ),
        Task(
            "judge-and-propose",
            "甄别研判和拟办",
            ("intake_submission_judge", "intake_submission_scope"),
            frozenset({Deed.JUDGE, Deed.PROPOSE}),
            ("judge", "propose"),
            frozenset({Status.TO_ASSESS}),
        ),
        Task(
            "approve-or-return",
            "审批和退回",
            deeds=frozenset({Deed.APPROVE}),
            pictures=("approve",),
            states=frozenset({Status.TO_APPROVE}),
        ),
        Task(
            "reroute",
            "分送和改派",
            ("intake_submission_reroute",),
            frozenset({Deed.REROUTE, Deed.RETURN}),
            ("return-to-office", "reroute"),
            frozenset({Status.RETURNED}),
        ),
        Task(
            "lead-and-help",
            "主办和协办",
            ("intake_submission_helped", "intake_submission_helpers"),
            _HANDLES,
            ("ask-for-help", "helping"),
        ),
        Task(
            "case-file",
            "写办理卷",
            ("intake_submission_case",),
            frozenset({Deed.WRITE_CASE}),
            ("case-file",),
        ),
        Task(
            "see-reporter",
            "看反映人",
            ("intake_submission_reporter",),
            frozenset({Deed.SEE_REPORTER}),
            ("see-reporter", "reporter"),
        ),
        Task(
            "repeats",
            "重复件",
            ("intake_submission_repeats", "intake_submission_unlink"),
            _HANDLES,
            ("repeats",),
            frozenset({Status.REPEAT}),
        ),
        Task(
            "deadlines",
            "办理期限：看、暂停、延长",
            (
                "intake_submission_pause",
                "intake_submission_extend",
                "intake_submission_resume",
                "intake_submission_tell",
            ),
            frozenset({Deed.PAUSE_CLOCK}),
            ("deadline",),
        ),
        Task(
            "inquire-and-close",
            "了解和办结",
            deeds=_HANDLES,
            pictures=("close-item",),
            states=frozenset({Status.INQUIRING, Status.KEPT}),
        ),
        Task(
            "several-items",
            "一次办几件",
            ("intake_submission_several",),
            _HANDLES,
            ("choose-several", "several"),
        ),
        Task(
            "transfer",
            "移交和签收",
            ("intake_transferlist_*",),
            frozenset({Deed.TRANSFER}),
            ("gather", "abstract", "sign-for-list"),
            frozenset({*HANDLED_IN[Handling.TRANSFER], ListKind.TRANSFER}),
        ),
        Task(
            "fix-at-once",
            "立行立改",
            deeds=frozenset({Deed.NOTIFY}),
            pictures=("notice-words", "approve-notice"),
            states=frozenset({Status.FIXING, ListKind.FIX}),
        ),
    ),
)
