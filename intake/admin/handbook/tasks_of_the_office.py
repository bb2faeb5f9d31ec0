"""What everybody begins with, what is rare, and what the office keeps in order."""

from intake.access import Deed
from intake.admin.handbook.task import Chapter, Task
from intake.choices import Status

STARTING = Chapter(
    "上手",
    (
        Task(
            "log-in",
            "登录和第二因素",
            ("login", "choose_password", "enrol", "password_change", "password_change_done"),
            pictures=("log-in", "bind-phone", "recovery-codes"),
        ),
        Task("start-page", "看首页的待办", ("index",), pictures=("start-page",)),
        Task("own-logins", "看自己的登录", ("own_logins",), pictures=("own-logins",)),
    ),
)

SPECIAL = Chapter(
    "少见的事",
    (
        Task(
            "sealed-matters",
            "密封件",
            ("intake_sealedmatter_*",),
            frozenset({Deed.KEEP_SEALED_MATTERS}),
            ("sealed-matter", "send-up"),
        ),
        Task(
            "recusal",
            "回避",
            ("intake_submission_recusals",),
            frozenset({Deed.RECUSE}),
            ("recuse",),
        ),
        Task(
            "void-item",
            "作废",
            ("intake_submission_drop_voiding",),
            frozenset({Deed.VOID}),
            ("void", "confirm-void"),
            frozenset({Status.VOIDED}),
        ),
        Task(
            "correct-item",
            "更正登记",
            ("intake_submission_correct",),
            frozenset({Deed.REGISTER}),
            ("correct", "correct-reason"),
        ),
    ),
)

KEEPING_RULES = Chapter(
    "规矩和名单",
    (
        Task(
            "load-notice",
            "装入一份公告",
            ("preview",),
            frozenset({Deed.LOAD_NOTICE}),
            ("preview-paste", "preview-read"),
        ),
        Task(
            "notice",
            "公告里的名单和电话",
            ("inspection_*",),
            frozenset({Deed.CORRECT_NOTICE}),
            ("contact-point",),
        ),
        Task(
            "calendar",
            "工作日日历",
            ("inspection_workcalendarday_*",),
            frozenset({Deed.KEEP_CALENDAR}),
            ("calendar-year",),
        ),
        Task(
            "deadline-rules",
            "期限规则",
            ("intake_deadlinerule_*",),
            frozenset({Deed.KEEP_DEADLINES}),
            ("deadline-rules",),
        ),
        Task(
            "receivers",
            "接收单位和问题类别",
            ("intake_receiver_*", "intake_problem_*"),
            frozenset({Deed.KEEP_RECEIVERS, Deed.KEEP_PROBLEMS}),
            ("receiver", "problems"),
        ),
    ),
)
