"""Short-lived counters in the shared database that slow abuse down across all processes.

A counter's key is kept only as a keyed hash. It counts from its first hit until it expires.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from intake.keeping.both_hosts.confirming import UNWAITED, is_waited_for_alone, unwaited
from intake.models import Counter

# One statement, so that two at once count two, in SQLite and in PostgreSQL.
_ADD = """
INSERT INTO intake_counter AS c (key, count, expires_at) {values}
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN c.expires_at <= %s THEN excluded.count ELSE c.count + excluded.count END,
  expires_at = CASE WHEN c.expires_at <= %s THEN excluded.expires_at ELSE c.expires_at END
RETURNING count, expires_at
"""
_WAITED = _ADD.format(values="VALUES (%s, %s, %s)")
_UNWAITED = UNWAITED + _ADD.format(
    values="SELECT %s::text, %s::bigint, %s::timestamptz FROM unwaited WHERE true"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a counter says, and until when."""

    count: int
    expires_at: datetime


def hit(key: str, *, seconds: int, at: datetime) -> int:
    """Counts once more and gives the count; a new counter expires after `seconds`."""
    return add(key, 1, seconds=seconds, at=at).count


def add(key: str, amount: int, *, seconds: int, at: datetime) -> Counted:
    """Counts `amount` more; a new counter expires after `seconds`."""
    now = connection.ops.adapt_datetimefield_value(at)
    expires = connection.ops.adapt_datetimefield_value(at + timedelta(seconds=seconds))
    with connection.cursor() as cursor:
        cursor.execute(_how_to_add(), [digest(key), amount, expires, now, now])
        count, expires_at = cursor.fetchone()
    if count == amount:
        sweep(at)
    return Counted(count, _moment(expires_at))


def _how_to_add() -> str:
    """By itself it waits for no disk and no standby: what a crash takes back is a few counts."""
    return _UNWAITED if is_waited_for_alone() else _WAITED


def peek(key: str, *, at: datetime) -> int:
    """The count of a counter that has not expired, else 0."""
    live = Counter.objects.filter(key=digest(key), expires_at__gt=at)
    return live.values_list("count", flat=True).first() or 0


def take_back(key: str) -> None:
    """Counts one less: what was counted did not take place."""
    with unwaited():
        Counter.objects.filter(key=digest(key), count__gt=0).update(count=F("count") - 1)


def hold(key: str, count: int, *, seconds: int, at: datetime) -> None:
    """Keeps a counter at `count` or above for `seconds` from now, whenever it began."""
    until = at + timedelta(seconds=seconds)
    with unwaited():
        Counter.objects.filter(key=digest(key)).update(
            count=Greatest("count", Value(count)), expires_at=until
        )


def clear(key: str) -> None:
    """Forgets a counter."""
    with unwaited():
        Counter.objects.filter(key=digest(key)).delete()


def take(key: str) -> int:
    """Forgets a counter, expired or not, and gives its count; of two at once one gets it."""
    with unwaited(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_counter WHERE key = %s RETURNING count", [digest(key)])
        taken = cursor.fetchone()
    return taken[0] if taken else 0


def sweep(at: datetime) -> None:
    """Removes what has expired. Rows that others hold are left for the next time."""
    expired = Counter.objects.filter(expires_at__lte=at)
    if connection.features.has_select_for_update_skip_locked:
        expired = expired.select_for_update(skip_locked=True)
    with unwaited(), transaction.atomic():
        keys = list(expired.values_list("key", flat=True)[:1000])
        Counter.objects.filter(key__in=keys, expires_at__lte=at).delete()


def digest(key: str) -> str:
    """What stands for a key wherever one is kept: without the site's secret it tells nothing."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"limit\0" + key.encode(), "sha256").hex()


def _moment(stored: datetime) -> datetime:
    """SQLite gives a moment without its zone, which is UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
