"""PostgreSQL: what it was told about disks and standbys, its places, its log and its clock."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from inspection import clock
from intake.arriving.serving import WORKERS
from intake.checkup.finding import Finding, mind, well, wrong

# For commands, backups and people, beside the workers' pools; docs/deployment.md says the same.
_OTHERS = 20
_MOST_APART = timedelta(seconds=2)
# A setting, what it must be, and what is in danger otherwise.
_MUST_BE = (
    ("fsync", "on", "断电时，已经给了回执的信访件可能丢失"),
    ("full_page_writes", "on", "断电时数据库可能损坏"),
    ("synchronous_commit", "on", "数据库不等写到磁盘就应答，回执可能落空"),
    ("log_statement", "none", "数据库日志里会有查询"),
    ("log_min_error_statement", "panic", "出错的查询会连同内容写进数据库日志"),
)
# How a standby stands that a commit waits for.
_WAITED_FOR = ("sync", "quorum")


def look(at: datetime) -> Iterator[Finding]:
    """Only what can be asked without being its superuser."""
    for name, right, danger in _MUST_BE:
        value = _setting(name)
        if value != right:
            yield wrong(
                f"{name} 是 {value}：{danger}。", f"请在 postgresql.conf 里写 {name} = {right}"
            )
    yield _places()
    yield standby(_setting("synchronous_standby_names"), _standbys())
    yield _clock()


def _setting(name: str) -> str:
    return str(_one("SELECT current_setting(%s)", name))


def _one(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        (value,) = cursor.fetchone()
    return value


def _places() -> Finding:
    most = int(_setting("max_connections"))
    pool = settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]
    needed = WORKERS * pool + _OTHERS
    if most < needed:
        return wrong(
            f"数据库最多{most}个连接，{WORKERS}个工作进程和管理命令一起要{needed}个。",
            f"请在 postgresql.conf 里写 max_connections = {needed} 或更多，再重启数据库。",
        )
    return well(f"数据库最多{most}个连接，够用。")


def _standbys() -> list[str | None]:
    """How each that is connected stands; None where this user may not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sync_state FROM pg_stat_replication")
        return [state for (state,) in cursor.fetchall()]


def standby(named: str, states: Sequence[str | None]) -> Finding:
    """Whether a receipt stands on two machines: those named, and how the connected ones stand."""
    if not named:
        return mind(
            "没有指定同步备机：回执只说明这一台机器上存好了。",
            "请设一台备机，并在 synchronous_standby_names 里写上它（见 docs/deployment.md）。",
        )
    if any(state in _WAITED_FOR for state in states):
        return well("同步备机在线。")
    if states and not any(states):
        return mind(
            "有备机在线，但网站的数据库用户看不到它是不是同步的。",
            "请运行 GRANT pg_read_all_stats TO 网站的数据库用户;",
        )
    return wrong(
        "指定的同步备机不在线：现在收不了信访件，网站让人稍后再送。",
        "请把备机启动起来；一时修不好，由负责人决定是否暂时改 synchronous_standby_names。",
    )


def _clock() -> Finding:
    apart = abs(_one("SELECT clock_timestamp()") - clock.real_now())
    if apart > _MOST_APART:
        return wrong(
            f"数据库服务器和这台机器的时钟差{apart.total_seconds():.0f}秒。",
            "请让两台机器都和同一个时间服务器校时（chrony 或 systemd-timesyncd）。",
        )
    return well("数据库服务器和这台机器的时钟一致。")
