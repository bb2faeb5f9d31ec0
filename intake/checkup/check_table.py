"""All that is looked at, in the order in which an operator would mend it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from intake.checkup import of_database, of_keys, of_machine, of_settings, of_time
from intake.checkup.finding import Finding, wrong


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the installation, and what looks at it."""

    title: str
    look: Callable[[datetime], Iterator[Finding]]
    asks_database: bool = True


CHECKS = (
    Check("设置", of_settings.look, asks_database=False),
    Check("数据库", of_database.look),
    Check("受理席和密钥", of_keys.look),
    Check("时间", of_time.look),
    Check("机器", of_machine.look, asks_database=False),
)


def check_up(at: datetime) -> Iterator[tuple[str, Finding]]:
    """Each finding with the title it stands under.

    A database that is away ends only those looks that ask it.
    """
    is_away = False
    for check in CHECKS:
        if is_away and check.asks_database:
            continue
        try:
            for finding in check.look(at):
                yield check.title, finding
        except DatabaseError as error:
            is_away = True
            yield check.title, _away(error)


def _away(error: DatabaseError) -> Finding:
    """Its own words, since they say where it looked; they hold no password."""
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return wrong(
        f"数据库没有应答，或者还没有建表：{reason}",
        "请看数据库是否在运行、DATABASE_URL 写得对不对；新装的请先运行 manage.py migrate。",
    )
