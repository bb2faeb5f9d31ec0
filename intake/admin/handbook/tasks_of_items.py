"""收件登记 and 办理: what is done with an item, in the order in which it is done."""

from intake.access import Deed
from intake.admin.handbook.task import Chapter, Task

REGISTERING = Chapter(
    "收件登记",
    (
        Task(
            "register-letter",
            "登记一封信",
            ("intake_submission_add", "intake_submission_label"),
            frozenset({Deed.REGISTER}),
            ("register-letter", "register-letter-desk"),
        ),
    ),
)

HANDLING = Chapter(
    "办理",
    (
        Task(
            "open-item",
            "打开信访件和补充材料",
            ("intake_submission_changelist", "intake_submission_change"),
            frozenset({Deed.OPEN}),
            ("open-item", "new-supplement"),
        ),
        Task(
            "judge-and-propose",
            "甄别研判和拟办",
            (),
            frozenset({Deed.JUDGE, Deed.PROPOSE}),
            ("judge", "propose"),
        ),
    ),
)
