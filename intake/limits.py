"""Short-lived counters in the shared database that slow abuse down across all processes.

A counter's key is kept only as a keyed hash. It counts from its first hit until it expires.
"""

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from intake.models import Counter

# One statement, so that two at once count two, in SQLite and in PostgreSQL.
_HIT = """
INSERT INTO intake_counter AS c (key, count, expires_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN c.expires_at <= %s THEN 1 ELSE c.count + 1 END,
  expires_at = CASE WHEN c.expires_at <= %s THEN excluded.expires_at ELSE c.expires_at END
RETURNING count
"""


def hit(key: str, *, seconds: int, at: datetime) -> int:
    """Counts once more and gives the count; a new counter expires after `seconds`."""
    now = connection.ops.adapt_datetimefield_value(at)
    expires = connection.ops.adapt_datetimefield_value(at + timedelta(seconds=seconds))
    with connection.cursor() as cursor:
        cursor.execute(_HIT, [_digest(key), expires, now, now])
        count: int = cursor.fetchone()[0]
    if count == 1:
        sweep(at)
    return count


def peek(key: str, *, at: datetime) -> int:
    """The count of a counter that has not expired, else 0."""
    live = Counter.objects.filter(key=_digest(key), expires_at__gt=at)
    return live.values_list("count", flat=True).first() or 0


def clear(key: str) -> None:
    """Forgets a counter."""
    Counter.objects.filter(key=_digest(key)).delete()


def sweep(at: datetime) -> None:
    """Removes what has expired. Rows that others hold are left for the next time."""
    expired = Counter.objects.filter(expires_at__lte=at)
    if connection.features.has_select_for_update_skip_locked:
        expired = expired.select_for_update(skip_locked=True)
    with transaction.atomic():
        keys = list(expired.values_list("key", flat=True)[:1000])
        Counter.objects.filter(key__in=keys, expires_at__lte=at).delete()


def _digest(key: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), b"limit\0" + key.encode(), "sha256").hex()
