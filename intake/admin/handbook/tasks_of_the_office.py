"""What everybody begins with, and what the office keeps in order."""

from intake.admin.handbook.task import Chapter, Task

STARTING = Chapter(
    "上手",
    (
        Task(
            "log-in",
            "登录和第二因素",
            pictures=("log-in", "bind-phone", "recovery-codes"),
        ),
        Task("start-page", "看首页的待办", ("index",), pictures=("start-page",)),
    ),
)
SPECIAL = Chapter("少见的事", ())
KEEPING_RULES = Chapter("规矩和名单", ())
