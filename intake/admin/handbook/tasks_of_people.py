"""账号和钥匙: who is let in, and what happens when somebody leaves or loses something."""

from intake.access import Deed
from intake.admin.handbook.task import Chapter, Task

PEOPLE = Chapter(
    "账号和钥匙",
    (
        Task(
            "accounts",
            "建账号和停账号",
            ("intake_staffuser_*",),
            frozenset({Deed.KEEP_ACCOUNTS}),
            ("account",),
        ),
        Task(
            "grant",
            "授权和核对码",
            ("intake_deskaccess_*",),
            frozenset({Deed.GRANT}),
            ("own-check-code", "grant"),
        ),
    ),
)
