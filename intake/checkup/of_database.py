"""The database: whether it answers, is of this version, and keeps what it acknowledges."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from intake.checkup import of_postgresql
from intake.checkup.finding import Finding, mind, well, wrong
from intake.citizen.views.health import steps_lacking
from intake.sealing.private_files import FILE_MODE

# synchronous=FULL: a commit returns when it is on the disk.
_FULL = 2


def look(at: datetime) -> Iterator[Finding]:
    """Raises DatabaseError when it does not answer at all."""
    yield _version()
    if connection.vendor == "postgresql":
        yield from of_postgresql.look(at)
    else:
        yield from _of_sqlite()


def _version() -> Finding:
    if lacking := steps_lacking():
        return wrong(
            f"数据库还是旧版本的，差{lacking}步；网站现在不收信访件。",
            "请先备份，再运行 manage.py migrate。",
        )
    return well("数据库有应答，版本和程序一致。")


def _of_sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (safety,) = cursor.fetchone()
    if safety < _FULL:
        yield wrong("SQLite 不等写到磁盘就应答。", "请不要改动连接设置里的 synchronous=FULL。")
    yield mind(
        "用的是 SQLite：没有备机，这台机器的磁盘坏了，上次备份以后的信访件就没有了。",
        "试用和小县可以；正式运行请用 PostgreSQL 加一台备机（见 docs/deployment.md）。",
    )
    path = Path(str(settings.DATABASES["default"]["NAME"]))
    if path.is_file() and path.stat().st_mode & 0o777 & ~FILE_MODE:
        yield wrong(f"别的用户也能读数据库文件（{path}）。", f"请运行 chmod 600 {path}")
