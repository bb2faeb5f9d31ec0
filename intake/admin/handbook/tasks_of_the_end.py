"""查找、打印、汇总, and 轮次结束: what comes out of the items."""

from intake.access import Deed
from intake.admin.handbook.task import Chapter, Task
from intake.choices import APPRAISED_STATUSES, Status

_OPENS = frozenset({Deed.OPEN})
_ENDS = frozenset({Deed.ARCHIVE})

FINDING = Chapter(
    "查找、打印、汇总",
    (
        Task(
            "find-items",
            "查找信访件和存下筛选",
            ("filters", "filter_*"),
            _OPENS,
            ("save-filter",),
        ),
        Task("search-inside", "在封存的内容里查", ("search",), _OPENS, ("search-inside",)),
        Task(
            "print-papers",
            "打印文书",
            (
                "intake_submission_papers",
                "intake_boxopening_papers",
                "intake_transferlist_papers",
            ),
            _OPENS,
            ("print-papers",),
        ),
        Task("verify-paper", "核验文书", ("papers",), _OPENS, ("verify-paper",)),
        Task("ledger", "信访台账", ("ledger", "ledger_*"), _OPENS, ("ledger",)),
        Task(
            "statistics",
            "统计表",
            ("statistics",),
            frozenset({Deed.SEE_STATISTICS}),
            ("statistics",),
        ),
    ),
)

ENDING = Chapter(
    "轮次结束",
    (
        Task(
            "archive",
            "归档和不归档",
            ("ending_appraisals", "ending_appraisal", "intake_retentionclass_*"),
            _ENDS,
            ("archive-list", "archive-second"),
            frozenset({Status.CLOSED, *APPRAISED_STATUSES}),
        ),
        Task(
            "end-of-round",
            "归档包和到期清理",
            ("ending", "ending_*"),
            _ENDS,
            ("end-of-round", "hold", "purge"),
        ),
    ),
)
