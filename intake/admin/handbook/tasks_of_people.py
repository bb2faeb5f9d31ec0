"""账号和钥匙, 操作留痕: who is let in, who lost something, and what was done by whom."""

from intake.access import Deed
from intake.admin.handbook.task import Chapter, Task

_ACCOUNTS = frozenset({Deed.KEEP_ACCOUNTS})
_GRANTS = frozenset({Deed.GRANT})
_LOG = frozenset({Deed.READ_AUDIT})

PEOPLE = Chapter(
    "账号和钥匙",
    (
        Task("accounts", "建账号和停账号", ("intake_staffuser_*",), _ACCOUNTS, ("account",)),
        Task(
            "grant",
            "授权和核对码",
            ("intake_deskaccess_*",),
            _GRANTS,
            ("own-check-code", "grant"),
        ),
        Task("substitute", "代班授权", deeds=_GRANTS, pictures=("substitute",)),
        Task(
            "leaving",
            "成员离岗与换密钥",
            ("intake_deskaccess_leaving", "intake_deskaccess_rotate"),
            _GRANTS,
            ("leaving", "rotate"),
        ),
        Task(
            "recovery-file",
            "恢复文件：保管、演练、用它",
            ("intake_deskaccess_rehearse", "intake_deskaccess_keys"),
            _GRANTS,
            ("rehearse",),
        ),
        Task(
            "lost-password",
            "忘记密码",
            ("intake_staffuser_password",),
            _ACCOUNTS,
            ("reset-password",),
        ),
        Task(
            "lost-phone",
            "丢手机",
            ("intake_staffuser_unenrol",),
            _ACCOUNTS,
            ("unbind-phone",),
        ),
    ),
)

WATCHING = Chapter(
    "操作留痕",
    (
        Task("traces", "查操作留痕", ("intake_auditevent_*",), _LOG, ("traces", "find-traces")),
        Task("who-read", "看谁看过什么", ("intake_auditevent_readers",), _LOG, ("who-read",)),
        Task("unusual", "看有没有反常", ("intake_auditevent_patterns",), _LOG, ("unusual",)),
        Task(
            "check-log",
            "检查留痕、抄下链尾",
            ("intake_auditevent_check*", "intake_auditevent_heads"),
            _LOG,
            ("chain-head", "check-log"),
        ),
    ),
)
